//! `#[cached]`: a loader becomes a read of the cache it loads for.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{Error, Ident, Path, Result, ReturnType, Token, Type};

use crate::annotation::module;
use crate::body::Function;
use crate::invalidates::{escaped, schema};
use crate::pattern::named_as_in_schema;
use crate::{parameters, returns};

struct Cached {
    cache: Ident,
    schema: Option<Path>,
}

impl Parse for Cached {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let Ok(cache) = input.call(Ident::parse_any) else {
            let message = "expected the cache this function loads for: `#[cached(post_by_id)]`";
            return Err(Error::new(input.span(), message));
        };
        named_as_in_schema(&cache, "a cache")?;
        let mut schema = None;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let place = input.span();
            if !matches!(input.call(Ident::parse_any), Ok(name) if name == "schema") {
                let message = "expected `schema = ‹path of the module of schema!›`: all else of a cache stands in the schema";
                return Err(Error::new(place, message));
            }
            input.parse::<Token![=]>()?;
            schema = Some(module(input)?);
        }
        Ok(Self { cache, schema })
    }
}

/// The function that reads the cache, or the loader as it was behind an error.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    match reader(arguments, item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.into_compile_error();
            quote!(#error #item)
        }
    }
}

fn reader(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let Cached {
        cache,
        schema: path,
    } = syn::parse2(arguments)?;
    let mut function: Function = syn::parse2(item)?;
    if function.signature.asyncness.is_none() {
        let message = match returns::output(&function.signature.output) {
            None => "a cached loader is an `async fn`",
            // What `#[async_trait]` has made of one.
            Some(_) => {
                "a cached loader is an `async fn`, which `#[async_trait]` has made a sync one that returns a future: \
                 annotate a function of its own, and call that from here"
            }
        };
        return Err(Error::new(function.signature.fn_token.span, message));
    }
    refuse_executor(&function)?;
    let loads = Loads::of(&function.signature.output)?;
    let statements = &function.block.stmts;
    let import = import(&cache, path.as_ref());
    let key = key(&cache, &function);
    let declared = returns::annotation(&function.signature.output);
    let load = quote! {
        move || async move {
            #[allow(unreachable_code, clippy::diverging_sub_expression, clippy::never_loop)]
            if false {
                let __cachex_returns: #declared = loop {};
                return __cachex_returns;
            }
            #(#statements)*
        }
    };
    let cached = loads.read(cache.span());
    // All at the cache's name: what is wrong with the call is told once more of what is awaited.
    let read = quote_spanned! {cache.span()=>
        #cached(__cachex_key.as_ref(), #load).await
    };
    let body = quote! {
        #import
        let __cachex_key = #key;
        #read
    };
    function.signature.output = loads.found();
    let Function {
        attributes,
        visibility,
        defaultness,
        signature,
        ..
    } = &function;
    Ok(quote! { #(#attributes)* #visibility #defaultness #signature { #body } })
}

/// What a transaction sees nobody else may see yet, and what it saw may be rolled back.
fn refuse_executor(function: &Function) -> Result<()> {
    match parameters::executor(&function.signature) {
        None => Ok(()),
        Some(executor) => Err(Error::new(
            executor.span(),
            format!(
                "a cached loader takes no `{executor}`: what it sees before the commit would be kept for everybody; \
                 load from a pool, or read past the cache with `get_or_load_in`"
            ),
        )),
    }
}

/// The cache, imported: of an import rustc tells a mistaken name together with the one that was meant.
fn import(cache: &Ident, path: Option<&Path>) -> TokenStream {
    let name = escaped(cache);
    let schema = schema(path);
    let cache = quote_spanned!(cache.span()=> #name as cachex_cache);
    quote! {
        use #schema::_caches as cachex_caches;
        use cachex_caches::{#cache};
    }
}

fn key(cache: &Ident, function: &Function) -> TokenStream {
    let list = parameters::list(&parameters::bound(&function.signature), cache.span());
    // At the cache's name: that is where a parameter is missing.
    quote_spanned! {cache.span()=>
        <<cachex_cache as ::cachex::codegen::Cached>::Made as ::cachex::codegen::FromParameters<_, _>>
            ::from_parameters(&#list)
    }
}

/// What a loader returns, as far as its type shows: `Result<V, E>`, `Result<Option<V>, E>`, or an alias of them.
struct Loads<'a> {
    whole: &'a Type,
    value: &'a Type,
    presence: Presence,
}

#[derive(PartialEq, Eq)]
enum Presence {
    Always,
    Perhaps,
}

impl<'a> Loads<'a> {
    fn of(returns: &'a ReturnType) -> Result<Self> {
        let wrong = |span: Span| {
            let message = "a cached loader returns `Result<V, E>`, or `Result<Option<V>, E>` where there may be none";
            Error::new(span, message)
        };
        let ReturnType::Type(_, whole) = returns else {
            return Err(wrong(Span::call_site()));
        };
        let shown = returns::last(whole)
            .filter(|segment| segment.ident != "Option")
            .and_then(|segment| returns::argument(segment, 0));
        let mut value = shown.ok_or_else(|| wrong(whole.span()))?;
        let mut presence = Presence::Always;
        if let Some(inner) = behind(value, "Option") {
            (value, presence) = (inner, Presence::Perhaps);
        }
        if let Some(inner) = behind(value, "WithTags") {
            value = inner;
        }
        Ok(Self {
            whole,
            value,
            presence,
        })
    }

    /// What reads such a loader's cache.
    fn read(&self, span: Span) -> TokenStream {
        let read = match self.presence {
            Presence::Always => Ident::new("cached_always", span),
            Presence::Perhaps => Ident::new("cached_perhaps", span),
        };
        quote_spanned!(span=> ::cachex::codegen::#read::<cachex_cache, _, _, _, _, _>)
    }

    /// `Result<Arc<V>, LoadError<E>>`
    fn found(&self) -> ReturnType {
        let Self { whole, value, .. } = self;
        let mut found: Type = syn::parse_quote!(::std::sync::Arc<#value>);
        if self.presence == Presence::Perhaps {
            found = syn::parse_quote!(::core::option::Option<#found>);
        }
        syn::parse_quote! {
            -> ::core::result::Result<
                #found,
                ::cachex::LoadError<<#whole as ::cachex::codegen::Fallible>::Error>,
            >
        }
    }
}

fn behind<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let segment = returns::last(ty).filter(|segment| segment.ident == name)?;
    returns::argument(segment, 0)
}

#[cfg(test)]
mod tests {
    use super::reader;
    use quote::quote;

    fn refused(item: proc_macro2::TokenStream) -> String {
        reader(quote!(post_by_id), item)
            .expect_err("refused")
            .to_string()
    }

    #[test]
    fn what_cannot_be_cached_is_refused() {
        let tx = refused(quote!(
            async fn f(tx: &mut Transaction<'_, Sqlite>, id: Uuid) -> Result<V, E> {}
        ));
        assert!(tx.contains("takes no `Transaction`"), "{tx}");
        assert!(
            refused(quote!(
                fn f(id: Uuid) -> Result<V, E> {}
            ))
            .contains("async fn")
        );
        let boxed = refused(quote!(
            fn f<'a>(
                id: Uuid,
            ) -> ::core::pin::Pin<Box<dyn ::core::future::Future<Output = Result<V, E>> + Send + 'a>>
            {
            }
        ));
        assert!(boxed.contains("async_trait"), "{boxed}");
        assert!(
            refused(quote!(
                async fn f(id: Uuid) -> V {}
            ))
            .contains("returns `Result<V, E>`")
        );
        assert!(
            refused(quote!(
                async fn f(id: Uuid) -> Option<V> {}
            ))
            .contains("returns `Result<V, E>`")
        );
    }
}
