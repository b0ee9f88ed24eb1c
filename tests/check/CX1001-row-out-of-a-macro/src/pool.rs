macro_rules! with_connection {
    ($pool:expr, |$conn:ident| $code:block) => {{
        let mut conn = $pool.get().await?;
        async {
            let $conn = &mut *conn;
            $code
        }
        .await
    }};
}

pub fn pool() -> deadpool::Pool {
    deadpool::Pool::of("blog")
}
