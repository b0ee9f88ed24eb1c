//! Any text as the statement of a query, in each dialect.
#![no_main]

use cachex_compiler::analyze::parse_file;
use cachex_compiler::model::Dialect;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|sql: &str| {
    let fence = "#".repeat(sql.len().min(200) + 1);
    let source = format!("async fn f() {{ sqlx::query(r{fence}\"{sql}\"{fence}).execute(db).await; }}");
    for dialect in [Dialect::Postgres, Dialect::Mysql, Dialect::Sqlite] {
        drop(parse_file(source.as_bytes(), dialect));
    }
});
