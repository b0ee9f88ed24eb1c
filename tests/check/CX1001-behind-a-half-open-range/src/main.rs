fn main() {
    let title = match std::env::args().count() {
        3.. => "many",
        ..=1 => "none",
        _ => "one",
    };
    pollster::block_on(rename(title));
}

async fn rename(title: &str) {
    let db = sqlx::PgPool::connect("blog").await.unwrap();
    sqlx::query!("UPDATE posts SET title = $1", title).execute(&db).await.unwrap();
}
