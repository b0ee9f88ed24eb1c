//! The names of cachex's HTTP headers, and what `X-Cache-Invalidate` says.

#[cfg(any(test, feature = "axum", feature = "testing"))]
mod text;
#[cfg(feature = "axum")]
pub(crate) use text::everything;
#[cfg(any(test, feature = "axum", feature = "testing"))]
pub(crate) use text::invalidate;

/// What an answer invalidates.
pub const INVALIDATE: &str = "x-cache-invalidate";
/// What the node had applied when the request began.
pub const SEQ: &str = "x-cache-seq";
/// What a node must have applied for its local tier to be read.
pub const MIN_SEQ: &str = "x-cache-min-seq";
