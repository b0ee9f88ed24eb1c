//! A function's parameters: the names their patterns bind, and whether one is a transaction.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::ext::IdentExt as _;
use syn::visit::{self, Visit};
use syn::{FnArg, Generics, Ident, PatIdent, PathSegment, Signature};

/// Types that are somebody's open transaction or connection, or a bound that takes one: sqlx, Diesel, SeaORM, rusqlite.
const EXECUTORS: [&str; 17] = [
    "Transaction",
    "DatabaseTransaction",
    "Executor",
    "PgExecutor",
    "SqliteExecutor",
    "MySqlExecutor",
    "ConnectionTrait",
    "Connection",
    "PoolConnection",
    "PgConnection",
    "SqliteConnection",
    "MySqlConnection",
    "MysqlConnection",
    "AnyConnection",
    "AsyncPgConnection",
    "AsyncMysqlConnection",
    "PooledConnection",
];

/// The names that the parameters' patterns bind, in order: `Path((org, number))` binds two.
pub(crate) fn bound(signature: &Signature) -> Vec<Ident> {
    struct Bound(Vec<Ident>);
    impl<'ast> Visit<'ast> for Bound {
        fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
            // A single upper-case name is a constant that is matched, not a binding.
            if !pattern.ident.to_string().starts_with(char::is_uppercase) {
                self.0.push(pattern.ident.clone());
            }
            visit::visit_pat_ident(self, pattern);
        }
    }
    let mut bound = Bound(Vec::new());
    for input in &signature.inputs {
        if let FnArg::Typed(typed) = input {
            bound.visit_pat(&typed.pat);
        }
    }
    bound.0
}

/// The first transaction, connection or executor among the parameters.
pub(crate) fn executor(signature: &Signature) -> Option<Ident> {
    let mut found = Executor(None);
    for input in &signature.inputs {
        if let FnArg::Typed(typed) = input {
            found.visit_type(&typed.ty);
        }
    }
    found.visit_generics_bounds(&signature.generics);
    found.0
}

struct Executor(Option<Ident>);

impl Executor {
    fn visit_generics_bounds(&mut self, generics: &Generics) {
        self.visit_generics(generics);
    }
}

impl<'ast> Visit<'ast> for Executor {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        if self.0.is_none() && EXECUTORS.iter().any(|known| segment.ident == known) {
            self.0 = Some(segment.ident.clone());
        }
        visit::visit_path_segment(self, segment);
    }
}

/// All parameters as a list of types, from which generated code takes those it wants by name. `post_id` is also found
/// as `post`, the component it identifies, before a parameter of that name.
///
/// What is wrong with the list is shown at `span`.
pub(crate) fn list(bound: &[Ident], span: Span) -> TokenStream {
    let names: Vec<String> = bound.iter().map(|it| it.unraw().to_string()).collect();
    let mut offered: Vec<(&str, &Ident)> = Vec::new();
    let component = |name: &'_ str| name.strip_suffix("_id").map(str::len);
    for (name, ident) in names.iter().zip(bound) {
        if let Some(length) = component(name) {
            offered.push((name.get(..length).unwrap_or_default(), ident));
        }
    }
    for (name, ident) in names.iter().zip(bound) {
        if !offered.iter().any(|(known, _)| known == name) {
            offered.push((name, ident));
        }
    }
    offered
        .iter()
        .rev()
        .fold(quote_spanned!(span=> ()), |rest, (name, ident)| {
            quote_spanned! { span=>
                (::cachex::codegen::Named::<'_, { ::cachex::codegen::name(#name) }, _>(&#ident), #rest)
            }
        })
}

#[cfg(test)]
mod tests {
    use super::{bound, executor};
    use syn::parse_quote;

    #[test]
    fn patterns_bind_the_names_in_them() {
        let function: syn::Signature = parse_quote! {
            async fn f(&self, Path((org, number)): Path<(Uuid, i64)>, State(App { db, .. }): State<App>, mut id: Uuid, At(START): At)
        };
        let names: Vec<_> = bound(&function).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["org", "number", "db", "id"]);
    }

    #[test]
    fn transactions_are_seen_in_types_and_bounds() {
        let plain: syn::Signature = parse_quote!(async fn f(db: &SqlitePool, id: Uuid));
        assert!(executor(&plain).is_none());
        let typed: syn::Signature =
            parse_quote!(async fn f(tx: &mut sqlx::Transaction<'_, Postgres>));
        assert!(executor(&typed).is_some());
        let bound: syn::Signature = parse_quote!(async fn f<'e, E: PgExecutor<'e>>(on: E));
        assert!(executor(&bound).is_some());
        let opaque: syn::Signature = parse_quote!(async fn f(on: impl Executor<'_>));
        assert!(executor(&opaque).is_some());
    }
}
