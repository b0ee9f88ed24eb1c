//! Events: what a unit of work tells clients.
//!
//! Owns an event's JSON, its composition from changes ([`compose`]), its numbers and replay ([`log`]), and what a
//! client of it receives ([`subscribe`]). Knows no HTTP and clears nothing. Keeps true: a client gets at most one
//! event of a unit, in the order units were applied, and nothing of another scope.

mod compose;
mod log;
mod subscribe;

use serde::Serialize;
use serde_json::Value as Json;

pub(crate) use self::compose::compose;
pub(crate) use self::log::Log;
pub use self::log::Seq;
pub use self::subscribe::{Audience, Message, Subscription};
use crate::codegen::Value;

/// What clients are told of a unit of work. As JSON: `{ kind: "cache", type, action, id, ids?, changes?, data?,
/// scope?, ev, seq }`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Always `cache`; a `reset` is no event but a [`Message`] of its own.
    pub kind: &'static str,
    /// Type, action and identities of the unit's head.
    #[serde(flatten)]
    pub head: Told,
    /// All changes, the head first, where the unit recorded anything beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Told>,
    /// A typed hint the head's change gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Json>,
    /// The scope it stays in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The event's identity: two events with one `ev` are one.
    pub ev: String,
    /// Its place in the sequence of this node, to resume from.
    pub seq: String,
}

/// One change as clients see it; equal (entity, action) are one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// The entity's name for clients.
    #[serde(rename = "type")]
    pub entity: &'static str,
    /// `create`, `update`, `delete`, or `any`.
    pub action: &'static str,
    /// Of one; null for several (`ids`) and for the list as a whole.
    pub id: Option<Json>,
    /// Of several, up to 32.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<Json>>,
    /// The identities as they stand in a key, for the header; empty: the list as a whole.
    #[serde(skip)]
    pub(crate) keys: Vec<Value>,
}

impl Event {
    /// What it lists: all changes, or the head alone.
    #[cfg(any(test, feature = "axum", feature = "testing"))]
    pub(crate) fn told(&self) -> &[Told] {
        if self.changes.is_empty() {
            std::slice::from_ref(&self.head)
        } else {
            &self.changes
        }
    }
}
