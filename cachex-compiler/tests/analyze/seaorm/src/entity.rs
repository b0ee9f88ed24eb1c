pub mod post {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(schema_name = "blog", table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub is_published: bool,
    }
}

pub mod tag {
    use sea_orm::entity::prelude::*;

    #[derive(Copy, Clone, Default, Debug, DeriveEntity)]
    pub struct Entity;

    impl EntityName for Entity {
        fn table_name(&self) -> &str {
            "post_tags"
        }
    }

    #[derive(Clone, Debug, DeriveModel, DeriveActiveModel)]
    pub struct Model {
        pub id: i64,
        pub post_id: i64,
    }
}

pub mod task {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "tasks")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub job: crate::Job,
    }
}

pub mod prelude {
    pub use super::post::Entity as Post;
    pub use super::tag::Entity as Tag;
}
