//! A reader of the blog's event stream, as a browser would be.

use std::time::Duration;

use reqwest::Response;
use serde_json::Value;
use tokio::time::timeout;

/// A message that hasn't come by then doesn't come: without an end, a test that misses one would wait for good.
const PATIENCE: Duration = Duration::from_secs(30);

/// One message.
#[derive(Debug)]
pub(crate) struct Message {
    pub id: String,
    pub data: Value,
}

/// An open stream.
pub(crate) struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    pub(crate) async fn open(client: &reqwest::Client, url: String, last: Option<&str>) -> Self {
        let mut request = client.get(url);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("the stream opens");
        assert_eq!(response.status(), 200);
        Self {
            response,
            text: String::new(),
        }
    }

    /// The next message that carries an event; heartbeats are passed over.
    pub(crate) async fn next(&mut self) -> Message {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let message = parse(block);
                let rest = rest.to_owned();
                self.text = rest;
                if let Some(message) = message {
                    return message;
                }
            }
            let chunk = timeout(PATIENCE, self.response.chunk())
                .await
                .expect("a message comes")
                .expect("the stream goes on")
                .expect("the server keeps it open");
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }

    /// The next event of a type.
    pub(crate) async fn next_of(&mut self, kind: &str) -> Message {
        loop {
            let message = self.next().await;
            if message.data["type"] == kind {
                return message;
            }
        }
    }
}

fn parse(block: &str) -> Option<Message> {
    let field = |name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(|value| value.trim_start().to_owned())
    };
    let data: Value = serde_json::from_str(&field("data")?).ok()?;
    (data["kind"] == "cache").then(|| Message {
        id: field("id").unwrap_or_default(),
        data,
    })
}
