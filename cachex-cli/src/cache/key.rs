//! What a result depends on, as a name.

use std::collections::BTreeMap;
use std::fmt;

use cachex_compiler::analyze::{Options, Target};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::project::Shared;

/// Raised whenever the shape of what is kept changes, or the meaning of the same text.
const FORMAT: u32 = 12;

/// Of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Digest([u8; Self::LENGTH]);

impl Digest {
    pub(super) const LENGTH: usize = 32;

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        self.0 == bytes
    }
}

/// Of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Everything that facts depend on, but what stands in files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key(Digest);

impl Key {
    /// For the paths of the Rust and SQL files.
    pub(crate) fn of<'a>(
        options: &Options,
        targets: &[Target],
        rust: impl Iterator<Item = &'a str>,
        sql: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut all = Sha256::new();
        // Lengths keep neighbours apart.
        let mut add = |part: &[u8]| {
            all.update(part.len().to_le_bytes());
            all.update(part);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(&FORMAT.to_le_bytes());
        add(build().as_bytes());
        add(format!("{options:?}").as_bytes());
        let table = |table: &BTreeMap<String, String>| digest(format!("{table:?}").as_bytes());
        let mut tables = Shared::new(table);
        for target in targets {
            let kind = format!("{:?}", target.kind);
            for part in [&target.name, &kind, &target.root, &target.folder] {
                add(part.as_bytes());
            }
            add(&tables.of(&target.dependencies).0);
        }
        rust.for_each(|path| add(path.as_bytes()));
        add(b"sql");
        sql.for_each(|path| add(path.as_bytes()));
        Self(Digest(all.finalize().into()))
    }
}

/// Of a program that is being worked on, whose version stays, the time it was built.
fn build() -> String {
    let built = || {
        let program = std::env::current_exe().ok()?;
        let changed = std::fs::metadata(program).ok()?.modified().ok()?;
        Some(format!("{changed:?}"))
    };
    built().unwrap_or_default()
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Digest(bytes) = self.0;
        bytes
            .iter()
            .take(16)
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
