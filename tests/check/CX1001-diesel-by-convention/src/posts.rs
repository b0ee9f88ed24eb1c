use axum::extract::{Path, State};

use crate::store::{self, Db, NewPost};

pub async fn change(State(mut db): State<Db>, Path(id): Path<i64>) {
    store::rename(&mut db, &store::User { id: 1 }, id);
    let copy = NewPost::builder().title("a copy".to_owned()).author_id(1).build();
    copy.keep(&mut db);
}
