//! From typed values to canonical text, and the places of a change that take them.
//!
//! Owns what a generated constructor, key or tag does with the values it is given. Knows no cache and no plan. Keeps
//! true: two values have the same [`Value`](crate::codegen::Value) exactly when they are the same value after their
//! normalisers, whatever type of the application they came in.

mod canonical;
mod decode;
mod draft;
mod encode;
mod field;
mod give;
mod hashed;
mod heard;
mod identify;
mod normalise;
mod parameters;
mod state;
mod written;

pub(crate) use decode::{component, identity_json, text};
pub use draft::{Draft, scope};
#[cfg(any(test, feature = "axum", feature = "testing"))]
pub(crate) use encode::percent;
pub use encode::{Encode, compose, optional, scalar, set, value};
pub use field::{By, Digest, Field, Fields, Heard, InScope, Maybe, Plain, Several, TakenFrom};
pub use give::{Give, Many, Side, side};
pub use hashed::Hashed;
pub use heard::{FromText, FromTexts, Heards, Read, hear, hear_id, heard, read, unheard};
pub use identify::{Each, Identify, each};
pub use normalise::{Lower, Normalise, Text, Trim};
pub use parameters::{
    Found, FromParameters, Identifies, Named, Next, Parameter, identified_by, name,
};
pub use state::{
    Any, Create, Created, Delete, Deleted, Given, Idle, Missing, Need, NeverAsked, NotAsked, One,
    Settled, Told, Two, Update, UpdateOnly, Waived,
};
pub use written::{
    At, Attribute, Begins, Complete, First, Has, IdOf, NoPlace, Scoped, Sets, Tells, Then, Untyped,
    Written, id, ids,
};
