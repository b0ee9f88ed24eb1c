//! Files that hold what is kept: whole or not there at all, and not too many.
//!
//! A file begins with the digest of the rest, so that damage shows. It is written beside its place and moved there, so
//! that concurrent runs see an old one or a new one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use super::Key;

/// How many results are kept; the oldest go first. Options, branches with other files and other versions have one
/// each.
const MOST: usize = 12;
/// And how many bytes they may have together.
const LARGEST: u64 = 256 << 20;
const EXTENSION: &str = "facts";
const DIGEST: usize = 32;

/// What is kept under a key, if it is whole.
pub(super) fn read(folder: &Path, key: &Key) -> Option<Vec<u8>> {
    let path = place(folder, key);
    if fs::metadata(&path).ok()?.len() > LARGEST {
        return None;
    }
    let mut bytes = fs::read(path).ok()?;
    if bytes.len() < DIGEST {
        return None;
    }
    let content = bytes.split_off(DIGEST);
    let whole = Sha256::digest(&content).as_slice() == bytes;
    whole.then_some(content)
}

/// Keeps bytes under a key.
pub(super) fn write(folder: &Path, key: &Key, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".kept-")
        .tempfile_in(folder)?;
    file.write_all(&Sha256::digest(bytes))?;
    file.write_all(bytes)?;
    file.persist(place(folder, key))
        .map_err(|failed| failed.error)?;
    sweep(folder);
    Ok(())
}

fn place(folder: &Path, key: &Key) -> PathBuf {
    folder.join(format!("{key}.{EXTENSION}"))
}

/// Drops the oldest. Another run may do so at the same time, and what can't be removed stays.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let ours = |path: &Path| path.extension().is_some_and(|found| found == EXTENSION);
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
