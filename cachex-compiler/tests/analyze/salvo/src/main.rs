use salvo::prelude::*;

#[tokio::main]
async fn main() {
    let router = Router::new().push(Router::with_path("posts/{id}").get(show).delete(delete));
    Server::new(TcpListener::new("0.0.0.0:80").bind().await).serve(router).await;
}

#[handler]
async fn show() {}

#[handler]
async fn delete(request: &mut Request) {
    let db = sqlx::PgPool::connect("blog").await.unwrap();
    sqlx::query!("DELETE FROM posts WHERE id = $1", request.param("id")).execute(&db).await.unwrap();
}
