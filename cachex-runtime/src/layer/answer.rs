//! The headers of an answer.
//!
//! Owns what a request may ask for and what its answer says. Keeps true: an answer tells nothing of another scope.

use axum::http::header::{ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::apply::{Done, Told};
use crate::cachex::Cachex;
use crate::codegen::Value;
use crate::event::{Event, Seq};
use crate::header;
use crate::unit::Reads;
use crate::values;

/// What a request asked for, and what had been applied when it began.
#[derive(Debug)]
pub(super) struct Asked {
    seq: Seq,
    reads: Reads,
    origin: Origin,
}

/// Whether a script of another origin may be behind the request: it sees no header that isn't exposed to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Same,
    Other,
}

impl Asked {
    pub(super) fn by(cachex: &Cachex, parts: &Parts) -> Self {
        let seq = cachex.seq();
        let reads = match parts.headers.get(header::MIN_SEQ) {
            Some(asked) if !is_applied(&seq, asked) => Reads::Past,
            Some(_) | None => Reads::Cached,
        };
        let origin = if parts.headers.contains_key(ORIGIN) {
            Origin::Other
        } else {
            Origin::Same
        };
        Self { seq, reads, origin }
    }

    pub(super) fn reads(&self) -> Reads {
        self.reads
    }

    /// Adds the headers for what the unit did.
    pub(super) fn answer(&self, headers: &mut HeaderMap, done: &[Done], scope: Option<&Value>) {
        // An inner layer with a scope of its own began later: the outer one's place is the safe one.
        headers.remove(header::SEQ);
        put(headers, header::SEQ, &self.seq.to_string());
        if let Some(text) = invalidated(done, scope) {
            put(headers, header::INVALIDATE, &text);
        }
        if self.origin == Origin::Other {
            let exposed = HeaderValue::from_static("x-cache-invalidate, x-cache-seq");
            headers.append(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
        if self.reads == Reads::Past {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// Whether this node has applied what a client asks for. A place of another epoch can't be compared: it counts as
/// not applied, which costs a read past the caches.
fn is_applied(now: &Seq, asked: &HeaderValue) -> bool {
    let asked = asked.to_str().ok();
    asked
        .and_then(|asked| now.number_in_epoch(asked))
        .is_some_and(|number| number <= now.number())
}

/// An inner layer may have told something already: its items are kept.
fn put(headers: &mut HeaderMap, name: &'static str, text: &str) {
    // The texts are ASCII.
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.append(HeaderName::from_static(name), value);
    }
}

fn invalidated(done: &[Done], scope: Option<&Value>) -> Option<String> {
    if done.iter().any(|done| done.told == Told::Reset) {
        return Some(header::everything());
    }
    let events: Vec<&Event> = done
        .iter()
        .flat_map(|done| visible(&done.events, scope))
        .collect();
    header::invalidate(&events)
}

/// The event of the own scope, which also has what concerns all; else what concerns all.
fn visible<'a>(events: &'a [Event], scope: Option<&Value>) -> impl Iterator<Item = &'a Event> {
    let scope = scope.map(values::text);
    let own = events
        .iter()
        .filter(|event| event.scope.is_some())
        .find(|event| event.scope == scope);
    let all = events.iter().find(|event| event.scope.is_none());
    own.or(all).into_iter()
}
