#[macro_use]
mod db;

macro_rules! relation {
    ($method:ident, $table:literal, $($column:ident),+) => {
        pub async fn $method(&self) {
            self.client.execute(concat!("DELETE FROM ", $table)).await;
            $(self.touch(stringify!($column));)+
        }
    };
}

pub struct Posts {
    client: Client,
}

impl Posts {
    relation!(remove_tags, "post_tags", post_id, tag_id);

    fn touch(&self, column: &str) {}

    pub async fn rename(&self) {
        db_run! { self.client: postgres { self.client.execute("UPDATE posts SET title = $1") } sqlite { self.client.execute("UPDATE posts SET title = ?") } }
    }

    pub async fn merge(&self) {
        with_connection!(self.client, |c| {
            c.execute("INSERT INTO merges (post_id) VALUES ($1)").await;
        });
    }

    /// Written by the macro's body, which stands in another file.
    pub async fn archive(&self) {
        archive_all!(self.client);
    }

    pub fn messages(&self) {
        tracing::info!("delete from cache");
        println!("UPDATE posts SET title = 'x'");
        self.result().expect("insert into map failed");
        let prose = "update the title, then set the slug";
    }
}
