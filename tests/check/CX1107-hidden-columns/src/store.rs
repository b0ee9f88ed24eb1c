use diesel::prelude::*;
use uuid::Uuid;

diesel::table! {
    posts (id) {
        id -> Uuid,
        title -> Text,
        slug -> Text,
    }
}

#[derive(AsChangeset)]
#[diesel(table_name = posts)]
pub struct Changes {
    pub title: Option<String>,
    pub slug: Option<String>,
}

pub fn save(db: &mut PgConnection, id: Uuid, changes: serde_json::Value) -> QueryResult<usize> {
    let changes = decode(changes);
    diesel::update(posts::table.find(id)).set(changes).execute(db)
}
