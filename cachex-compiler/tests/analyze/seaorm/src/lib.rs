pub mod entity;

use entity::{post, prelude::*};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, ModelTrait};

pub struct Database {
    db: sea_orm::DatabaseConnection,
}

impl Database {
    pub async fn create(&self, title: String) -> Result<post::Model, DbErr> {
        let new = post::ActiveModel { title: Set(title), ..Default::default() };
        new.insert(&self.db).await
    }

    pub async fn rename(&self, id: i64, title: String) -> Result<(), DbErr> {
        let found = post::Entity::find_by_id(id).one(&self.db).await?.ok_or(DbErr::Missing)?;
        let mut changed: post::ActiveModel = found.into();
        changed.title = Set(title);
        changed.update(&self.db).await?;
        Ok(())
    }

    pub async fn remove(&self, id: i64) -> Result<(), DbErr> {
        self.post(id).await?.delete(&self.db).await?;
        Tag::delete_many().filter(entity::tag::Column::PostId.eq(id)).exec(&self.db).await?;
        Post::delete_by_id(id).exec(&self.db).await?;
        Ok(())
    }

    async fn post(&self, id: i64) -> Result<post::Model, DbErr> {
        Ok(Post::find().filter(post::Column::Id.eq(id)).one(&self.db).await?.unwrap())
    }

    pub async fn publish(&self) -> Result<(), DbErr> {
        Post::update_many().col_expr(post::Column::IsPublished, Expr::value(true)).exec(&self.db).await?;
        for row in Post::find().all(&self.db).await? {
            let mut row = row.into_active_model();
            row.title = Set(String::new());
            row.save(&self.db).await?;
        }
        Ok(())
    }

    /// A map, a cache and a hasher are no tables.
    pub fn unrelated(&self, mut map: std::collections::HashMap<i64, post::Model>, cache: moka::Cache<i64, String>, mut hash: Sha256) {
        map.insert(1, self.any());
        cache.insert(1, String::new());
        hash.update(b"x");
        map.remove(&1);
    }

    pub fn raw(&self) {
        let query = Query::delete().from_table(Posts::Table).to_owned();
        self.db.execute(query);
    }
}

pub struct Job;

impl Job {
    async fn perform(&mut self, db: &sea_orm::DatabaseConnection) {
        Tag::delete_many().exec(db).await.unwrap();
    }
}

pub struct Play;

impl Play {
    async fn perform(&mut self, db: &sea_orm::DatabaseConnection) {
        Post::delete_many().exec(db).await.unwrap();
    }
}

/// What an active model holds is taken out of it: a job, and no play.
#[get("/run")]
async fn run(db: web::Data<sea_orm::DatabaseConnection>) -> Result<(), DbErr> {
    let found = entity::task::Entity::find().one(&**db).await?.ok_or(DbErr::Missing)?;
    let mut task = found.into_active_model();
    let mut job = task.job.take().ok_or_else(|| DbErr::Missing)?;
    job.perform(&db).await;
    task.update(&**db).await?;
    Ok(())
}

#[derive(Iden)]
enum Posts {
    #[iden = "blog_posts"]
    Table,
    Id,
}

/// A form, which has a column of its own.
pub struct Renaming {
    title: String,
}

impl Renaming {
    fn approved(self) -> post::ActiveModel {
        let mut post = self.into_active_model();
        post.approved = Set(true);
        post
    }
}

fn renamed(row: post::Model) -> post::ActiveModel {
    post::ActiveModel { title: Set(new()), ..row.into() }
}

fn approved(row: post::Model) -> post::ActiveModel {
    post::ActiveModel { approved: Set(true), ..renamed(row) }
}

/// What a base sets that is no row's is hidden.
pub async fn bases(db: &sea_orm::DatabaseConnection, form: Renaming, row: post::Model, set: post::ActiveModel) {
    form.approved().update(db).await;
    approved(row.clone()).update(db).await;
    post::ActiveModel { approved: Set(true), ..set }.update(db).await;
    post::ActiveModel { approved: Set(true), ..row.into() }.update(db).await;
}
