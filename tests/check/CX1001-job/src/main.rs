mod store;

#[tokio::main]
async fn main() {
    let db = store::Db::connect("sqlite:blog.db").await.unwrap();
    tokio::spawn(sweep(db));
    std::future::pending::<()>().await;
}

async fn sweep(db: store::Db) {
    loop {
        let _ = store::remove_old(&db).await;
    }
}
