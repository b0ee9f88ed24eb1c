diesel::table! { posts (id) { id -> Uuid, title -> Text, } }

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = posts)]
pub struct Post {
    pub id: uuid::Uuid,
    pub title: String,
}
