//! From typed values to canonical text, and the places of a change that take them.
//!
//! Owns what a generated constructor, key or tag does with the values it is given. Knows no cache and no plan. Keeps
//! true: two values have the same [`Value`](crate::codegen::Value) exactly when they are the same value after their
//! normalisers, whatever type of the application they came in.

mod canonical;
mod decode;
mod draft;
mod encode;
mod give;
mod hashed;
mod heard;
mod identify;
mod normalise;
mod parameters;
mod state;

pub(crate) use decode::{component, identity_json, text};
pub use draft::{Draft, Image, id, ids, scope};
#[cfg(any(test, feature = "axum", feature = "testing"))]
pub(crate) use encode::percent;
pub use encode::{Encode, compose, optional, scalar, set, value};
pub use give::{Give, Many, Side};
pub use hashed::Hashed;
pub use heard::{FromText, Heard, Heards, Read, hear, hear_id, heard, unheard};
pub use identify::{Each, Identify, each};
pub use normalise::{Lower, Normalise, Text, Trim};
pub use parameters::{
    Found, FromParameters, IdentifiedBy, Named, Next, Parameter, hashed, name, parameter,
};
pub use state::{
    All, Any, Created, Deleted, Given, Idle, Missing, Need, One, Only, Settled, Two, Waived,
};
