use axum::extract::{Path, State};
use sea_orm::{DatabaseConnection, EntityTrait, QueryFilter, sea_query::Expr};

use crate::store as posts;

pub async fn change(State(db): State<DatabaseConnection>, Path(id): Path<i64>) {
    posts::Entity::update_many()
        .col_expr(posts::Column::Views, Expr::col(posts::Column::Views).add(1))
        .filter(posts::Column::Id.eq(id))
        .exec(&db)
        .await
        .unwrap();
}
