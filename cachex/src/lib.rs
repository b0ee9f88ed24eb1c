//! Declarative cache invalidation: the rules stand in one file, `cachex.yaml`; from it come typed keys, changes and
//! invalidations, checked when compiling and proved over the application's sources by `cachex check`.
//!
//! This crate is what applications depend on: the runtime, and with the feature `macros` (on by default) the macros.

#[cfg(feature = "macros")]
pub use cachex_macros::{__tests, allow, cached, invalidates, schema};
pub use cachex_runtime::codegen::ErasedAction as Action;
pub use cachex_runtime::{
    Apply, Builder, Cachex, Each, Hashed, LoadError, Outcome, Tagged, UnitFuture, Unknown,
    WithTags, Work, clock, codegen, each, event, header, local, lost_changes, spawn, tagged, unit,
};

#[cfg(feature = "axum")]
pub mod layer {
    //! Units of work around HTTP requests, and routes that invalidate.

    #[cfg(feature = "macros")]
    pub use cachex_macros::layer_invalidates as invalidates;
    pub use cachex_runtime::layer::*;
}
#[cfg(feature = "sse")]
pub use cachex_runtime::sse;
#[cfg(feature = "testing")]
pub use cachex_runtime::{assert_cleared, assert_event, assert_kept, assert_no_event, testing};
