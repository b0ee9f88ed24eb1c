pub fn fine(client: &Client) {
    client.execute("DELETE FROM fine");
}

/// An associated type with a lifetime of its own is Rust, and hides nothing.
pub async fn keep<K>(chunk: Chunk<K>)
where
    for<'a> Chunk<K>: Stored<Key<'a> = Place, Other<'a>: Clone>,
{
    sqlx::query!("INSERT INTO chunks (place) VALUES ($1)", chunk.place).execute(&pool()).await.unwrap();
}
