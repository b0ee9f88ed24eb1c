//! Rust text → facts → call graph: which functions write and read which tables, and from where they are reached.
//!
//! The way: `parse_file(text, dialect) -> FileFacts` for each file on its own (pure, so that the caller may run it in
//! parallel and keep its result by content), then `link(&Workspace, &Options) -> Facts` for all of them together.
//! Knows nothing of `cachex.yaml`; coverage lays the facts against the plan.

pub mod coverage;
mod facts;
mod graph;
mod later;
mod layout;
mod lines;
mod link;
mod moved;
mod moves;
mod rust;
mod shape;
mod shared;
mod sites;
mod sql;
mod workspace;

use crate::model::Dialect;
pub use facts::{
    Argument, ArgumentKind, Attribute, Call, Callee, Facts, Form, Function, FunctionId, Hop,
    Instance, InstanceId, Operation, Parameter, Part, Place, Resolution, Root, RootId, RootKind,
    Site, SiteId, Unknown, UnknownKind, Via,
};
pub use graph::Reach;
pub use later::{KeptFile, Later};
pub use layout::{targets_of_metadata, targets_of_paths};
pub use lines::{Edges, ReachedFrom};
pub use link::{Definitions, Edits, amended, link, link_keeping};
pub use moves::Moves;
pub use shape::{Shape, shape};
pub use shared::{Wanted, shared_macros};
pub use workspace::{Options, SourceFile, Target, TargetKind, Tests, Texts, Workspace};

/// What is known of one file from its text alone. Opaque; kept by content hash through `serde`.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FileFacts {
    tree: rust::tree::Tree,
    /// Byte offsets at which lines begin.
    lines: Vec<u32>,
    /// The first place that could not be read.
    error: Option<rust::ParseError>,
    /// Whether it was read with definitions of other files.
    shares: bool,
}

/// The largest file that is read; beyond it the file is a finding.
const LARGEST: usize = 64 << 20;

/// Reads one file. Never fails: what can't be read is kept as the file's error, and [`link`] reports it.
pub fn parse_file(bytes: &[u8], dialect: Dialect) -> FileFacts {
    parse_file_with(bytes, "", dialect)
}

/// Reads one file that calls macros of other files, given their definitions (see [`shared_macros`]).
pub fn parse_file_with(bytes: &[u8], definitions: &str, dialect: Dialect) -> FileFacts {
    let refused = |at: usize, reason: String| FileFacts {
        error: Some(rust::ParseError {
            at: u32::try_from(at).unwrap_or(u32::MAX),
            reason,
        }),
        ..FileFacts::default()
    };
    if bytes.len() > LARGEST {
        return refused(0, format!("the file is larger than {} MiB", LARGEST >> 20));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let (tree, error) = if definitions.is_empty() {
                rust::parse(text, text.len(), dialect)
            } else {
                rust::parse(&format!("{text}\n{definitions}"), text.len(), dialect)
            };
            FileFacts {
                tree,
                lines: lines(text),
                error,
                shares: !definitions.is_empty(),
            }
        }
        Err(error) => refused(error.valid_up_to(), "the file is not UTF-8".to_owned()),
    }
}

fn lines(text: &str) -> Vec<u32> {
    let behind = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| *byte == b'\n')
        .map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(behind)
        .map(|at| u32::try_from(at).unwrap_or(u32::MAX))
        .collect()
}
