//! Compiles a schema from its files.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use cachex_compiler::{Asked, Compilation, Options, Unreadable, compile_files};

use crate::project::relative;

/// Compiles a schema; what can't be read is for the compiler to report. Paths are shown as seen from a folder.
pub(crate) fn rules(schema: &Path, seen_from: &Path) -> Compilation {
    let folder = schema.parent().unwrap_or(Path::new(""));
    let mut bring = |asked: Asked<'_>| match asked {
        Asked::Root => read(schema),
        Asked::Included(path) => read_below(folder, path),
    };
    let shown = relative(seen_from, schema);
    compile_files(&shown, &mut bring, &Options::default())
}

/// A link may lead out of the folder: what counts is where the file really lies.
fn read_below(folder: &Path, path: &str) -> Result<Vec<u8>, Unreadable> {
    let real = folder
        .join(path)
        .canonicalize()
        .map_err(|error| unreadable(&error))?;
    match folder.canonicalize() {
        Ok(folder) if real.starts_with(&folder) => read(&real),
        _ => Err(Unreadable::Outside),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let limit = Options::default().size_limit;
    let mut bytes = Vec::new();
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(Unreadable::NoRegularFile);
    }
    if metadata.len() > limit {
        return Err(Unreadable::Oversized(Metadata::len(&metadata)));
    }
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    // The file may grow while it is read.
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

fn unreadable(error: &std::io::Error) -> Unreadable {
    match error.kind() {
        std::io::ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Other(error.to_string()),
    }
}
