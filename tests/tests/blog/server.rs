//! A running blog with every cache filled, and what a request did to it.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::stream::Stream;

/// A running server with two posts, a page and their pictures.
pub(crate) struct Blog {
    base: String,
    cachex: cachex::Cachex,
    client: reqwest::Client,
    db: blog::db::Db,
    events: Mutex<Stream>,
    pub post: Uuid,
    pub page: Uuid,
    pub picture: Uuid,
    pub page_picture: Uuid,
    pub category: Uuid,
    pub other_category: Uuid,
    pub kind: Uuid,
    pub layout: Uuid,
    resources: Vec<(&'static str, String)>,
}

/// What a request did.
#[derive(Debug)]
pub(crate) struct Seen {
    pub status: u16,
    pub body: Value,
    pub header: Option<String>,
    pub events: Vec<Value>,
    cleared: BTreeSet<&'static str>,
    gone: BTreeSet<&'static str>,
    all: BTreeSet<&'static str>,
}

impl Seen {
    /// Exactly these were cleared and are still there; all else was kept.
    pub(crate) fn cleared<const N: usize>(&self, expected: [&'static str; N]) {
        assert_eq!(self.cleared, BTreeSet::from(expected), "cleared");
    }

    /// Exactly these answer 404 now.
    pub(crate) fn gone<const N: usize>(&self, expected: [&'static str; N]) {
        assert_eq!(self.gone, BTreeSet::from(expected), "gone");
    }

    pub(crate) fn cleared_everything(&self) {
        assert_eq!(self.cleared, self.all);
    }
}

impl Blog {
    pub(crate) async fn start() -> Self {
        let db = blog::db::open("sqlite::memory:")
            .await
            .expect("a database in memory");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("its address"));
        let cachex = blog::app::cachex();
        let router = blog::app::router(db.clone(), cachex.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });

        let client = reqwest::Client::new();
        let events = Mutex::new(Stream::open(&client, format!("{base}/events"), None).await);
        let [
            post,
            other_post,
            page,
            other_page,
            picture,
            page_picture,
            category,
            other_category,
            kind,
            layout,
        ] = std::array::from_fn(|_| Uuid::new_v4());
        let resources = vec![
            ("post", format!("/posts/{post}")),
            ("other post", format!("/posts/{other_post}")),
            ("posts", "/posts".to_owned()),
            (
                "posts of its category",
                format!("/posts?category={category}"),
            ),
            (
                "posts of the other category",
                format!("/posts?category={other_category}"),
            ),
            ("page", format!("/pages/{page}")),
            ("other page", format!("/pages/{other_page}")),
            ("pages", "/pages".to_owned()),
            ("feed", "/feed".to_owned()),
            ("picture", format!("/pictures/{picture}")),
            ("picture of the page", format!("/pictures/{page_picture}")),
            ("pictures", "/pictures".to_owned()),
            ("categories", "/categories".to_owned()),
            ("types", "/types".to_owned()),
            ("layouts", "/layouts".to_owned()),
        ];
        let blog = Self {
            base,
            cachex,
            client,
            db,
            events,
            post,
            page,
            picture,
            page_picture,
            category,
            other_category,
            kind,
            layout,
            resources,
        };
        blog.fill(other_post, other_page).await;
        blog
    }

    async fn fill(&self, other_post: Uuid, other_page: Uuid) {
        let run = async |sql: &'static str, ids: &[Option<Uuid>]| {
            let mut query = sqlx::query(sql);
            for id in ids {
                query = query.bind(*id);
            }
            query.execute(&self.db).await.expect(sql);
        };
        for category in [self.category, self.other_category] {
            run(
                "INSERT INTO categories (id, name) VALUES (?, 'category')",
                &[Some(category)],
            )
            .await;
        }
        run(
            "INSERT INTO types (id, name) VALUES (?, 'type')",
            &[Some(self.kind)],
        )
        .await;
        run(
            "INSERT INTO layouts (id, name, width) VALUES (?, 'layout', 6)",
            &[Some(self.layout)],
        )
        .await;
        let post = "INSERT INTO posts (id, category_id, type_id, title, body, published) VALUES (?, ?, ?, 'post', '', true)";
        run(
            post,
            &[Some(self.post), Some(self.category), Some(self.kind)],
        )
        .await;
        run(post, &[Some(other_post), Some(self.other_category), None]).await;
        let page = "INSERT INTO pages (id, layout_id, title, body) VALUES (?, ?, 'page', '')";
        run(page, &[Some(self.page), Some(self.layout)]).await;
        run(page, &[Some(other_page), None]).await;
        let picture =
            "INSERT INTO pictures (id, post_id, page_id, url) VALUES (?, ?, ?, '/picture.png')";
        run(picture, &[Some(self.picture), Some(self.post), None]).await;
        run(picture, &[Some(self.page_picture), None, Some(self.page)]).await;
    }

    /// A row no cache knows of yet.
    pub(crate) async fn insert_post(&self, id: Uuid) {
        sqlx::query(
            "INSERT INTO posts (id, title, body, published) VALUES (?, 'early', '', false)",
        )
        .bind(id)
        .execute(&self.db)
        .await
        .expect("the row is written");
    }

    pub(crate) async fn stream(&self, last: Option<&str>) -> Stream {
        Stream::open(&self.client, format!("{}/events", self.base), last).await
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.seen(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Seen {
        self.seen(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Seen {
        self.seen(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Seen {
        self.seen(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Seen {
        self.seen(Method::DELETE, path, None).await
    }

    /// Fills every cache, makes the request, and finds out what it did.
    async fn seen(&self, method: Method, path: &str, body: Option<Value>) -> Seen {
        let before = self.read_all().await;
        let response = self.send(method, path, body).await;
        let status = response.status().as_u16();
        let header = response
            .headers()
            .get("x-cache-invalidate")
            .map(|value| value.to_str().expect("text").to_owned());
        let body = response.json().await.unwrap_or(Value::Null);
        let events = self.events_until_now().await;
        self.mark_all().await;
        let after = self.read_all().await;
        let mut seen = Seen {
            status,
            body,
            header,
            events,
            cleared: BTreeSet::new(),
            gone: BTreeSet::new(),
            all: BTreeSet::new(),
        };
        for (name, _) in &self.resources {
            if before[name].is_some() {
                seen.all.insert(name);
            }
            if before[name].is_some() && after[name].is_none() {
                seen.gone.insert(name);
            } else if before[name] != after[name] {
                seen.cleared.insert(name);
            }
        }
        seen
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Response {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.expect("the server answers")
    }

    /// What each resource answers; `None` for 404.
    async fn read_all(&self) -> BTreeMap<&'static str, Option<String>> {
        let mut answers = BTreeMap::new();
        for (name, path) in &self.resources {
            let response = self.send(Method::GET, path, None).await;
            let found = response.status() == 200;
            let text = response.text().await.expect("a body");
            answers.insert(*name, found.then_some(text));
        }
        answers
    }

    /// All events sent so far: those before one that is sent now and clears nothing.
    async fn events_until_now(&self) -> Vec<Value> {
        let mut stream = self.events.lock().await;
        let last = Uuid::new_v4();
        blog::cache::notify::layout(&self.cachex, last, cachex::Action::Update);
        let mut events = Vec::new();
        loop {
            let event = stream.next().await.data;
            if event["id"] == json!(last) {
                return events;
            }
            events.push(event);
        }
    }

    /// Changes a text of every row behind the caches' back.
    async fn mark_all(&self) {
        for sql in [
            "UPDATE posts SET title = title || '§'",
            "UPDATE pages SET title = title || '§'",
            "UPDATE pictures SET url = url || '§'",
            "UPDATE categories SET name = name || '§'",
            "UPDATE types SET name = name || '§'",
            "UPDATE layouts SET name = name || '§'",
        ] {
            sqlx::query(sql).execute(&self.db).await.expect(sql);
        }
    }
}
