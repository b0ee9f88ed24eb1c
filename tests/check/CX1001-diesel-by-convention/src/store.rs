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

#[derive(Insertable, bon::Builder)]
#[diesel(table_name = posts)]
pub struct NewPost {
    pub title: String,
    pub author_id: i64,
}

impl NewPost {
    pub fn keep(&self, db: &mut Db) {
        diesel::insert_into(posts::table).values(self).execute(db).unwrap();
    }
}

pub fn rename(db: &mut Db, author: &User, id: i64) {
    diesel::update(Post::belonging_to(author).find(id)).set(posts::title.eq("new")).execute(db).unwrap();
}
