use sea_orm::DatabaseConnection;

fn main() {
    let connection = diesel::SqliteConnection::establish("blog.db").unwrap();
    elsewhere::row().save_changes::<elsewhere::Row>(&connection).unwrap();
    pollster::block_on(rename(&elsewhere::connect()));
}

async fn rename(db: &DatabaseConnection) {
    elsewhere::model().update(db).await.unwrap();
}
