//! Files that hold what is kept: whole or not there at all, and not too many.
//!
//! A file begins with a head, which says where the sections behind it lie; a run reads those that it needs. Each has a
//! digest, so that damage shows. A file is written beside its place and moved there, so that concurrent runs see an
//! old one or a new one; whoever has opened it goes on reading the one it opened.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{Digest, Key, digest};

/// How many results are kept; the oldest go first. Options, branches with other files and other versions have one
/// each.
const MOST: usize = 12;
/// And how many bytes they may have together.
const LARGEST: u64 = 256 << 20;

const EXTENSION: &str = "kept";

/// Where some bytes of a file lie.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Section {
    /// From the end of the head.
    at: u64,
    length: u64,
    digest: Digest,
}

/// Sections to be written.
#[derive(Debug, Default)]
pub(super) struct Sections(Vec<u8>);

impl Sections {
    pub(super) fn add(&mut self, bytes: &[u8]) -> Section {
        let at = length(&self.0);
        self.0.extend_from_slice(bytes);
        Section {
            at,
            length: length(bytes),
            digest: digest(bytes),
        }
    }
}

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Opened {
    file: Mutex<File>,
    /// Where the head ends.
    behind: u64,
}

impl Opened {
    /// What is kept under a key, and its head, if that is whole.
    pub(super) fn new(folder: &Path, key: &Key) -> Option<(Self, Vec<u8>)> {
        let mut file = File::open(place(folder, key)).ok()?;
        let (mut named, mut length) = ([0; Digest::LENGTH], [0; 8]);
        file.read_exact(&mut named).ok()?;
        file.read_exact(&mut length).ok()?;
        let head = whole(&file, u64::from_le_bytes(length))?;
        let opened = Self {
            behind: file.stream_position().ok()?,
            file: Mutex::new(file),
        };
        digest(&head).is(&named).then_some((opened, head))
    }

    /// A section, if it is whole.
    pub(super) fn section(&self, section: &Section) -> Option<Vec<u8>> {
        let mut file = self.file.lock().ok()?;
        let at = self.behind.checked_add(section.at)?;
        file.seek(SeekFrom::Start(at)).ok()?;
        let found = whole(&file, section.length)?;
        drop(file);
        (digest(&found) == section.digest).then_some(found)
    }
}

/// So many bytes; what says how many may be damaged.
fn whole(file: &File, length: u64) -> Option<Vec<u8>> {
    if length > file.metadata().ok()?.len() {
        return None;
    }
    let mut found = vec![0; usize::try_from(length).ok()?];
    let mut file = file;
    file.read_exact(&mut found).ok()?;
    Some(found)
}

/// Keeps a head and its sections under a key.
pub(super) fn write(folder: &Path, key: &Key, head: &[u8], sections: &Sections) -> io::Result<()> {
    let size = length(head).saturating_add(length(&sections.0));
    if size > LARGEST {
        return Err(io::Error::other("it is too large"));
    }
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".kept-")
        .tempfile_in(folder)?;
    file.write_all(digest(head).bytes())?;
    file.write_all(&length(head).to_le_bytes())?;
    file.write_all(head)?;
    file.write_all(&sections.0)?;
    file.persist(place(folder, key))
        .map_err(|failed| failed.error)?;
    sweep(folder);
    Ok(())
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
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
