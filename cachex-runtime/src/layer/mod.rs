//! Units of work around HTTP requests.
//!
//! Owns the tower layer that opens a unit for each request, and the route layer behind
//! `cachex::layer::invalidates!(…)`. Knows of axum its request and response types. Keeps true: everything a request
//! changed is cleared and told before its answer leaves.

mod answer;
mod given;
mod route;
mod scope;

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::http::request::Parts;
use axum::http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use self::answer::Asked;
pub use self::given::{Given, parsed};
pub use self::route::{Invalidates, InvalidatesService};
pub(crate) use self::scope::ScopeOf;
use crate::cachex::Cachex;
use crate::codegen::Value;
use crate::unit::outcome::Status;
use crate::unit::{Current, Ending, Unit, UnitGuard};
use crate::values::Encode;

/// Opens a unit of work for each request. The answer tells its client what became stale (`X-Cache-Invalidate`) and
/// what this node had applied when the request began (`X-Cache-Seq`); a request that asks for more than that
/// (`X-Cache-Min-Seq`) reads past the caches, and its answer is `no-store`.
///
/// A unit fails with an error or a status from 400 on. A request that is dropped counts as cancelled.
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is added to a service"]
pub struct UnitOfWork {
    cachex: Cachex,
    scope: ScopeOf,
}

impl UnitOfWork {
    /// Units of work on this runtime.
    pub fn new(cachex: &Cachex) -> Self {
        Self {
            cachex: cachex.clone(),
            scope: ScopeOf::nothing(),
        }
    }

    /// How a request tells its scope, from its headers, or from what an outer layer put into its extensions.
    pub fn scope<S: Encode>(
        mut self,
        of: impl Fn(&Parts) -> Option<S> + Send + Sync + 'static,
    ) -> Self {
        self.scope = ScopeOf::new(of);
        self
    }
}

impl<S> Layer<S> for UnitOfWork {
    type Service = UnitOfWorkService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        UnitOfWorkService {
            layer: self.clone(),
            inner,
        }
    }
}

/// A service whose requests are units of work, from [`UnitOfWork`].
#[derive(Debug, Clone)]
pub struct UnitOfWorkService<S> {
    layer: UnitOfWork,
    inner: S,
}

type Answer<R, E> = Pin<Box<dyn Future<Output = Result<Response<R>, E>> + Send>>;

impl<S, B, R> Service<Request<B>> for UnitOfWorkService<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    B: Send + 'static,
    R: Send + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Answer<R, S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let scope = self.layer.scope.of(&parts);
        let asked = Asked::by(&self.layer.cachex, &parts);
        let request = Request::from_parts(parts, body);
        let inner = ready(&mut self.inner);
        Box::pin(within(
            self.layer.cachex.clone(),
            scope,
            asked,
            inner,
            request,
        ))
    }
}

/// The service that was polled ready; a clone of it, not ready yet, takes its place.
fn ready<S: Clone>(service: &mut S) -> S {
    let clone = service.clone();
    std::mem::replace(service, clone)
}

/// Calls a service within a unit of work, and tells in its answer what the unit did.
async fn within<S, B, R>(
    cachex: Cachex,
    scope: Option<Value>,
    asked: Asked,
    mut inner: S,
    request: Request<B>,
) -> Result<Response<R>, S::Error>
where
    S: Service<Request<B>, Response = Response<R>>,
{
    // Two layers around one handler are one unit: it has one event.
    if Current::get().is_some_and(|current| current.unit().covers(&cachex, scope.as_ref())) {
        return inner.call(request).await;
    }
    let unit = Unit::open(Some(cachex), scope.clone(), asked.reads());
    let guard = UnitGuard::new(unit);
    // The service is called inside, too: some do their work in `call` and not in the future.
    let result = guard.around(async move { inner.call(request).await }).await;
    let succeeded = result.as_ref().is_ok_and(Status::is_success);
    let done = guard.end(Ending::of(succeeded));
    let mut response = result?;
    asked.answer(response.headers_mut(), &done, scope.as_ref());
    Ok(response)
}
