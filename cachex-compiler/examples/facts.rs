//! Prints what the analyser understands of a folder, and how long it took; for measuring.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for developers"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cachex_compiler::analyze::{
    Edges, Options, SourceFile, Workspace, link, parse_file, targets_of_paths,
};
use cachex_compiler::model::Dialect;
use cachex_compiler::source::FileId;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let root = PathBuf::from(arguments.next().unwrap());
    let edges = if arguments.next().is_some() {
        Edges::Listed
    } else {
        Edges::Left
    };
    let mut found = Vec::new();
    walk(&root, &mut found);
    let mut files = Vec::new();
    let mut manifests = BTreeMap::new();
    let mut texts = BTreeMap::new();
    for path in found {
        let bytes = std::fs::read(&path).unwrap();
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => files.push((name, bytes)),
            Some("toml") => {
                drop(manifests.insert(name, String::from_utf8_lossy(&bytes).into_owned()))
            }
            _ => drop(texts.insert(name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    let start = Instant::now();
    let parsed: Vec<_> = files
        .iter()
        .map(|(path, bytes)| (path, parse_file(bytes, Dialect::Postgres)))
        .collect();
    let read = start.elapsed();
    let targets = targets_of_paths(files.iter().map(|(path, _)| path.as_str()), &manifests);
    let sources = parsed
        .iter()
        .enumerate()
        .map(|(index, (path, facts))| SourceFile {
            id: FileId(u32::try_from(index).unwrap()),
            path,
            facts,
        })
        .collect();
    let workspace = Workspace {
        files: sources,
        targets,
        texts,
    };
    let facts = link(&workspace, &Options::default());
    let linked = start.elapsed();
    print!("{}", facts.lines(edges));
    eprintln!(
        "{} files, parsed in {read:?}, linked in {:?}, {} instances, {} roots, printed after {:?}",
        files.len(),
        linked - read,
        facts.instances.len(),
        facts.roots.len(),
        start.elapsed()
    );
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for entry in entries {
            walk(&entry, found);
        }
    } else if path
        .extension()
        .is_some_and(|extension| extension == "rs" || extension == "sql" || extension == "toml")
    {
        found.push(path.to_owned());
    }
}
