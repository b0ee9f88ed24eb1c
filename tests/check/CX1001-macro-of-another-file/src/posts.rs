use crate::model::posts;
use diesel::prelude::*;

#[derive(Queryable)]
pub struct Post {
    pub title: String,
}

#[derive(Insertable)]
#[diesel(table_name = posts)]
pub struct NewPost {
    pub title: String,
}

impl Post {
    insert!(posts, NewPost);
}
