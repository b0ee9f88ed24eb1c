//! Prints what the analyser understands of a folder; for development.
use cachex_compiler::analyze::parse_file;
use cachex_compiler::model::Dialect;

fn main() {
    let mut files = Vec::new();
    for root in std::env::args().skip(1) {
        walk(std::path::Path::new(&root), &mut files);
    }
    files.sort();
    let start = std::time::Instant::now();
    let mut bytes = 0;
    for path in &files {
        let text = std::fs::read(path).unwrap();
        bytes += text.len();
        let facts = parse_file(&text, Dialect::Postgres);
        if let Some(e) = facts.error_for_development() {
            println!("{}:{}: {}", path.display(), e.0, e.1);
        }
    }
    eprintln!("{} files {} bytes {:?}", files.len(), bytes, start.elapsed());
}
fn walk(p: &std::path::Path, out: &mut Vec<std::path::PathBuf>) {
    if p.is_dir() {
        for e in std::fs::read_dir(p).unwrap() { walk(&e.unwrap().path(), out); }
    } else if p.extension().is_some_and(|e| e == "rs") { out.push(p.to_owned()); }
}
