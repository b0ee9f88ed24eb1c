//! Which columns an active model sets, by where it comes from.

pub mod post {
    use sea_orm::{ActiveValue::Set, entity::prelude::*};

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        #[sea_orm(column_name = "text")]
        pub body: String,
        pub seen_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}

    #[derive(DeriveIntoActiveModel)]
    pub struct Form {
        pub title: String,
        pub body: String,
    }

    #[derive(DeriveIntoActiveModel)]
    pub struct Perhaps {
        pub title: Option<String>,
    }

    impl Form {
        pub fn seen(self) -> ActiveModel {
            let mut post = self.into_active_model();
            post.seen_at = Set(now());
            post
        }
    }
}

pub mod note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "notes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub text: String,
        pub changed_at: DateTimeUtc,
    }

    /// What is done beside each write of a note.
    impl ActiveModelBehavior for ActiveModel {
        async fn before_save<C: ConnectionTrait>(self, db: &C, insert: bool) -> Result<Self, DbErr> {
            if !insert && self.changed_at.is_unchanged() {
                let mut this = self;
                this.changed_at = Set(now());
                return Ok(this);
            }
            Ok(self)
        }

        async fn after_delete<C: ConnectionTrait>(self, db: &C) -> Result<Self, DbErr> {
            crate::log::Entity::insert(crate::log::ActiveModel { note: Set(1), ..Default::default() }).exec(db).await?;
            Ok(self)
        }
    }
}

pub mod log {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "log")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub note: i64,
    }
}

use sea_orm::{ActiveModelTrait, ActiveValue::*, DatabaseConnection, IntoActiveModel};

mod forms {
    #[derive(DeriveIntoActiveModel)]
    #[sea_orm(active_model = "super::post::ActiveModel")]
    pub struct Elsewhere {
        pub title: String,
    }

    /// Its conversion is made by a macro that is not of these sources.
    pub struct Foreign {
        pub title: String,
    }
}

async fn by_a_form(db: Db, form: post::Form) {
    form.into_active_model().insert(&db).await;
}

async fn by_a_form_and_more(db: Db, form: post::Form) {
    let mut post = form.into_active_model();
    post.seen_at = Set(now());
    post.update(&db).await;
}

async fn by_a_form_of_options(db: Db, form: post::Perhaps) {
    let mut post = form.into_active_model();
    post.seen_at = Set(now());
    post.update(&db).await;
}

async fn by_a_form_elsewhere(db: Db, form: forms::Elsewhere) {
    form.into_active_model().save(&db).await;
}

async fn by_a_function_of_a_form(db: Db, form: post::Form) {
    form.seen().update(&db).await;
}

async fn by_a_foreign_form(db: Db, form: forms::Foreign) {
    let mut post = form.into_active_model();
    post.update(&db).await;
}

async fn by_what_a_call_gives(db: &DatabaseConnection) {
    let post = crate::foreign::made();
    post.insert(db).await;
}

async fn given(db: Db, mut post: post::ActiveModel) {
    post.seen_at = Set(now());
    post.update(&db).await;
}

async fn converted(db: Db, form: serde_json::Value) {
    let mut post: post::ActiveModel = form.into();
    post.seen_at = Set(now());
    post.update(&db).await;
    let mut post = post::ActiveModel::from_json(form).unwrap();
    post.seen_at = Set(now());
    post.update(&db).await;
}

async fn begun_empty(db: Db) {
    let mut post = post::ActiveModel::new();
    post.title = Set(title());
    post.insert(&db).await;
    let mut post = post::ActiveModel { id: NotSet, seen_at: Unchanged(now()), ..Default::default() };
    post.body = Set(text());
    post.insert(&db).await;
}

async fn of_a_row(db: Db, row: post::Model) {
    let mut post = post::ActiveModel::from(row);
    post.body = Set(text());
    post.update(&db).await;
    let mut post: post::ActiveModel = post::Entity::find_by_id(1).one(&db).await.unwrap().unwrap().into();
    post.id = Set(2);
    post.set(post::Column::SeenAt, now());
    post.title.set_if_not_equals(title());
    post.update(&db).await;
}

async fn inserted_anew(db: Db, row: post::Model) {
    let post = post::ActiveModel { id: NotSet, ..row.into_active_model() };
    post.insert(&db).await;
}

async fn lent(db: Db, row: post::Model) {
    let mut post = row.into_active_model();
    post.body = Set(text());
    more(&mut post);
    post.update(&db).await;
}

async fn of_another_name(db: Db, row: post::Model, form: post::Form) {
    let post: post::ActiveModel = row.into();
    let mut pair = (post, 1);
    form.put_into(&mut pair);
    let (mut post, _) = pair;
    post.seen_at = Set(now());
    post.update(&db).await;
}

async fn replaced(db: Db, row: post::Model, form: post::Form) {
    let mut post = row.into_active_model();
    post.seen_at = Set(now());
    if form.title.is_empty() {
        post = form.into_active_model();
    }
    post.update(&db).await;
}

async fn base(db: Db, row: post::Model) {
    let mut seen = row.into_active_model();
    seen.seen_at = Set(now());
    let post = post::ActiveModel { title: Set(title()), ..seen };
    post.update(&db).await;
}

async fn with_behaviour(db: Db, row: note::Model) {
    let mut note = row.clone().into_active_model();
    note.text = Set(text());
    note.update(&db).await;
    row.delete(&db).await;
}

async fn main() {
    let db = connect();
    let app = axum::Router::new().route("/note", axum::routing::put(with_behaviour));
}
