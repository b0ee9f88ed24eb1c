//! A router that this analyser has never heard of: verbs, a path and a function.

use routerify::{Middleware, Router};

use crate::{audited, run, signed};

pub fn router() -> Router<Body, Error> {
    Router::builder()
        .middleware(Middleware::pre(authenticate))
        .scope("/api", api())
        .get("/", index)
        .build()
        .unwrap()
}

fn api() -> Router<Body, Error> {
    Router::builder()
        .scope("/packages", packages())
        .build()
        .unwrap()
}

fn packages() -> Router<Body, Error> {
    Router::builder()
        .post("/", audited(publish))
        .patch("/:package", signed(audited(rename)))
        .delete("/:package", remove)
        .build()
        .unwrap()
}

pub fn more(app: &mut thruster::App) {
    app.put("/stars", star);
    app.post("/forks", |request| async move {
        run("INSERT INTO forks (package) VALUES ($1)").await;
    });
    let cached = app.cache.get("/stars");
    let answered = client().post("/stars", body());
}

async fn authenticate() {
    run("UPDATE sessions SET used = now()").await;
}

async fn index() {
    run("UPDATE counters SET visits = visits + 1").await;
}

async fn publish(_: Request) {
    run("INSERT INTO packages (name) VALUES ($1)").await;
}

async fn rename(_: Request) {
    run("UPDATE packages SET name = $1").await;
}

async fn remove(_: Request) {
    run("DELETE FROM packages WHERE id = $1").await;
}

async fn star(_: Request) {
    run("INSERT INTO stars (package) VALUES ($1)").await;
}

/// A macro's name says what it makes of functions.
pub fn procedures() -> RpcRouter {
    rpc_router::router_builder!(fork, unfork).build()
}

async fn fork(params: Params) {
    run("INSERT INTO forks (package) VALUES ($1)").await;
}

async fn unfork(params: Params) {
    run("DELETE FROM forks WHERE id = $1").await;
}
