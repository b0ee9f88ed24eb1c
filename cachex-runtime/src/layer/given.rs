//! What a route's request and response give a change: texts, and the types they stand for.

use std::collections::BTreeMap;

use crate::values::{FromText, Side};
use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequestParts as _, Query, RawPathParams};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::Value as Json;

/// A response up to this size is looked into.
const LARGEST: usize = 1 << 20;

/// The texts of a request's path and query and, once it is answered, its response.
#[derive(Debug, Clone, Default)]
pub struct Given {
    path: BTreeMap<String, String>,
    query: BTreeMap<String, String>,
    response: Option<Json>,
}

impl Given {
    pub(super) async fn by(parts: &mut Parts) -> Self {
        let path = RawPathParams::from_request_parts(parts, &()).await;
        let path = path.iter().flatten();
        Self {
            path: path
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
            query: Query::try_from_uri(&parts.uri).map_or_else(|_| BTreeMap::new(), |Query(it)| it),
            response: None,
        }
    }

    /// `path.‹name›`
    pub fn path(&self, name: &str) -> Option<&str> {
        self.path.get(name).map(String::as_str)
    }

    /// `query.‹name›`
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// A JSON pointer into the response (`"/post/id"`): a text, a number or a truth. `None` until there is a response,
    /// and where it has no such value, is no JSON, or larger than 1 MiB.
    pub fn response(&self, pointer: &str) -> Option<String> {
        match self.response.as_ref()?.pointer(pointer)? {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(truth) => Some(truth.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }

    /// Reads a response and hands it back whole.
    pub(super) async fn read(&mut self, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        let fits = body
            .size_hint()
            .upper()
            .is_some_and(|size| size <= LARGEST as u64);
        if !fits || !is_json(&parts.headers) {
            return Response::from_parts(parts, body);
        }
        if let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await {
            self.response = serde_json::from_slice(&bytes).ok();
            return Response::from_parts(parts, Body::from(bytes));
        }
        // The body broke off, as it would have on its way to the client.
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        parts.headers.clear();
        Response::from_parts(parts, Body::empty())
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    kind.is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

/// The value a text stands for: the scalar `S`, or a type of the application made from it. What isn't there, or is no
/// such value, is unknown.
pub fn parsed<S: FromText, T: From<S>>(text: Option<impl AsRef<str>>) -> Side<T> {
    match text.and_then(|text| S::from_text(text.as_ref())) {
        Some(value) => Side::Known(value.into()),
        None => Side::Unknown,
    }
}
