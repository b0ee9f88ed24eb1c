use axum::extract::{Path, State};

use crate::store::{self, Db};

pub async fn change(State(mut db): State<Db>, Path(id): Path<i64>) {
    store::touch(&mut db, id);
    store::count(&mut db, id, 7);
    store::seen(&mut db, id);
}
