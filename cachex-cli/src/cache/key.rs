//! What a result depends on, as a name.

use std::fmt;

use cachex_compiler::analyze::{Options, Target};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Raised whenever the shape of what is kept changes, or the meaning of the same text.
const FORMAT: u32 = 1;

/// Of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Digest([u8; 32]);

/// Of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Everything that facts depend on, but the Rust files' contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key(Digest);

impl Key {
    pub(crate) fn of<'a>(
        options: &Options,
        targets: &[Target],
        paths: impl Iterator<Item = &'a str>,
        texts: impl Iterator<Item = (&'a String, &'a String)>,
    ) -> Self {
        let mut all = Sha256::new();
        // Lengths keep neighbours apart.
        let mut add = |text: &str| {
            all.update(text.len().to_le_bytes());
            all.update(text);
        };
        add(env!("CARGO_PKG_VERSION"));
        add(&FORMAT.to_string());
        add(&build());
        add(&format!("{options:?} {targets:?}"));
        paths.for_each(&mut add);
        add("texts");
        for (path, text) in texts {
            add(path);
            add(text);
        }
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
