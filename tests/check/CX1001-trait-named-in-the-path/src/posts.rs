use axum::extract::{Path, State};

use crate::store::{Access, Noted, Sql, Writer};

pub async fn change(State(access): State<Access>, Path(id): Path<i64>) {
    if let Some(writer) = access.writer() {
        writer.rename(id).await;
    }
}

/// What a user with rights may do: the same names as below it.
impl<B: crate::store::Backend> Writer for B {
    async fn rename(&self, id: i64) {
        <B as crate::store::Backend>::rename(self, id).await;
    }
}

/// Writes no post: of the functions of this name it is that of the trait.
pub async fn note(State(access): State<Access>, Path(id): Path<i64>) {
    <Sql as Noted>::rename(&access.sql, id).await;
}
