//! Rust text → facts → call graph: which functions write and read which tables, and from where they are reached.
//!
//! The way: `parse_file(text, dialect) -> FileFacts` for each file on its own (pure, so that the caller may run it in
//! parallel and keep its result by content), then `link(&Workspace, &Options) -> Facts` for all of them together.
//! Knows nothing of `cachex.yaml`; coverage lays the facts against the plan.

pub mod coverage;
mod facts;
mod graph;
mod workspace;

pub use facts::{
    Argument, ArgumentKind, Attribute, Call, Callee, Facts, Form, Function, FunctionId, Hop,
    Instance, InstanceId, Operation, Parameter, Part, Place, Resolution, Root, RootId, RootKind,
    Site, SiteId, Unknown, UnknownKind, Via,
};
pub use graph::Reach;
pub use workspace::{Options, SourceFile, Target, TargetKind, Tests, Workspace};

/// What is known of one file from its text alone. Opaque; kept by content hash through `serde`.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FileFacts {
    /// Byte offsets at which lines begin.
    lines: Vec<u32>,
}
