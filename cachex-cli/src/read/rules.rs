//! Compiles a schema from its files.
//!
//! `schema!` reads them for itself, by the same few lines: the two have only the compiler in common, which reads no file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use cachex_compiler::{Asked, Compilation, Options, Unreadable, compile_files};

use crate::project::relative;

/// Compiles a schema; what can't be read is for the compiler to report. Paths are shown as seen from a folder.
pub(crate) fn rules(schema: &Path, seen_from: &Path) -> Compilation {
    let mut bring = |asked: Asked<'_>| match asked {
        Asked::Root => read(schema),
        Asked::Included(path) => read_beside(schema, &schema.with_file_name(path)),
    };
    let shown = relative(seen_from, schema);
    compile_files(&shown, &mut bring, &Options::default())
}

/// A link may lead out of the root's folder: what counts is where both files really lie.
fn read_beside(root: &Path, path: &Path) -> Result<Vec<u8>, Unreadable> {
    let (root, path) = (root.canonicalize()?, path.canonicalize()?);
    match root.parent() {
        Some(folder) if path.starts_with(folder) => read(&path),
        _ => Err(Unreadable::Outside),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let limit = Options::default().size_limit;
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(Unreadable::NoRegularFile);
    }
    if metadata.len() > limit {
        return Err(Unreadable::Oversized(metadata.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// `schema!` is asked the same of the same folders, in `cachex-macros/src/schema.rs`.
    #[test]
    fn a_schemas_folder_is_where_the_schema_really_lies() {
        let links = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/links");
        let read = ["real", "folder", "both", "file"].map(|folder| {
            let compilation = rules(&links.join(folder).join("cachex.yaml"), &links);
            (folder, compilation.schema.is_some())
        });
        let expected = [
            ("real", true),
            ("folder", true),
            ("both", true),
            // What it includes lies beside the link to it.
            ("file", false),
        ];
        assert_eq!(read, expected);
    }
}
