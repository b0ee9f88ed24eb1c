mod memory;
mod postgres;

pub trait Repository: Send + Sync {
    fn users(&self) -> Box<dyn Users>;
    fn audit(&self, line: &str);
}

#[async_trait::async_trait]
pub trait Users {
    async fn rename(&self, id: i64, name: &str);

    async fn clear(&self, id: i64) {
        self.rename(id, "").await;
    }
}

pub struct App {
    pub repository: std::sync::Arc<dyn Repository>,
}

pub async fn rename(app: axum::extract::State<App>, name: String) {
    app.repository.users().rename(1, &name).await;
    app.repository.audit("renamed");
}

pub async fn clear(app: axum::extract::State<App>) {
    app.repository.users().clear(1).await;
}

pub trait Store {
    fn put(&self, key: &str);
}

/// The type argument tells which implementation a caller reaches.
fn keep<S: Store>(store: &S, key: &str) {
    store.put(key);
}

pub struct Files;
pub struct Rows;

impl Store for Files {
    fn put(&self, key: &str) {
        std::fs::write(key, "").unwrap();
    }
}

impl Store for Rows {
    fn put(&self, key: &str) {
        client().execute("INSERT INTO kept (key) VALUES ($1)", &[key]);
    }
}

pub async fn keep_file() {
    keep(&Files, "a");
}

pub async fn keep_row() {
    keep(&Rows, "a");
}

pub fn router() -> axum::Router<App> {
    axum::Router::new()
        .route("/rename", axum::routing::post(rename))
        .route("/clear", axum::routing::post(clear))
        .route("/file", axum::routing::post(keep_file))
        .route("/row", axum::routing::post(keep_row))
}

/// What is said of `Self` behind `where` is said of the trait.
pub trait StoreOps
where
    Self: Store,
{
    fn put_twice(&self, key: &str) {
        self.put(key);
        self.put(key);
    }
}

impl<T> StoreOps for T where T: Store {}

pub async fn keep_rows<S: Store>(store: axum::extract::State<std::sync::Arc<S>>) {
    store.put_twice("b");
}

pub fn rows<S: Store + 'static>() -> axum::Router {
    axum::Router::new().route("/rows", axum::routing::post(keep_rows::<S>))
}
