pub mod schema;

use diesel::prelude::*;
use diesel::{delete, insert_into};

use crate::schema::comments::dsl::*;
use crate::schema::{posts, people};

#[derive(Queryable, Identifiable, AsChangeset)]
#[diesel(table_name = posts)]
pub struct Post {
    pub id: i64,
    pub title: String,
}

#[derive(Insertable)]
#[cfg_attr(feature = "full", diesel(table_name = crate::schema::people))]
pub struct NewPerson {
    pub name: String,
}

pub fn rename(conn: &mut PgConnection, key: i64, new: &str) {
    diesel::update(posts::table.find(key)).set((posts::title.eq(new), posts::edited.eq(true))).execute(conn).unwrap();
}

pub fn comment(conn: &mut PgConnection, said: &str) {
    insert_into(comments).values(text.eq(said)).execute(conn).unwrap();
    let old = comments.filter(id.lt(10));
    delete(old).execute(conn).unwrap();
}

pub fn save(conn: &mut PgConnection, post: &Post) {
    post.save_changes::<Post>(conn).unwrap();
    diesel::update(post).set(posts::title.eq("x")).execute(conn).unwrap();
}

pub fn meet(conn: &mut PgConnection, person: NewPerson) {
    let statement = diesel::insert_into(people::table).values(&person).on_conflict(people::full_name).do_update().set(people::full_name.eq("again"));
    statement.execute(conn).unwrap();
    person.insert_into(people::table).execute(conn).unwrap();
}

pub fn read(conn: &mut PgConnection) -> Vec<Post> {
    posts::table.inner_join(people::table).select(posts::all_columns).load::<Post>(conn).unwrap()
}

/// The table is the type's.
pub trait Crud: Sized + HasTable {
    fn remove(conn: &mut PgConnection, key: i64) {
        diesel::delete(Self::table().find(key)).execute(conn).unwrap();
    }
}

impl Crud for Post {}

pub fn forget(conn: &mut PgConnection) {
    Post::remove(conn, 1);
    diesel::sql_query("UPDATE posts SET title = '' WHERE id = 1").execute(conn).unwrap();
}

/// The table's name is given as text.
fn rank(conn: &mut PgConnection, table: &str) {
    diesel::sql_query(format!("UPDATE {table} SET rank = 0")).execute(conn).unwrap();
}

pub fn rank_all(conn: &mut PgConnection) {
    rank(conn, "posts");
    rank(conn, "comments");
}
