fn main() {
    for (table, column) in parts() {
        remove(&table, &column);
    }
}

fn parts() -> Vec<(String, String)> {
    std::env::args().map(|part| (part.clone(), part)).collect()
}

fn remove(table: &str, column: &str) {
    let _ = sqlx::query(&format!(
        "DELETE FROM {table} WHERE {column} IN (SELECT id FROM topics WHERE label = $1)"
    ));
}
