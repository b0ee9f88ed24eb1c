use diesel::prelude::*;

diesel::table! {
    posts (id) {
        id -> BigInt,
        author_id -> BigInt,
        title -> Text,
        body -> Text,
        views -> BigInt,
        updated_at -> Timestamp,
    }
}

#[derive(Identifiable)]
pub struct User {
    pub id: i64,
}

/// Of `posts`, by its own name.
#[derive(Identifiable, Associations)]
#[diesel(belongs_to(User))]
pub struct Post {
    pub id: i64,
    pub author_id: i64,
}

pub type Db = diesel::PgConnection;

/// Sets whatever is given.
#[derive(AsChangeset, Default)]
#[diesel(table_name = posts)]
pub struct Change {
    pub title: Option<String>,
    pub body: Option<String>,
    pub views: Option<i64>,
    pub updated_at: Option<DateTime>,
}

/// Sets all it has.
#[derive(AsChangeset)]
#[diesel(table_name = posts)]
pub struct Seen {
    pub views: i64,
    pub updated_at: DateTime,
}

impl Change {
    fn titled(title: &str) -> Self {
        Self { title: Some(title.to_owned()), ..Self::default() }
    }
}

pub fn touch(db: &mut Db, id: i64) {
    let change = Change { updated_at: Some(now()), ..Change::titled("new") };
    diesel::update(posts::table.find(id)).set(&change).execute(db).unwrap();
}

pub fn count(db: &mut Db, id: i64, views: i64) {
    let mut change = Change::default();
    change.views = Some(views);
    diesel::update(posts::table.find(id)).set(&change).execute(db).unwrap();
}

pub fn seen(db: &mut Db, id: i64) {
    let seen = seen_now(id);
    diesel::update(posts::table.find(id)).set(&seen).execute(db).unwrap();
}

fn seen_now(id: i64) -> Seen {
    Seen { views: id, updated_at: now() }
}
