//! What one client of the events receives.
//!
//! Owns the order of replay and live messages, the filter by scope and authorisation, and a client's place. Knows no
//! HTTP. Keeps true: a message of another scope is never handed out, live or replayed; the place moves past what is
//! filtered, so that a client that is told nothing doesn't fall behind.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::log::Posted;
use super::{Event, Seq};
use crate::codegen::Value;
use crate::values::Encode;

type Filter = Arc<dyn Fn(&Event) -> bool + Send + Sync>;

/// Who listens: the scope, and which events it may see.
#[derive(Clone, Default)]
pub struct Audience {
    scope: Option<Value>,
    filter: Option<Filter>,
}

impl Audience {
    /// Whoever has no scope: in a schema with one it sees what concerns all scopes alone.
    pub fn everyone() -> Self {
        Self::default()
    }

    /// Within a scope: its events and those that concern all.
    #[must_use]
    pub fn scope(mut self, scope: impl Encode) -> Self {
        self.scope = Some(scope.encode());
        self
    }

    /// Only events that pass; a `reset` always does.
    #[must_use]
    pub fn only(mut self, passes: impl Fn(&Event) -> bool + Send + Sync + 'static) -> Self {
        self.filter = Some(Arc::new(passes));
        self
    }

    fn sees(&self, posted: &Posted) -> bool {
        let Some(event) = &posted.event else {
            return true;
        };
        let in_scope = match &posted.scope {
            Some(_) => posted.scope == self.scope,
            None => !self
                .scope
                .as_ref()
                .is_some_and(|scope| posted.except.contains(scope)),
        };
        in_scope && self.filter.as_ref().is_none_or(|passes| passes(event))
    }
}

impl fmt::Debug for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Audience")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// What a client receives: an event, or a `reset`. Cheap to clone: the payload is encoded once for all clients.
#[derive(Debug, Clone)]
pub struct Message {
    posted: Arc<Posted>,
    seq: Seq,
}

impl Message {
    /// The event; `None`: a `reset`, after which nothing the client holds may be trusted.
    pub fn event(&self) -> Option<&Event> {
        self.posted.event.as_ref()
    }

    /// Its JSON: an [`Event`], or `{ "kind": "reset", "seq": … }`.
    pub fn payload(&self) -> &str {
        &self.posted.payload
    }

    /// Its place, to resume after.
    pub fn seq(&self) -> &Seq {
        &self.seq
    }
}

/// The messages of one client, from [`Cachex::subscribe`](crate::Cachex::subscribe).
#[derive(Debug)]
pub struct Subscription {
    place: Seq,
    replay: VecDeque<Arc<Posted>>,
    /// `None`: closed.
    receiver: Option<broadcast::Receiver<Arc<Posted>>>,
    audience: Audience,
}

impl Subscription {
    pub(super) fn new(
        place: Seq,
        replay: VecDeque<Arc<Posted>>,
        receiver: broadcast::Receiver<Arc<Posted>>,
        audience: Audience,
    ) -> Self {
        Self {
            place,
            replay,
            receiver: Some(receiver),
            audience,
        }
    }

    /// The next message; `None` once the client fell too far behind or the runtime is gone. It then resumes with a
    /// new subscription from its place.
    ///
    /// Dropped while it waits, it has taken nothing.
    pub async fn next(&mut self) -> Option<Message> {
        loop {
            let posted = match self.replay.pop_front() {
                Some(posted) => posted,
                None => self.live().await?,
            };
            self.place = self.place.at(posted.number);
            if self.audience.sees(&posted) {
                let seq = self.place.clone();
                return Some(Message { posted, seq });
            }
        }
    }

    /// The next live message past the client's place: one that is ahead of this node is sent nothing twice.
    async fn live(&mut self) -> Option<Arc<Posted>> {
        loop {
            match self.receiver.as_mut()?.recv().await {
                Ok(posted) if posted.number > self.place.number() => return Some(posted),
                Ok(_) => {}
                Err(RecvError::Lagged(_) | RecvError::Closed) => self.receiver = None,
            }
        }
    }

    /// The place up to which this client has been handed everything it may see; `None` while a replay is under way,
    /// since a place ahead of it would skip the rest.
    pub fn place(&self) -> Option<&Seq> {
        self.replay.is_empty().then_some(&self.place)
    }
}
