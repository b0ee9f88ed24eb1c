pub mod post {
    use sea_orm::{ActiveValue::Set, IntoActiveModel, entity::prelude::*};

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub seen_at: DateTimeUtc,
        pub deleted_at: Option<DateTimeUtc>,
    }

    impl Model {
        pub fn seen(self) -> ActiveModel {
            let mut post = self.into_active_model();
            post.seen_at = Set(now());
            post
        }

        pub fn renamed(self, title: String) -> Result<ActiveModel, Invalid> {
            let mut post: ActiveModel = self.into();
            if post.title.as_ref() != &title {
                post.title = Set(title);
            }
            Ok(post)
        }

        pub fn hidden(self) -> ActiveModel {
            let mut post = self.into_active_model();
            post.deleted_at = Set(Some(now()));
            post
        }

        pub fn ranked(self) -> ActiveModel {
            let mut post = self.into_active_model();
            post.seen_at = Set(now());
            rate(&mut post);
            post
        }
    }
}
