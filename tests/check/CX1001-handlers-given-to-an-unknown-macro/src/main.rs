use rocket::post;

#[rocket::main]
async fn main() {
    let (routes, spec) = rocket_okapi::openapi_get_routes_spec![settings: rename];
    rocket::build().mount("/posts", routes).manage(spec).launch().await.unwrap();
}

#[post("/<id>")]
async fn rename(id: i64) {
    let db = sqlx::PgPool::connect("blog").await.unwrap();
    sqlx::query!("UPDATE posts SET title = $1", id.to_string()).execute(&db).await.unwrap();
}
