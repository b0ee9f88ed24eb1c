mod users;

use actix_web::{App, HttpServer, web};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    users::seed().await;
    HttpServer::new(|| {
        App::new().service(web::scope("/v1").configure(users::config)).service(
            web::resource("/ping").route(web::get().to(ping)),
        )
    })
    .bind("0.0.0.0:80")?
    .run()
    .await
}

async fn ping() -> &'static str {
    db().execute("UPDATE pings SET count = count + 1");
    "pong"
}
