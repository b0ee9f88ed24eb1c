pub mod apps {
    pub async fn create<S>() {
        sqlx::query!("INSERT INTO apps (id) VALUES (1)").execute(&crate::pool()).await.unwrap();
    }
    pub async fn delete<S>() {
        sqlx::query!("DELETE FROM apps").execute(&crate::pool()).await.unwrap();
    }
}

pub mod devices {
    pub async fn create<S>() {
        sqlx::query!("INSERT INTO devices (id) VALUES (1)").execute(&crate::pool()).await.unwrap();
    }
    pub async fn delete<S>() {
        sqlx::query!("DELETE FROM devices").execute(&crate::pool()).await.unwrap();
    }
}
