#[macro_export]
macro_rules! archive_all {
    ($client:expr) => {{
        $client.execute("INSERT INTO archive SELECT * FROM posts").await;
        $client.execute("DELETE FROM posts").await;
    }};
}
