//! A route that invalidates without a line in its handler: what `cachex::layer::invalidates!(…)` makes.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::Response;
use tower_layer::Layer;
use tower_service::Service;

use super::answer::Asked;
use super::given::Given;
use super::{ready, within};
use crate::cachex::Cachex;
use crate::codegen::ErasedChange;
use crate::unit::outcome::Status as _;
use crate::unit::{Annotated, Changes, Current, Declaration, Executor, OnError};

type Declare = Arc<dyn Fn(&Given) -> Vec<ErasedChange> + Send + Sync>;

/// Declares changes for the routes it is put on, as `#[invalidates]` does for a function: a status below 400
/// contributes them to the request's unit of work. Outside one (there is no [`UnitOfWork`](super::UnitOfWork) around
/// it) each request is a unit of its own, on the process's default runtime.
#[derive(Clone)]
#[must_use = "a layer does nothing until it is added to a route"]
pub struct Invalidates {
    pattern: &'static str,
    declare: Declare,
    needs: Needs,
    on_error: OnError,
}

/// What the changes are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Request,
    Response,
}

impl Invalidates {
    /// `declare` gives the changes: once before the handler runs, when nothing of the response is known, and with
    /// [`Invalidates::from_response`] again after it.
    pub fn new(
        pattern: &'static str,
        declare: impl Fn(&Given) -> Vec<ErasedChange> + Send + Sync + 'static,
    ) -> Self {
        Self {
            pattern,
            declare: Arc::new(declare),
            needs: Needs::Request,
            on_error: OnError::Nothing,
        }
    }

    /// The changes use values of the response: it is read into memory, up to 1 MiB.
    pub fn from_response(mut self) -> Self {
        self.needs = Needs::Response;
        self
    }

    /// `on_error = invalidate`
    pub fn on_error(mut self, on_error: OnError) -> Self {
        self.on_error = on_error;
        self
    }
}

impl fmt::Debug for Invalidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invalidates({})", self.pattern)
    }
}

impl<S> Layer<S> for Invalidates {
    type Service = InvalidatesService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        InvalidatesService {
            layer: self.clone(),
            inner,
        }
    }
}

/// A route that invalidates, from [`Invalidates`].
#[derive(Debug, Clone)]
pub struct InvalidatesService<S> {
    layer: Invalidates,
    inner: S,
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Response, E>> + Send>>;

impl<S> Service<Request> for InvalidatesService<S>
where
    S: Service<Request, Response = Response> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let route = Route {
            layer: self.layer.clone(),
            inner: ready(&mut self.inner),
        };
        match (Current::get(), Cachex::installed()) {
            (None, Some(cachex)) => {
                let (parts, body) = request.into_parts();
                let asked = Asked::by(&cachex, &parts);
                let request = Request::from_parts(parts, body);
                Box::pin(within(cachex, None, asked, route, request))
            }
            // Without any runtime the annotation says so itself, loudly.
            (Some(_), _) | (None, None) => route.answer(request),
        }
    }
}

/// One request on its way through the route.
struct Route<S> {
    layer: Invalidates,
    inner: S,
}

impl<S> Route<S>
where
    S: Service<Request, Response = Response> + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    fn answer(self, request: Request) -> Answer<S::Error> {
        let Self { layer, mut inner } = self;
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let mut given = Given::by(&mut parts).await;
            let request = Request::from_parts(parts, body);
            let annotated = Annotated::enter(Declaration {
                function: layer.pattern,
                changes: (layer.declare)(&given),
                on_error: layer.on_error,
                executor: Executor::Own,
            });
            let result = annotated.run(async { inner.call(request).await }).await;
            match result {
                Ok(response) if response.is_success() => {
                    let (response, changes) = layer.changes(&mut given, response).await;
                    annotated.succeed(changes).await;
                    Ok(response)
                }
                failed => {
                    annotated.fail().await;
                    failed
                }
            }
        })
    }
}

impl Invalidates {
    async fn changes(&self, given: &mut Given, response: Response) -> (Response, Changes) {
        match self.needs {
            Needs::Request => (response, Changes::AsDeclared),
            Needs::Response => {
                let response = given.read(response).await;
                (response, Changes::Exactly((self.declare)(given)))
            }
        }
    }
}

impl<S> Service<Request> for Route<S>
where
    S: Service<Request, Response = Response> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        Route {
            layer: self.layer.clone(),
            inner: ready(&mut self.inner),
        }
        .answer(request)
    }
}
