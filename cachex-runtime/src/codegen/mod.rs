//! The surface generated code names, and nothing else of this crate.
//!
//! Generated code holds the plan of `cachex.yaml` as one text, which [`plan`] reads once into the definitions below;
//! the runtime evaluates them. Values are compared, hashed and put into keys in one canonical form, [`Value`]: two
//! values are the same exactly when their texts are.
//!
//! # What `#[invalidates]` expands to
//!
//! ```text
//! #[invalidates(post.update(title), id = post_id)]
//! #[invalidates(picture.create, id = |ok| ok.picture, post = post_id)]
//! async fn rename(Path(post_id): Path<Uuid>, …) -> Result<impl IntoResponse, Error> { body }
//! ```
//! becomes, as the whole body of `rename`:
//! ```text
//! let __post_id = ::core::clone::Clone::clone(&post_id);            // expressions over parameters, before the body
//! let __annotated = ::cachex::codegen::Annotated::enter(::cachex::codegen::Declaration {
//!     function: ::core::concat!(::core::module_path!(), "::rename"),
//!     // What is declared, in the attributes' order; what only the success value tells stands as unknown.
//!     // Contributed if the function is cancelled or panics (with `OnError::Invalidate` also if it fails).
//!     changes: ::std::vec![…ErasedChange…],
//!     on_error: ::cachex::codegen::OnError::Nothing,                 // `on_error = invalidate`: OnError::Invalidate
//!     executor: ::cachex::codegen::Executor::Own,                    // a transaction or executor among the
//! });                                                                //   parameters: Executor::Callers
//! let __value: Result<_, Error> = __annotated.run(async move { body }).await;
//! if ::cachex::codegen::succeeded!(&__value) {                       // `success = |r| …`: codegen::judge(&__value, |r| …)
//!     // Option<T>: None where there is no success value. `ok` is the value behind Result, Option, Json and
//!     // tuples that end in Json; it is borrowed.
//!     let __picture = ::cachex::codegen::success!(&__value, |ok| ok.picture);
//!     // `Changes::AsDeclared` where no closure over the success value stands in the attributes.
//!     __annotated.succeed(::cachex::codegen::Changes::Exactly(::std::vec![…])).await;
//! } else {
//!     __annotated.fail().await;
//! }
//! __value
//! ```
//! A sync function is the same with `run_now(|| -> Result<_, Error> { body })` (`return` in the body stays in the
//! closure), `succeed_now(…)` and `fail_now()`; under `#[async_trait]` the block within `Box::pin(async move { … })`
//! is the async body. Where the return type has `impl IntoResponse`, a value of an opaque type is made a response
//! before it is judged: `::cachex::codegen::respond(value)` (feature `axum`), else its status can't be seen.
//! `Annotated` is `Send`; dropped without `succeed` or `fail` it counts as cancelled or panicked.
//!
//! # What `#[cached]` expands to
//!
//! The body becomes the loader of [`cached_always`]`(key.as_ref(), move || async move { body }).await`, which finds the
//! runtime by itself and returns `Result<Arc<V>, LoadError<E>>`, or of [`cached_perhaps`], which returns
//! `Result<Option<Arc<V>>, LoadError<E>>`, where it returns an `Option`.
//!
//! # What the methods of a generated change call
//!
//! [`record`]`(change)`, [`Cachex::apply`](crate::Cachex::apply)`(change).await`, [`regions`]`(&SCHEMA, &change)`,
//! [`Cachex::invalidate`](crate::Cachex::invalidate)`(change)`, and for `notify::post(&cx, id, action)`
//! [`Cachex::notify`](crate::Cachex::notify)`(`[`notice`]`(&POST, id, action))`, with the [`ErasedChange`] the constructor
//! filled; `.same_event(ev)`, `.scope(…)` and `.data(…)` set its fields.

mod change;
mod definitions;
mod typed;

pub use std::marker::PhantomData;
pub use std::time::Duration;

pub use serde::Serialize;
pub use time::{Date, OffsetDateTime};
pub use uuid::Uuid;

pub use self::change::*;
pub use self::definitions::*;
pub(crate) use self::typed::cache;
pub use self::typed::*;
pub use crate::apply::{Apply, Applying, notice, regions};
pub use crate::behind::{Behind, Detached, Here, Reloads};
pub use crate::cached::{
    AlwaysThere, Anything, Cached, Declared, Entries, Entry, Fits, PerhapsThere, cached_always,
    cached_perhaps, notify, param_in, scope_in, write_key,
};
pub use crate::cachex::Cachex;
pub use crate::local::{AnyHome, Home};
pub use crate::plan::{Unreadable, plan, read as read_plan};
pub use crate::read::cached;
#[cfg(feature = "axum")]
pub use crate::unit::outcome::respond;
pub use crate::unit::outcome::{self, judge};
pub use crate::unit::{Annotated, Changes, Declaration, Executor, OnError, record};
pub use crate::values::*;
pub use crate::{
    __changes as changes, __flags as flags, __key as key, __params as params, __setters as setters,
    __succeeded as succeeded, __success as success, __tags as tags,
};
