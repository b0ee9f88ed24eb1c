//! `GET /events` over a real connection.

use std::time::Duration;

use axum::Router;
use cachex_runtime::Cachex;
use cachex_runtime::event::Event;
use cachex_runtime::sse::Events;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::blog::{SCHEMA, pictures, updated};
use crate::shop;

/// Serves an endpoint on a port of its own, for the length of the test.
async fn serve(events: Events) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/events", events.route());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// One client's connection, read line by line.
struct Client {
    stream: TcpStream,
    read: String,
    /// How long nothing may come: only a test that fails waits for it.
    patience: Duration,
}

impl Client {
    async fn connect(address: std::net::SocketAddr, path: &str, headers: &str) -> Self {
        Self::connect_with(address, path, headers, Duration::from_secs(10)).await
    }

    async fn connect_with(
        address: std::net::SocketAddr,
        path: &str,
        headers: &str,
        patience: Duration,
    ) -> Self {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut client = Self {
            stream,
            read: String::new(),
            patience,
        };
        let head = client.until("\r\n\r\n").await;
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(head.contains("x-accel-buffering: no"), "{head}");
        client
    }

    /// What comes up to an end, which is taken off.
    async fn until(&mut self, end: &str) -> String {
        loop {
            if let Some((before, rest)) = self.read.split_once(end) {
                let before = before.to_owned();
                self.read = rest.into();
                return before;
            }
            let mut bytes = [0; 4096];
            let read = tokio::time::timeout(self.patience, self.stream.read(&mut bytes));
            let read = read.await.unwrap().unwrap();
            assert!(read > 0, "the stream ended after {:?}", self.read);
            self.read
                .push_str(std::str::from_utf8(&bytes[..read]).unwrap());
        }
    }

    /// The next message as (id, data); a heartbeat has no data. Chunk sizes are left out.
    async fn message(&mut self) -> (String, String) {
        let text = self.until("\n\n").await;
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().trim_start().to_owned()
        };
        (field("id:"), field("data:"))
    }

    /// The next message with data.
    async fn data(&mut self) -> String {
        loop {
            let (_, data) = self.message().await;
            if !data.is_empty() {
                return data;
            }
        }
    }
}

fn node() -> Cachex {
    Cachex::builder(&SCHEMA).replay(3).build()
}

async fn tell(cx: &Cachex, ids: impl IntoIterator<Item = i64>) {
    for id in ids {
        cx.apply(updated(id)).await;
    }
}

/// The event of a post, as clients read it.
fn event_of(id: i64, place: &str) -> String {
    format!(
        r#"{{"kind":"cache","type":"post","action":"update","id":{id},"ev":"{place}","seq":"{place}"}}"#
    )
}

#[tokio::test]
async fn an_event_is_sent_with_its_place_as_its_id() {
    let cx = node();
    let address = serve(Events::new(&cx)).await;
    let mut client = Client::connect(address, "/events", "").await;
    let (start, nothing) = client.message().await;
    assert_eq!((start, nothing), (cx.seq().to_string(), String::new()));
    tell(&cx, [7]).await;
    let (id, data) = client.message().await;
    assert_eq!(id, cx.seq().to_string());
    assert_eq!(data, event_of(7, &id));
}

#[tokio::test]
async fn nine_rows_in_one_unit_are_one_event() {
    let cx = node();
    let address = serve(Events::new(&cx)).await;
    let mut client = Client::connect(address, "/events", "").await;
    let rows: Vec<i64> = (1..=9).collect();
    cx.apply(pictures(&rows)).await;
    tell(&cx, [1]).await;
    assert!(client.data().await.contains(r#""ids":[1,2,3,4,5,6,7,8,9]"#));
    assert!(client.data().await.contains(r#""type":"post""#));
}

#[tokio::test]
async fn a_client_resumes_by_its_last_event_id_or_since() {
    let cx = node();
    let address = serve(Events::new(&cx)).await;
    tell(&cx, [1]).await;
    let place = cx.seq().to_string();
    tell(&cx, [2, 3]).await;
    let by_header = format!("last-event-id: {place}\r\n");
    let by_query = format!("/events?since={place}");
    for (path, headers) in [("/events", by_header.as_str()), (&by_query, "")] {
        let mut client = Client::connect(address, path, headers).await;
        assert!(client.data().await.contains(r#""id":2"#));
        assert!(client.data().await.contains(r#""id":3"#));
    }
    // A browser that reconnects sends both, and the header is the newer one.
    let newer = format!("last-event-id: {}\r\n", cx.seq());
    let mut client = Client::connect(address, &by_query, &newer).await;
    tell(&cx, [4]).await;
    assert!(client.data().await.contains(r#""id":4"#));
    // One that was told no place yet sends an empty one.
    let mut client = Client::connect(address, &by_query, "last-event-id: \r\n").await;
    assert!(client.data().await.contains(r#""id":2"#));
}

#[tokio::test]
async fn a_gap_larger_than_the_ring_is_one_reset() {
    let cx = node();
    let address = serve(Events::new(&cx)).await;
    let place = cx.seq().to_string();
    tell(&cx, 1..=4).await;
    let path = format!("/events?since={place}");
    let mut client = Client::connect(address, &path, "").await;
    let (id, data) = client.message().await;
    assert_eq!(id, cx.seq().to_string());
    assert_eq!(data, format!(r#"{{"kind":"reset","seq":"{id}"}}"#));
    tell(&cx, [5]).await;
    assert!(client.data().await.contains(r#""id":5"#));
}

/// The clock is paused: time passes when every task waits, and no test does.
#[tokio::test(start_paused = true)]
async fn heartbeats_carry_the_place_past_what_a_client_may_not_see() {
    let cx = node();
    let events = Events::new(&cx)
        .authorize(|_, event| event.head.entity != "post")
        .heartbeat(Duration::from_secs(5));
    let address = serve(events).await;
    // A paused clock jumps to whatever is due first; that is to be the heartbeat.
    let mut client = Client::connect_with(address, "/events", "", Duration::MAX).await;
    assert_eq!(client.message().await.0, cx.seq().to_string());
    tell(&cx, [1, 2]).await;
    let mut places = Vec::new();
    while places.len() < 3 {
        let (id, data) = client.message().await;
        assert_eq!(data, "", "it was sent what it may not see");
        places.push(id);
    }
    assert_eq!(places.last(), Some(&cx.seq().to_string()));
}

#[tokio::test]
async fn what_a_request_may_not_see_is_not_replayed_either() {
    let cx = node();
    let role = |parts: &axum::http::request::Parts| parts.headers.get("x-role").cloned();
    let events = Events::new(&cx).authorize(move |parts, event: &Event| {
        role(parts).is_some_and(|role| role == "editor") || event.head.entity != "post"
    });
    let address = serve(events).await;
    let start = format!("last-event-id: {}\r\n", cx.seq());
    tell(&cx, [1]).await;
    cx.apply(pictures(&[2])).await;
    let mut editor =
        Client::connect(address, "/events", &format!("{start}x-role: editor\r\n")).await;
    assert!(editor.data().await.contains(r#""type":"post""#));
    let mut reader = Client::connect(address, "/events", &start).await;
    assert!(reader.data().await.contains(r#""type":"picture""#));
}

#[tokio::test]
async fn a_client_gets_the_events_of_its_scope_alone_replayed_ones_too() {
    let cx = Cachex::builder(&shop::SCHEMA).build();
    let events = Events::new(&cx).scope(|parts: &axum::http::request::Parts| {
        let tenant = parts.headers.get("x-tenant")?;
        tenant.to_str().ok().map(str::to_owned)
    });
    let address = serve(events).await;
    let start = format!("last-event-id: {}\r\n", cx.seq());
    cx.apply(shop::product_of("a", 1)).await;
    cx.apply(shop::product_of("b", 2)).await;
    let tenant = |name: &str| format!("{start}x-tenant: {name}\r\n");
    let mut b = Client::connect(address, "/events", &tenant("b")).await;
    assert!(b.data().await.contains(r#""id":2,"scope":"b""#));
    let mut nobody = Client::connect(address, "/events", &start).await;
    cx.apply(shop::currency("EUR")).await;
    assert!(nobody.data().await.contains(r#""type":"currency""#));
    cx.apply(shop::product_of("a", 3)).await;
    cx.apply(shop::product_of("b", 4)).await;
    assert!(b.data().await.contains(r#""type":"currency""#));
    assert!(b.data().await.contains(r#""id":4"#));
}
