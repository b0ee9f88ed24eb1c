//! The numbers of events and the ring they are replayed from.
//!
//! Owns the sequence of one process and the last messages. One lock orders numbering, ring and sending, so that who
//! subscribes under it misses nothing between what is replayed and what comes live. It is held for the length of a
//! push, never across an await. Whoever publishes has cleared before: what a number stands for is applied.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;
use tokio::sync::broadcast;

use super::compose::Draft;
use super::subscribe::Audience;
use super::{Event, Subscription};
use crate::codegen::Value;

/// A place in the sequence of one node: `epoch-number`, the epoch random at each start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seq {
    epoch: Arc<str>,
    number: u64,
}

impl Seq {
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Another place of the same epoch.
    pub(crate) fn at(&self, number: u64) -> Self {
        Self {
            epoch: Arc::clone(&self.epoch),
            number,
        }
    }

    /// The number, if the text is a place of the same epoch.
    pub(crate) fn number_in_epoch(&self, text: &str) -> Option<u64> {
        let (epoch, number) = text.trim().rsplit_once('-')?;
        (*epoch == *self.epoch).then(|| number.parse().ok())?
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.epoch, self.number)
    }
}

/// What is sent, encoded once for all clients.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) number: u64,
    /// `None`: `reset`.
    pub(crate) event: Option<Event>,
    pub(crate) payload: Arc<str>,
    pub(crate) scope: Option<Value>,
    pub(crate) except: Vec<Value>,
}

/// The events of one process.
#[derive(Debug)]
pub(crate) struct Log {
    epoch: Arc<str>,
    /// The last number given. Written under the lock only, read without it.
    last: AtomicU64,
    ring: Mutex<Ring>,
    sender: broadcast::Sender<Arc<Posted>>,
}

#[derive(Debug)]
struct Ring {
    messages: VecDeque<Arc<Posted>>,
    capacity: usize,
    /// The largest number that is in the ring no more.
    floor: u64,
}

impl Log {
    /// Of a node that starts now: `replay` messages are kept, `queue` may wait for a slow client.
    pub(crate) fn new(epoch: &str, replay: usize, queue: usize) -> Self {
        let (sender, _) = broadcast::channel(queue.max(1));
        Self {
            epoch: epoch.into(),
            last: AtomicU64::new(0),
            ring: Mutex::new(Ring {
                messages: VecDeque::new(),
                capacity: replay,
                floor: 0,
            }),
            sender,
        }
    }

    /// A panic while the ring was held can only have left it whole: each push is one step.
    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What this node has applied.
    pub(crate) fn now(&self) -> Seq {
        self.seq(self.last.load(Ordering::Acquire))
    }

    fn seq(&self, number: u64) -> Seq {
        Seq {
            epoch: Arc::clone(&self.epoch),
            number,
        }
    }

    /// Numbers a unit that has been cleared, and sends what it tells.
    pub(crate) fn publish(&self, drafts: &[Draft]) -> (Seq, Vec<Event>) {
        let mut ring = self.ring();
        if drafts.is_empty() {
            return (self.draw(), Vec::new());
        }
        let events: Vec<Event> = drafts
            .iter()
            .map(|draft| self.send(&mut ring, draft))
            .collect();
        (self.now(), events)
    }

    /// Tells all clients that they may have missed anything.
    pub(crate) fn reset(&self) -> Seq {
        let mut ring = self.ring();
        let seq = self.draw();
        self.post(&mut ring, self.reset_at(seq.number));
        seq
    }

    /// The next number. Called with the ring locked, so that numbers and messages have one order.
    fn draw(&self) -> Seq {
        self.seq(self.last.fetch_add(1, Ordering::AcqRel) + 1)
    }

    fn send(&self, ring: &mut Ring, draft: &Draft) -> Event {
        let seq = self.draw();
        let event = draft.numbered(&seq);
        // An event is text, numbers and JSON: there is nothing in it that could not be written.
        let payload = serde_json::to_string(&event).unwrap_or_default();
        self.post(
            ring,
            Posted {
                number: seq.number,
                event: Some(event.clone()),
                payload: payload.into(),
                scope: draft.scope.clone(),
                except: draft.except.clone(),
            },
        );
        event
    }

    fn post(&self, ring: &mut Ring, posted: Posted) {
        let posted = Arc::new(posted);
        ring.push(Arc::clone(&posted));
        // An error says that nobody listens.
        let _ = self.sender.send(posted);
    }

    fn reset_at(&self, number: u64) -> Posted {
        let payload = json!({ "kind": "reset", "seq": self.seq(number).to_string() });
        Posted {
            number,
            event: None,
            payload: payload.to_string().into(),
            scope: None,
            except: Vec::new(),
        }
    }

    /// A client that starts now, or resumes after the place it was at.
    pub(crate) fn subscribe(&self, since: Option<&str>, audience: Audience) -> Subscription {
        let ring = self.ring();
        let receiver = self.sender.subscribe();
        let now = self.now();
        let Some(since) = since else {
            return Subscription::new(now, VecDeque::new(), receiver, audience);
        };
        match now.number_in_epoch(since) {
            // Ahead of this node: nothing to replay, and nothing up to its place is sent again.
            Some(number) if number >= ring.floor => {
                let replay = ring.after(number);
                Subscription::new(self.seq(number), replay, receiver, audience)
            }
            // Too long ago, another start of this node, or no place at all.
            Some(_) | None => {
                let reset = VecDeque::from([Arc::new(self.reset_at(now.number))]);
                Subscription::new(now, reset, receiver, audience)
            }
        }
    }
}

impl Ring {
    fn push(&mut self, posted: Arc<Posted>) {
        self.messages.push_back(posted);
        while self.messages.len() > self.capacity {
            if let Some(dropped) = self.messages.pop_front() {
                self.floor = dropped.number;
            }
        }
    }

    /// What came after a number; from a `reset` on that alone, since whoever gets it drops everything.
    fn after(&self, number: u64) -> VecDeque<Arc<Posted>> {
        let missed = self.messages.iter().filter(|posted| posted.number > number);
        let mut replay: VecDeque<_> = missed.cloned().collect();
        if let Some(last) = replay.iter().rposition(|posted| posted.event.is_none()) {
            replay.drain(..last);
        }
        replay
    }
}
