//! How a request tells its scope.

use std::fmt;
use std::sync::Arc;

use axum::http::request::Parts;

use crate::codegen::Value;
use crate::values::Encode;

type Read = dyn Fn(&Parts) -> Option<Value> + Send + Sync;

/// From a request's head to its scope.
#[derive(Clone)]
pub(crate) struct ScopeOf(Arc<Read>);

impl ScopeOf {
    /// Requests without a scope.
    pub(crate) fn nothing() -> Self {
        Self(Arc::new(|_| None))
    }

    pub(crate) fn new<S: Encode>(of: impl Fn(&Parts) -> Option<S> + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |parts| of(parts).map(|scope| scope.encode())))
    }

    pub(crate) fn of(&self, parts: &Parts) -> Option<Value> {
        (self.0)(parts)
    }
}

impl fmt::Debug for ScopeOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScopeOf")
    }
}
