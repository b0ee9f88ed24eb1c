//! The messages of a client: replay, reset, places, slow clients.

use cachex_runtime::Cachex;
use cachex_runtime::event::{Audience, Message, Subscription};

use crate::blog::{SCHEMA, updated};

fn node(replay: usize, queue: usize) -> Cachex {
    Cachex::builder(&SCHEMA).replay(replay).queue(queue).build()
}

async fn tell(cx: &Cachex, ids: impl IntoIterator<Item = i64>) {
    for id in ids {
        cx.apply(updated(id)).await;
    }
}

fn place(cx: &Cachex, number: u64) -> String {
    let now = cx.seq().to_string();
    format!("{}-{number}", now.rsplit_once('-').unwrap().0)
}

/// What is there already, or comes while no task waits for anything else: the clock is paused, so a message that
/// never comes is no hang.
#[expect(clippy::expect_used, reason = "a failed expectation is the report")]
pub(crate) async fn soon<T>(message: impl Future<Output = T>) -> T {
    let waited = tokio::time::timeout(std::time::Duration::from_secs(1), message).await;
    waited.expect("nothing comes")
}

/// The identity of an event; -1 is a `reset`.
fn id(message: &Message) -> i64 {
    match message.event() {
        Some(event) => event.head.id.as_ref().unwrap().as_i64().unwrap(),
        None => -1,
    }
}

/// What a client gets up to an event that is told now.
async fn up_to_now(cx: &Cachex, client: &mut Subscription) -> Vec<i64> {
    tell(cx, [99]).await;
    let mut got = Vec::new();
    loop {
        match id(&soon(client.next()).await.unwrap()) {
            99 => return got,
            other => got.push(other),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_place_a_client_starts_now() {
    let cx = node(10, 10);
    tell(&cx, [1]).await;
    let mut client = cx.subscribe(Audience::everyone(), None);
    assert!(up_to_now(&cx, &mut client).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_client_resumes_after_its_place() {
    let cx = node(10, 10);
    tell(&cx, 1..=5).await;
    let mut client = cx.subscribe(Audience::everyone(), Some(&place(&cx, 3)));
    assert_eq!(up_to_now(&cx, &mut client).await, [4, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_gap_larger_than_the_ring_is_one_reset() {
    let cx = node(3, 10);
    tell(&cx, 1..=5).await;
    let mut missed = cx.subscribe(Audience::everyone(), Some(&place(&cx, 1)));
    let mut just = cx.subscribe(Audience::everyone(), Some(&place(&cx, 2)));
    assert_eq!(up_to_now(&cx, &mut missed).await, [-1]);
    tell(&cx, [6]).await;
    assert_eq!(up_to_now(&cx, &mut just).await, [3, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_place_of_another_start_is_one_reset() {
    let cx = node(10, 10);
    tell(&cx, 1..=2).await;
    for place in ["cafe-1", "nonsense", "1", "-", ""] {
        let mut client = cx.subscribe(Audience::everyone(), Some(place));
        let reset = soon(client.next()).await.unwrap();
        assert_eq!(id(&reset), -1, "{place}");
        assert_eq!(reset.seq().to_string(), cx.seq().to_string());
        assert_eq!(
            reset.payload(),
            format!(r#"{{"kind":"reset","seq":"{}"}}"#, cx.seq())
        );
    }
}

/// It gets its events when the node has caught up, and none twice.
#[tokio::test(start_paused = true)]
async fn a_client_that_is_ahead_is_sent_nothing_up_to_its_place() {
    let cx = node(10, 10);
    tell(&cx, [1]).await;
    let mut client = cx.subscribe(Audience::everyone(), Some(&place(&cx, 3)));
    tell(&cx, 2..=4).await;
    assert_eq!(up_to_now(&cx, &mut client).await, [4]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_client_is_closed_and_resumes_by_its_place() {
    let cx = node(100, 4);
    let mut slow = cx.subscribe(Audience::everyone(), None);
    tell(&cx, [1]).await;
    assert_eq!(id(&soon(slow.next()).await.unwrap()), 1);
    tell(&cx, 2..=20).await;
    assert!(soon(slow.next()).await.is_none());
    assert!(soon(slow.next()).await.is_none());
    let place = slow.place().unwrap().to_string();
    let mut resumed = cx.subscribe(Audience::everyone(), Some(&place));
    let missed: Vec<i64> = (2..=20).collect();
    assert_eq!(up_to_now(&cx, &mut resumed).await, missed);
}

/// The place moves past what a client may not see, so that it doesn't fall out of the ring by silence.
#[tokio::test(start_paused = true)]
async fn a_filter_holds_live_and_replayed_and_the_place_moves_past_it() {
    let cx = node(10, 10);
    let even = || {
        Audience::everyone()
            .only(|event| event.head.id.as_ref().unwrap().as_i64().unwrap() % 2 == 0)
    };
    let start = place(&cx, 0);
    let mut live = cx.subscribe(even(), None);
    tell(&cx, 1..=3).await;
    assert_eq!(id(&soon(live.next()).await.unwrap()), 2);
    let mut replayed = cx.subscribe(even(), Some(&start));
    assert_eq!(id(&soon(replayed.next()).await.unwrap()), 2);
    tell(&cx, [4]).await;
    assert_eq!(id(&soon(live.next()).await.unwrap()), 4);
    assert_eq!(live.place().unwrap().to_string(), place(&cx, 4));
}

#[tokio::test(start_paused = true)]
async fn the_place_is_not_told_while_a_replay_is_under_way() {
    let cx = node(10, 10);
    tell(&cx, 1..=2).await;
    let mut client = cx.subscribe(Audience::everyone(), Some(&place(&cx, 0)));
    assert!(client.place().is_none());
    soon(client.next()).await.unwrap();
    assert!(client.place().is_none());
    soon(client.next()).await.unwrap();
    assert_eq!(client.place().unwrap().to_string(), place(&cx, 2));
}

#[tokio::test(start_paused = true)]
async fn the_payload_is_encoded_once_for_all() {
    let cx = node(10, 10);
    let mut clients = [0, 1].map(|_| cx.subscribe(Audience::everyone(), None));
    tell(&cx, [1]).await;
    let mut payloads = Vec::new();
    for client in &mut clients {
        let message = soon(client.next()).await.unwrap();
        payloads.push(message.payload().as_ptr());
    }
    assert_eq!(payloads[0], payloads[1]);
}

#[tokio::test(start_paused = true)]
async fn a_client_ends_with_its_runtime() {
    let cx = node(10, 10);
    let mut client = cx.subscribe(Audience::everyone(), None);
    drop(cx);
    assert!(soon(client.next()).await.is_none());
}
