//! Paths of files, as text with `/`.

pub(super) fn is_development(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    parts.next() == Some("build.rs")
        || parts.any(|part| matches!(part, "tests" | "benches" | "examples"))
}

pub(super) fn parent_directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// `src/main.rs`, `src/lib.rs` and any other root: their modules stand beside them.
pub(super) fn directory_of_root(path: &str) -> String {
    parent_directory(path).to_owned()
}

pub(super) fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// Takes `.` and `..` out of a path.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
