//! Ways to write a row that are easily passed by.

pub mod post {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub views: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use post::Entity as Post;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseConnection, EntityTrait, ModelTrait, sea_query::*};

async fn on_conflict(db: &DatabaseConnection, post: post::ActiveModel) {
    let id = post::Column::Id;
    Post::insert(post.clone()).on_conflict(OnConflict::column(id).update_columns([post::Column::Title]).to_owned()).exec(db).await;
    Post::insert(post.clone()).on_conflict(OnConflict::column(id).do_nothing().to_owned()).exec(db).await;
    let updates = OnConflict::column(id).update_column(post::Column::Views).to_owned();
    Post::insert_many([post]).on_conflict(updates).exec(db).await;
}

async fn set_whole(db: &DatabaseConnection) {
    Post::update_many().set(post::ActiveModel { views: Set(0), ..Default::default() }).exec(db).await;
}

async fn by_the_trait(db: &DatabaseConnection, row: post::Model) {
    <post::ActiveModel as ActiveModelTrait>::insert(made(), db).await;
    ActiveModelTrait::update(made(), db).await;
    post::ActiveModel::save(made(), db).await;
    ModelTrait::delete(row, db).await;
}

fn made() -> post::ActiveModel {
    post::ActiveModel { title: Set(title()), ..Default::default() }
}

async fn add<E, A>(model: A, db: &DatabaseConnection)
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    E::insert(model).exec(db).await;
}

async fn by_an_associated_type(db: &DatabaseConnection) {
    add(made(), db).await;
}

async fn by_pages(db: &DatabaseConnection) {
    let mut pages = Post::find().paginate(db, 100);
    while let Some(rows) = pages.fetch_and_next().await? {
        for row in rows {
            row.delete(db).await;
        }
    }
}

async fn built(db: &DatabaseConnection, row: post::ModelEx) {
    post::ActiveModel::builder().set_title("one").insert(db).await;
    row.delete(db).await;
}

async fn by_a_name(conn: Conn) {
    let post = crate::elsewhere::made();
    post.insert(&conn).await;
    crate::elsewhere::hash().update(&bytes);
}

async fn reset(db: &DatabaseConnection, row: post::Model) {
    row.into_active_model().reset_all().update(db).await;
}

async fn set_by_parts(db: &DatabaseConnection, post: post::ActiveModel) {
    let titled = post::ActiveModel { title: Set(title()), ..Default::default() };
    Post::update_many().col_expr(post::Column::Views, Expr::value(1)).set(titled).exec(db).await;
    Post::update_many().set(post).col_expr(post::Column::Views, Expr::value(1)).exec(db).await;
    Query::update().table(Post).values(pairs()).value(post::Column::Views, 1).to_owned();
}
