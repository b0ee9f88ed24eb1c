//! A Rust file of the application, read when its content is first asked for, and no sooner.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cachex_compiler::source::SourceMap;

use crate::cache::{Digest, Stamp, digest};

/// No more of a file is read: the analyser refuses what is larger, and must see that it is.
const MOST: u64 = (64 << 20) + 1;

/// A file of this run.
pub(crate) struct Source {
    /// As messages name it.
    pub(crate) path: String,
    /// Taken before the content was read.
    pub(crate) stamp: Option<Stamp>,
    place: PathBuf,
    read: OnceLock<Result<Vec<u8>, String>>,
    digest: OnceLock<Option<Digest>>,
}

impl Source {
    pub(crate) fn new(path: String, place: &Path) -> Self {
        Self {
            path,
            stamp: Stamp::of(place),
            place: place.to_owned(),
            read: OnceLock::new(),
            digest: OnceLock::new(),
        }
    }

    /// What stands in it, or why that can't be read.
    pub(crate) fn bytes(&self) -> Result<&[u8], &str> {
        let read = || bytes(&self.place).map_err(|error| error.to_string());
        let read = self.read.get_or_init(read).as_ref();
        read.map(Vec::as_slice).map_err(String::as_str)
    }

    /// `None` where it can't be read, or is not UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes().ok()?).ok()
    }

    /// Of what stands in it; `None` where it can't be read.
    pub(crate) fn digest(&self) -> Option<Digest> {
        *self.digest.get_or_init(|| self.bytes().ok().map(digest))
    }

    /// Gives it to the map. What wasn't read so far is read when a message shows it.
    pub(crate) fn hand_over(self, sources: &mut SourceMap) {
        match self.read.into_inner() {
            Some(read) => sources.add(self.path, shown(read.unwrap_or_default())),
            None => sources.add_later(self.path, move || {
                shown(bytes(&self.place).unwrap_or_default()).into()
            }),
        };
    }
}

/// Of a file that is no UTF-8 the analyser says where; what messages show of it need not be exact.
fn shown(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// As much of a file as anyone looks at.
pub(super) fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(file)?;
    // Room for all of it spares reading by small pieces; the length may be wrong, or a lie.
    let length = file.metadata()?.len().min(MOST);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
