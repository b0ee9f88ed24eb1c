//! sea-query's builders: the table is an `Iden`, a text, or what a type says of itself.

use sea_query::{Alias, Expr, Iden, PostgresQueryBuilder, Query, SIden, TableRef};

#[derive(Iden)]
enum Posts {
    Table,
    Id,
    Title,
    LikeCount,
}

/// What is told of an entity: the functions below work for all of them.
pub trait Kept {
    const TABLE: &'static str;

    fn table_ref() -> TableRef {
        TableRef::Table(SIden(Self::TABLE).into_iden())
    }
}

pub struct Agents;

impl Kept for Agents {
    const TABLE: &'static str = "agent";
}

pub struct Talks;

impl Kept for Talks {
    const TABLE: &'static str = "talk";
}

mod base {
    pub async fn create<K: super::Kept, E: HasFields>(db: &Db, data: E) -> i64 {
        let (columns, values) = data.fields();
        let mut query = super::Query::insert();
        query
            .into_table(K::table_ref())
            .columns(columns)
            .values(values)?
            .returning(super::Query::returning().columns([super::Posts::Id]));
        db.fetch(query.build_sqlx(super::PostgresQueryBuilder)).await
    }

    pub async fn remove<K: super::Kept>(db: &Db, id: i64) {
        let mut query = super::Query::delete();
        query.from_table(K::table_ref()).and_where(super::Expr::col(super::Posts::Id).eq(id));
        db.execute(query.build_sqlx(super::PostgresQueryBuilder)).await;
    }
}

macro_rules! kept {
    ($of:ident, $data:ty) => {
        impl $of {
            pub async fn create(db: &Db, data: $data) -> i64 {
                base::create::<Self, _>(db, data).await
            }

            pub async fn remove(db: &Db, id: i64) {
                base::remove::<Self>(db, id).await
            }
        }
    };
}

kept!(Agents, NewAgent);
kept!(Talks, NewTalk);

#[actix_web::post("/agents")]
async fn add_agent(db: Db) {
    Agents::create(&db, agent()).await;
}

#[actix_web::delete("/talks/{id}")]
async fn remove_talk(db: Db, id: i64) {
    Talks::remove(&db, id).await;
}

#[actix_web::put("/posts/{id}")]
async fn edit_post(db: Db, id: i64) {
    let rename = Query::update()
        .table(Posts::Table)
        .values([(Posts::Title, title.into()), (Posts::LikeCount, Expr::col(Posts::LikeCount).add(1))])
        .and_where(Expr::col(Posts::Id).eq(id))
        .to_owned();
    let add = Query::insert()
        .into_table((Schema::Blog, Posts::Table))
        .columns([Posts::Id, Posts::Title])
        .values_panic([id.into(), title.into()])
        .to_owned();
    let like = Query::insert()
        .into_table(Alias::new("likes"))
        .columns(vec![Alias::new("post_id"), Alias::new("user_id")])
        .values_panic([id.into(), user.into()])
        .to_owned();
    let forget = Query::delete().from_table("misses").to_owned();
    let made = Query::update().table(PictureIden::Table).value(PictureIden::Url, "").to_owned();
    let hidden = Query::delete().from_table(prefixed("posts")).to_owned();
}

fn main() {}
