//! `GET /events`: the events of a client as server-sent events.
//!
//! Owns the wire: each message's id is its place, a heartbeat is an id without data, which browsers take as their
//! place and hand to nobody. Replay, filter and `reset` are the subscription's. Keeps true: an id is never ahead of
//! what was sent before it.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;

use crate::cachex::Cachex;
use crate::event::{Audience, Event, Message, Subscription};
use crate::layer::ScopeOf;
use crate::values::Encode;

/// Proxies close what is silent for a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);

type Authorize = Arc<dyn Fn(&Parts, &Event) -> bool + Send + Sync>;

/// The endpoint, ready to become a route: `Router::new().route("/events", Events::new(&cx).route())`.
///
/// A client resumes by `Last-Event-ID`, or `?since=` on its first connection, from the `X-Cache-Seq` of the answer it
/// started with. Without either it starts now.
#[derive(Clone)]
#[must_use = "an endpoint does nothing until it is a route"]
pub struct Events {
    cachex: Cachex,
    scope: ScopeOf,
    authorize: Option<Authorize>,
    heartbeat: Duration,
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("heartbeat", &self.heartbeat)
            .finish_non_exhaustive()
    }
}

impl Events {
    /// Of this runtime.
    pub fn new(cachex: &Cachex) -> Self {
        Self {
            cachex: cachex.clone(),
            scope: ScopeOf::nothing(),
            authorize: None,
            heartbeat: HEARTBEAT,
        }
    }

    /// How a request tells the scope whose events it gets. Without one it gets those that concern all scopes.
    pub fn scope<S: Encode>(
        mut self,
        of: impl Fn(&Parts) -> Option<S> + Send + Sync + 'static,
    ) -> Self {
        self.scope = ScopeOf::new(of);
        self
    }

    /// Which events a request may see; asked for each of them, replayed ones too.
    pub fn authorize(
        mut self,
        may_see: impl Fn(&Parts, &Event) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.authorize = Some(Arc::new(may_see));
        self
    }

    /// How long a stream may be silent: 15 s unless set.
    pub fn heartbeat(mut self, every: Duration) -> Self {
        self.heartbeat = every;
        self
    }

    /// The route.
    pub fn route<S: Clone + Send + Sync + 'static>(self) -> MethodRouter<S> {
        get(async move |request: Request| self.open(request.into_parts().0))
    }

    fn open(&self, parts: Parts) -> Response {
        let since = since(&parts);
        let subscription = self
            .cachex
            .subscribe(self.audience(parts), since.as_deref());
        let stream = sse::Sse::new(stream(subscription, self.heartbeat));
        // Nginx would hold events back until its buffer is full.
        let unbuffered = (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        );
        ([unbuffered], stream).into_response()
    }

    fn audience(&self, parts: Parts) -> Audience {
        let audience = match self.scope.of(&parts) {
            Some(scope) => Audience::everyone().scope(scope),
            None => Audience::everyone(),
        };
        match self.authorize.clone() {
            Some(may_see) => audience.only(move |event| may_see(&parts, event)),
            None => audience,
        }
    }
}

/// Where a client resumes. The header comes first: a browser that reconnects sends it along with the first URL.
fn since(parts: &Parts) -> Option<String> {
    let told = |place: &String| !place.is_empty();
    last_event_id(&parts.headers).filter(told).or_else(|| {
        let query = Query::<Since>::try_from_uri(&parts.uri).ok()?;
        query.0.since.filter(told)
    })
}

fn last_event_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("last-event-id")?;
    Some(String::from_utf8_lossy(id.as_bytes()).into_owned())
}

#[derive(Deserialize)]
struct Since {
    since: Option<String>,
}

/// Whether the client knows its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Untold,
    Told,
}

/// Messages and heartbeats, until the client falls behind or the runtime is gone.
fn stream(
    subscription: Subscription,
    every: Duration,
) -> impl Stream<Item = Result<sse::Event, Infallible>> {
    unfold(
        (subscription, Place::Untold),
        move |(mut subscription, place)| async move {
            let event = next(&mut subscription, place, every).await?;
            Some((Ok(event), (subscription, Place::Told)))
        },
    )
}

/// What is sent next; `None`: the end.
async fn next(
    subscription: &mut Subscription,
    place: Place,
    every: Duration,
) -> Option<sse::Event> {
    // A client that is told nothing for long still knows where to resume, from its first moment on.
    if place == Place::Untold
        && let Some(heartbeat) = heartbeat(subscription)
    {
        return Some(heartbeat);
    }
    loop {
        match tokio::time::timeout(every, subscription.next()).await {
            Ok(message) => return message.map(|message| sent(&message)),
            Err(_) => {
                if let Some(heartbeat) = heartbeat(subscription) {
                    return Some(heartbeat);
                }
            }
        }
    }
}

fn sent(message: &Message) -> sse::Event {
    sse::Event::default()
        .id(message.seq().to_string())
        .data(message.payload())
}

fn heartbeat(subscription: &Subscription) -> Option<sse::Event> {
    let place = subscription.place()?;
    Some(sse::Event::default().id(place.to_string()))
}
