//! Files that hold what is kept: whole or not there at all, and not too many.
//!
//! A file begins with the digest of the rest, so that damage shows. It is written beside its place and moved there, so
//! that concurrent runs see an old one or a new one.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Digest, Key, digest};

/// How many results are kept; the oldest go first. Options, branches with other files and other versions have one
/// each.
const MOST: usize = 12 * Part::ALL.len();
/// And how many bytes they may have together.
const LARGEST: u64 = 256 << 20;
/// What lies in a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Facts,
    Trees,
}

impl Part {
    const ALL: [Self; 2] = [Self::Facts, Self::Trees];

    fn extension(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Trees => "trees",
        }
    }
}

const DIGEST: usize = 32;

/// What is kept under a key, if it is whole, and its digest.
pub(super) fn read(folder: &Path, key: &Key, part: Part) -> Option<(Vec<u8>, Digest)> {
    let path = place(folder, key, part);
    let mut file = fs::File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    if length > LARGEST {
        return None;
    }
    let mut named = [0; DIGEST];
    file.read_exact(&mut named).ok()?;
    let mut content = Vec::with_capacity(usize::try_from(length).ok()?);
    file.take(LARGEST).read_to_end(&mut content).ok()?;
    let found = digest(&content);
    found.is(&named).then_some((content, found))
}

/// Keeps bytes under a key; their digest.
pub(super) fn write(folder: &Path, key: &Key, part: Part, bytes: &[u8]) -> io::Result<Digest> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".kept-")
        .tempfile_in(folder)?;
    let found = digest(bytes);
    file.write_all(found.bytes())?;
    file.write_all(bytes)?;
    file.persist(place(folder, key, part))
        .map_err(|failed| failed.error)?;
    Ok(found)
}

fn place(folder: &Path, key: &Key, part: Part) -> PathBuf {
    folder.join(format!("{key}.{}", part.extension()))
}

/// Drops the oldest. Another run may do so at the same time, and what can't be removed stays.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let ours = |path: &Path| {
        let extension = path.extension();
        extension.is_some_and(|found| Part::ALL.iter().any(|part| found == part.extension()))
    };
    let mut kept: Vec<(SystemTime, u64, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter(|entry| ours(&entry.path()))
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len(), entry.path()))
        })
        .collect();
    kept.sort();
    let mut size = 0;
    for (index, (_, length, path)) in kept.iter().rev().enumerate() {
        size += length;
        if index >= MOST || size > LARGEST {
            let _ = fs::remove_file(path);
        }
    }
}
