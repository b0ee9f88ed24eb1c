use actix_web::{App, web};

fn main() {
    let _ = App::new().configure(services);
}

fn services(config: &mut web::ServiceConfig) {
    config.service(rename);
}

#[own_macros::post(path = "crate::ROUTES.rename", wrap = "crate::signed_in()")]
async fn rename(db: web::Data<sqlx::PgPool>) {
    sqlx::query!("UPDATE posts SET title = $1", "new").execute(&**db).await.unwrap();
}
