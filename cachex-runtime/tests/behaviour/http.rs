//! Requests as units of work, and routes that invalidate without a line in their handlers.

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use cachex_runtime::codegen::{ErasedChange, record};
use cachex_runtime::layer::{Given, Invalidates, UnitOfWork, parsed};
use cachex_runtime::testing::{Runtime, runtime};
use cachex_runtime::{assert_event, assert_no_event};
use serde_json::json;
use tower::ServiceExt as _;

use crate::blog::{PostById, SCHEMA, created, updated};
use crate::reads::Post;
use crate::units::{annotated, posts_cleared};

/// The answer of a handler within a unit of work.
pub(crate) async fn answer<R: IntoResponse>(
    test: &Runtime,
    handler: impl Fn() -> R + Clone + Send + Sync + 'static,
) -> Response {
    let app = Router::new()
        .route("/", get(async move || handler()))
        .layer(UnitOfWork::new(test.cachex()));
    send(app, "GET", "/", &[]).await
}

pub(crate) fn header(response: &Response, name: &str) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(value.to_str().unwrap().to_owned())
}

async fn send(app: Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

async fn rename(status: StatusCode) -> StatusCode {
    let inner = annotated(vec![updated(1)], async { Ok::<_, ()>(()) });
    inner.await.unwrap();
    status
}

fn renaming(test: &Runtime, status: StatusCode) -> Router {
    Router::new()
        .route("/rename", get(move || rename(status)))
        .layer(UnitOfWork::new(test.cachex()))
}

#[tokio::test]
async fn a_request_is_a_unit_of_work() {
    let test = runtime(&SCHEMA);
    let response = send(renaming(&test, StatusCode::OK), "GET", "/rename", &[]).await;
    assert_eq!(posts_cleared(&test), ["1"]);
    assert_event!(post.update, id = 1);
    assert!(header(&response, "x-cache-invalidate").is_some());
}

/// The function inside it succeeded: it may have committed.
#[tokio::test]
async fn a_request_that_fails_after_a_function_in_it_succeeded_tells_of_it() {
    let test = runtime(&SCHEMA);
    let response = send(
        renaming(&test, StatusCode::NOT_FOUND),
        "GET",
        "/rename",
        &[],
    )
    .await;
    assert_eq!(posts_cleared(&test), ["1"]);
    assert_event!(post.update, id = 1);
    assert!(header(&response, "x-cache-invalidate").is_some());
}

#[tokio::test]
async fn a_request_that_fails_drops_what_it_recorded_itself() {
    let test = runtime(&SCHEMA);
    for status in [
        StatusCode::BAD_REQUEST,
        StatusCode::NOT_FOUND,
        StatusCode::BAD_GATEWAY,
    ] {
        let response = answer(&test, move || {
            record(updated(1));
            status
        });
        assert_eq!(header(&response.await, "x-cache-invalidate"), None);
    }
    assert!(test.recorder().regions().is_empty());
    assert_no_event!();
}

/// Also what it recorded itself: nobody knows what it had committed.
#[tokio::test]
async fn a_request_that_is_dropped_counts_as_cancelled() {
    let test = runtime(&SCHEMA);
    let started = Arc::new(tokio::sync::Notify::new());
    let has_started = Arc::clone(&started);
    let handler = async move || {
        record(updated(1));
        annotated(vec![updated(2)], async {
            started.notify_one();
            std::future::pending::<Result<(), ()>>().await
        })
        .await
        .unwrap();
    };
    let app = Router::new()
        .route("/", get(handler))
        .layer(UnitOfWork::new(test.cachex()));
    let request = tokio::spawn(async move { send(app, "GET", "/", &[]).await });
    has_started.notified().await;
    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
    assert_eq!(posts_cleared(&test), ["1", "2"]);
    assert_eq!(test.recorder().events().len(), 1);
}

#[tokio::test]
async fn an_answer_says_what_had_been_applied_when_the_request_began() {
    let test = runtime(&SCHEMA);
    test.apply(updated(5));
    let began = test.cachex().seq().to_string();
    let response = send(renaming(&test, StatusCode::OK), "GET", "/rename", &[]).await;
    assert_eq!(header(&response, "x-cache-seq").unwrap(), began);
    assert_ne!(test.cachex().seq().to_string(), began);
}

#[tokio::test]
async fn scripts_of_other_origins_see_both_headers() {
    let test = runtime(&SCHEMA);
    let app = renaming(&test, StatusCode::OK);
    let origin = [("origin", "https://example.org")];
    let response = send(app.clone(), "GET", "/rename", &origin).await;
    let exposed = header(&response, "access-control-expose-headers").unwrap();
    assert_eq!(exposed, "x-cache-invalidate, x-cache-seq");
    let same = send(app, "GET", "/rename", &[]).await;
    assert_eq!(header(&same, "access-control-expose-headers"), None);
}

/// A router with a layer, nested in one with a layer.
#[tokio::test]
async fn two_layers_around_one_handler_are_one_unit() {
    let test = runtime(&SCHEMA);
    let handler = async || {
        record(updated(1));
        StatusCode::OK
    };
    let inner = Router::new()
        .route("/", get(handler))
        .layer(UnitOfWork::new(test.cachex()));
    let outer = Router::new()
        .nest("/inner", inner)
        .layer(axum::middleware::from_fn(
            async |request: Request, next: axum::middleware::Next| {
                let response = next.run(request).await;
                record(updated(2));
                response
            },
        ))
        .layer(UnitOfWork::new(test.cachex()));
    let response = send(outer, "GET", "/inner", &[]).await;
    assert_eq!(test.recorder().events().len(), 1);
    assert_eq!(response.headers().get_all("x-cache-seq").iter().count(), 1);
    assert_eq!(
        response
            .headers()
            .get_all("x-cache-invalidate")
            .iter()
            .count(),
        1
    );
}

/// The inner layer knows the tenant, the outer one doesn't.
#[tokio::test]
async fn a_layer_with_a_scope_of_its_own_is_a_unit_of_its_own() {
    use crate::shop;
    let test = runtime(&shop::SCHEMA);
    let inner = Router::new()
        .route("/", get(async || record(shop::product(1))))
        .layer(UnitOfWork::new(test.cachex()).scope(|_| Some("a")));
    let outer = inner.layer(UnitOfWork::new(test.cachex()));
    let response = send(outer, "GET", "/", &[]).await;
    assert_eq!(test.recorder().events()[0].scope.as_deref(), Some("a"));
    assert!(
        header(&response, "x-cache-invalidate")
            .unwrap()
            .contains(r#"id="1""#)
    );
    assert_eq!(response.headers().get_all("x-cache-seq").iter().count(), 1);
}

/// What concerns all scopes is told to the client of one; what concerns another scope is not.
#[tokio::test]
async fn an_answer_tells_what_its_client_may_know() {
    use crate::shop;
    let test = runtime(&shop::SCHEMA);
    let tell = async |change: ErasedChange| {
        let handler = async move || record(change.clone());
        let app = Router::new()
            .route("/", get(handler))
            .layer(UnitOfWork::new(test.cachex()).scope(|_| Some("a")));
        header(&send(app, "GET", "/", &[]).await, "x-cache-invalidate")
    };
    assert!(
        tell(shop::currency("EUR"))
            .await
            .unwrap()
            .contains("currency")
    );
    assert!(tell(shop::product(1)).await.unwrap().contains("product"));
    assert_eq!(tell(shop::product_of("b", 1)).await, None);
}

fn reading(test: &Runtime) -> Router {
    let cx = test.cachex().clone();
    let read = async move || match cx.get::<_, Post>(&PostById(1)) {
        Some(_) => "hit",
        None => "miss",
    };
    Router::new()
        .route("/", get(read))
        .layer(UnitOfWork::new(test.cachex()))
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1000)
        .await
        .unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A refetch that lands on a node which hasn't applied what it was told of would get the old value.
#[tokio::test]
async fn a_request_that_asks_for_more_than_was_applied_reads_past_the_caches() {
    let test = runtime(&SCHEMA);
    let load = test
        .cachex()
        .get_or_load(&PostById(1), || async { Ok::<_, ()>(None::<Post>) });
    load.await.unwrap();
    test.apply(updated(2));
    let now = test.cachex().seq().to_string();
    let epoch = now.rsplit_once('-').unwrap().0;
    let ask = async |place: String| {
        send(reading(&test), "GET", "/", &[("x-cache-min-seq", &place)]).await
    };
    let applied = ask(now.clone()).await;
    assert_eq!(header(&applied, "cache-control"), None);
    assert_eq!(text(applied).await, "hit");
    for ahead in [
        format!("{epoch}-2"),
        "other-1".to_owned(),
        "nonsense".to_owned(),
    ] {
        let response = ask(ahead.clone()).await;
        assert_eq!(
            header(&response, "cache-control").as_deref(),
            Some("no-store"),
            "{ahead}"
        );
        assert_eq!(text(response).await, "miss", "{ahead}");
    }
}

/// What `cachex::layer::invalidates!(post.update, id = path.id)` makes.
fn by_path(given: &Given) -> Vec<ErasedChange> {
    vec![with_id(updated(0), given.path("id"))]
}

fn with_id(change: ErasedChange, text: Option<impl AsRef<str>>) -> ErasedChange {
    use cachex_runtime::codegen::{Encode as _, Side};
    let id: Side<i64> = parsed::<i64, i64>(text);
    ErasedChange {
        ids: id.known().map(|id| vec![id.encode()]),
        ..change
    }
}

fn routes(status: StatusCode) -> Router {
    let answer = move || async move { (status, Json(json!({ "post": { "id": 9, "name": "x" } }))) };
    let by_query = |given: &Given| vec![with_id(updated(0), given.query("post"))];
    let by_response = |given: &Given| vec![with_id(created(0), given.response("/post/id"))];
    Router::new()
        .route(
            "/posts/{id}",
            patch(answer).layer(Invalidates::new("post.update", by_path)),
        )
        .route(
            "/posts",
            patch(answer).layer(Invalidates::new("post.update", by_query)),
        )
        .route(
            "/posts/new",
            post(answer).layer(Invalidates::new("post.create", by_response).from_response()),
        )
}

#[tokio::test]
async fn a_route_takes_the_identity_from_its_path() {
    let test = runtime(&SCHEMA);
    let app = routes(StatusCode::OK).layer(UnitOfWork::new(test.cachex()));
    let response = send(app, "PATCH", "/posts/7", &[]).await;
    assert_event!(post.update, id = 7);
    assert!(
        header(&response, "x-cache-invalidate")
            .unwrap()
            .contains(r#"id="7""#)
    );
}

#[tokio::test]
async fn or_from_its_query() {
    let test = runtime(&SCHEMA);
    let app = routes(StatusCode::OK).layer(UnitOfWork::new(test.cachex()));
    send(app, "PATCH", "/posts?post=8&x=%20", &[]).await;
    assert_event!(post.update, id = 8);
}

#[tokio::test]
async fn or_from_the_response_which_stays_whole() {
    let test = runtime(&SCHEMA);
    let app = routes(StatusCode::CREATED).layer(UnitOfWork::new(test.cachex()));
    let response = send(app, "POST", "/posts/new", &[]).await;
    assert_event!(post.create, id = 9);
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(text(response).await, r#"{"post":{"id":9,"name":"x"}}"#);
}

#[tokio::test]
async fn an_identity_that_is_none_is_the_list_as_a_whole() {
    let test = runtime(&SCHEMA);
    let app = routes(StatusCode::OK).layer(UnitOfWork::new(test.cachex()));
    send(app, "PATCH", "/posts?post=eight", &[]).await;
    assert_event!(post.update, id = None::<i64>);
}

#[tokio::test]
async fn a_route_that_fails_invalidates_nothing() {
    let test = runtime(&SCHEMA);
    let app = routes(StatusCode::CONFLICT).layer(UnitOfWork::new(test.cachex()));
    send(app.clone(), "PATCH", "/posts/7", &[]).await;
    send(app, "POST", "/posts/new", &[]).await;
    assert!(test.recorder().regions().is_empty());
    assert_no_event!();
}

#[tokio::test]
async fn without_a_layer_around_it_a_route_is_a_unit_by_itself() {
    let _test = runtime(&SCHEMA);
    let response = send(routes(StatusCode::OK), "PATCH", "/posts/7", &[]).await;
    assert_event!(post.update, id = 7);
    assert!(
        header(&response, "x-cache-invalidate")
            .unwrap()
            .contains(r#"id="7""#)
    );
}
