//! The proc macros of cachex: they parse and delegate.
//!
//! `schema!` alone reads files and knows the rules. `#[invalidates]` and `#[cached]` know no schema: their tokens become
//! calls on the module of `schema!`, spans kept, and rustc checks names, types and what a change still lacks.

mod allow;
mod annotation;
mod body;
mod cached;
mod invalidates;
mod layer;
mod parameters;
mod pattern;
#[cfg(test)]
mod printed;
mod returns;
mod schema;

use proc_macro::TokenStream;

/// The typed caches, changes and events of a schema: `pub mod cache { cachex::schema!("cachex.yaml"); }`.
///
/// The path is relative to the crate's folder. Each mistake in the YAML is one compile error with its file, line,
/// column and code; editing any of its files rebuilds the crate.
#[proc_macro]
pub fn schema(arguments: TokenStream) -> TokenStream {
    schema::expand(arguments.into())
}

/// What `tests!` of a schema's module expands to.
#[doc(hidden)]
#[proc_macro]
pub fn __tests(arguments: TokenStream) -> TokenStream {
    schema::tests(arguments.into())
}

/// Declares the change a function makes: `#[invalidates(post.update(title))]`.
///
/// Behind the pattern stand its values: `id = post_id`, `id = |ok| ok.id`, `author = before => after` with `_` for what
/// isn't known, `each = ids`, `data = |post| …`, `scope = …`, `success = |r| …`, `on_error = invalidate`,
/// `schema = domain::cache`. On async and sync functions, methods, trait methods with a body, under `#[async_trait]`.
#[proc_macro_attribute]
pub fn invalidates(arguments: TokenStream, item: TokenStream) -> TokenStream {
    invalidates::expand(arguments.into(), &item.into()).into()
}

/// A layer that makes its route invalidate, without a line in the handler: `cachex::layer::invalidates!(scene.update, id
/// = path.scene_id)`. The grammar is that of `#[invalidates]`; values are `path.‹name›`, `query.‹name›`, a JSON pointer
/// into the response (`"/post/id"`), an expression, or `_`. Bare, the identity is the path's `scene_id` or `id`.
#[proc_macro]
pub fn layer_invalidates(arguments: TokenStream) -> TokenStream {
    layer::expand(arguments.into()).into()
}

/// Makes a function the loader of a cache: `#[cached(post_by_id)]`.
///
/// The key is made from the parameters of its fields' names. The function then returns what the cache holds:
/// `Result<Arc<V>, LoadError<E>>` for a loader that returns `Result<V, E>`, with `Option<Arc<V>>` for `Option<V>`: a cache
/// with `negative_ttl` has a loader of the second kind, any other one of the first.
///
/// Of a cache with `stale_while_revalidate` it may run behind its reader, and takes what it uses by value: a pool or an
/// `Arc`, no reference and no `&self`.
#[proc_macro_attribute]
pub fn cached(arguments: TokenStream, item: TokenStream) -> TokenStream {
    cached::expand(arguments.into(), &item.into()).into()
}

/// Exempts a function or module from one finding of `cachex check`:
/// `#[cachex::allow(uncovered_write, reason = "…", until = "2027-01-31")]`. The reason is mandatory.
#[proc_macro_attribute]
pub fn allow(arguments: TokenStream, item: TokenStream) -> TokenStream {
    allow::expand(arguments.into(), item.into()).into()
}
