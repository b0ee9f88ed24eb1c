//! Which columns Diesel's forms set, and ways to write that are easily passed by.

mod schema {
    diesel::table! {
        posts (id) {
            id -> Int4,
            title -> Text,
            #[sql_name = "text"]
            body -> Text,
            views -> Int4,
        }
    }
}

use diesel::prelude::*;
use schema::posts;
use schema::posts::dsl as p;

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = posts)]
pub struct Form {
    pub title: String,
    #[diesel(column_name = "body")]
    pub text: String,
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = posts)]
pub struct Counted {
    pub views: i32,
    #[diesel(embed)]
    pub form: Form,
}

#[derive(Insertable)]
#[diesel(table_name = posts)]
pub struct Skips {
    pub title: String,
    #[diesel(skip_insertion)]
    pub id: i32,
}

#[derive(AsChangeset)]
#[diesel(table_name = posts)]
pub struct Perhaps {
    pub title: Option<String>,
    pub views: i32,
}

#[derive(AsChangeset)]
#[diesel(table_name = posts, treat_none_as_null = true)]
pub struct Nulls {
    pub title: Option<String>,
    pub views: i32,
}

fn given(c: &mut Conn, form: Form, counted: &Counted, skips: Skips, perhaps: Perhaps, nulls: Nulls) {
    diesel::update(posts::table.find(1)).set(&form).execute(c);
    diesel::update(posts::table.find(1)).set(counted).execute(c);
    diesel::insert_into(posts::table).values(skips).execute(c);
    diesel::update(posts::table.find(1)).set(perhaps).execute(c);
    diesel::update(posts::table.find(1)).set(nulls).execute(c);
    diesel::update(posts::table.find(1)).set((p::views.eq(1), &form)).execute(c);
}

fn literals(c: &mut Conn) {
    diesel::update(posts::table.find(1)).set(Perhaps { title: None, views: 1 }).execute(c);
    diesel::update(posts::table.find(1)).set(Nulls { title: None, views: 1 }).execute(c);
    diesel::update(posts::table.find(1)).set(Counted { views: 1, form: made() }).execute(c);
    let form = Form { title: title(), text: text() };
    diesel::insert_into(posts::table).values(&form).on_conflict(p::id).do_update().set(&form).execute(c);
}

fn many(c: &mut Conn, forms: Vec<Form>) {
    diesel::insert_into(posts::table).values(&forms).execute(c);
    diesel::copy_from(posts::table).from_insertable(&forms).execute(c);
}

fn by_value(c: &mut Conn, form: Form) {
    form.insert_into(posts::table).execute(c);
    posts::table.select((p::title, p::views)).insert_into(posts::table).into_columns((p::title, p::views)).execute(c);
}

fn elsewhere(c: &mut Conn, form: Form) {
    form.insert_into(outside::table_of()).execute(c);
}

mod named {
    //! A module and a table of one name: what stands as a value is the table.
    use crate::schema::posts::{self, dsl::*};

    fn update(c: &mut Conn) {
        diesel::update(posts).set(posts::title.eq("x")).execute(c);
        diesel::delete(posts.filter(posts::id.eq(1))).execute(c);
    }
}
