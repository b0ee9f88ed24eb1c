//! `#[invalidates]`: a function's declared changes around its body.
//!
//! All annotations of a function are expanded together, by the first of them, so that they make one declaration. What
//! the parameters tell is worked out before the body runs, which may move them; what the success value tells, after it.

mod change;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{Attribute, Block, Error, Ident, Result, ReturnType};

use crate::annotation::{Annotation, Value};
use crate::body::{self, Function, Runs};
use crate::returns::Opaque;
use crate::{parameters, returns};
pub(crate) use change::{Change, escaped, schema};

/// The annotated function, or it as it was behind an error.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    match declared(arguments, item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.into_compile_error();
            quote!(#error #item)
        }
    }
}

fn declared(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let mut function: Function = syn::parse2(item)?;
    if let Some(constant) = function.signature.constness {
        let message = "a `const fn` runs when the program is compiled: it changes nothing that could be stale";
        return Err(Error::new(constant.span, message));
    }
    let mut annotations = vec![syn::parse2::<Annotation>(arguments)?];
    for attribute in take_siblings(&mut function.attributes) {
        annotations.push(attribute.parse_args()?);
    }
    let changes = changes(&annotations, &function);
    let declaration = Declaration {
        success: only(&annotations, |it| it.success.as_ref(), "success")?,
        annotations: &annotations,
        changes,
        function: &function,
    };
    Ok(body::wrap(&function, &|block, runs, returns| {
        declaration.around(block, runs, returns)
    }))
}

/// The other annotations of the function.
fn take_siblings(attributes: &mut Vec<Attribute>) -> Vec<Attribute> {
    let is_sibling = |attribute: &mut Attribute| {
        attribute
            .path()
            .segments
            .last()
            .is_some_and(|segment| segment.ident == "invalidates")
    };
    attributes.extract_if(.., is_sibling).collect()
}

fn changes<'a>(annotations: &'a [Annotation], function: &Function) -> Vec<Change<'a>> {
    let bound = parameters::bound(&function.signature);
    let change = |(index, annotation): (usize, &'a Annotation)| Change {
        index,
        schema: schema(annotation.schema.as_ref()),
        name: format_ident!(
            "__cachex_change_{index}",
            span = proc_macro2::Span::mixed_site()
        ),
        identity: identity(annotation, &bound, annotations.len()),
        parameters: parameters::list(&bound, annotation.pattern.span),
        annotation,
    };
    annotations.iter().enumerate().map(change).collect()
}

/// The parameter that identifies what changes: named after the entity, or `id` where there is one annotation.
fn identity(annotation: &Annotation, bound: &[Ident], annotations: usize) -> Option<Ident> {
    let after_entity = format!("{}_id", annotation.pattern.entity.unraw());
    let named = |name: &str| bound.iter().find(|ident| **ident == name).cloned();
    named(&after_entity).or_else(|| named("id").filter(|_| annotations == 1))
}

/// What concerns the function and not one change stands in one of its annotations.
fn only<'a, T>(
    annotations: &'a [Annotation],
    part: impl Fn(&'a Annotation) -> Option<&'a T>,
    name: &str,
) -> Result<Option<&'a T>> {
    let mut given = annotations.iter().filter_map(|it| Some((it, part(it)?)));
    let first = given.next();
    if let Some((again, _)) = given.next() {
        let message =
            format!("`{name}` is said of the function: it stands in one of its annotations");
        return Err(Error::new(again.pattern.span, message));
    }
    Ok(first.map(|(_, part)| part))
}

struct Declaration<'a> {
    annotations: &'a [Annotation],
    changes: Vec<Change<'a>>,
    success: Option<&'a syn::Expr>,
    function: &'a Function,
}

impl Declaration<'_> {
    fn around(&self, block: &Block, runs: Runs, returns: &ReturnType) -> TokenStream {
        let imports = self.changes.iter().map(Change::imports);
        let told = self.changes.iter().map(Change::before);
        let enter = self.enter();
        let value = self.run(block, runs, returns);
        let succeeded = if let Some(judge) = self.success {
            quote!(::cachex::codegen::judge(&__cachex_value, #judge))
        } else {
            quote!(::cachex::codegen::succeeded!(&__cachex_value))
        };
        let changes = self.after();
        let (succeed, fail) = match runs {
            Runs::Async => (
                quote!(succeed(__cachex_changes).await),
                quote!(fail().await),
            ),
            Runs::Now => (quote!(succeed_now(__cachex_changes)), quote!(fail_now())),
        };
        quote! {
            #(#imports)*
            #(#told)*
            let __cachex_annotated = #enter;
            let __cachex_value = #value;
            if #succeeded {
                #[allow(clippy::needless_borrows_for_generic_args)]
                let __cachex_changes = #changes;
                __cachex_annotated.#succeed;
            } else {
                __cachex_annotated.#fail;
            }
            __cachex_value
        }
    }

    fn enter(&self) -> TokenStream {
        let function = self.function.signature.ident.unraw().to_string();
        let declared = self.changes.iter().map(Change::so_far);
        let on_error = if self.annotations.iter().any(|it| it.on_error.is_some()) {
            quote!(Invalidate)
        } else {
            quote!(Nothing)
        };
        let executor = if parameters::executor(&self.function.signature).is_some() {
            quote!(Callers)
        } else {
            quote!(Own)
        };
        quote! {
            ::cachex::codegen::Annotated::enter(::cachex::codegen::Declaration {
                function: ::core::concat!(::core::module_path!(), "::", #function),
                changes: ::std::vec![#(#declared),*],
                on_error: ::cachex::codegen::OnError::#on_error,
                executor: ::cachex::codegen::Executor::#executor,
            })
        }
    }

    /// The body, in the function's unit; its value is annotated with the type the function returns, so that `?` and
    /// literals are inferred as they were.
    fn run(&self, block: &Block, runs: Runs, returns: &ReturnType) -> TokenStream {
        let ty = returns::annotation(returns);
        let statements = &block.stmts;
        let body = quote! {
            #[allow(unreachable_code, clippy::diverging_sub_expression, clippy::never_loop)]
            if false {
                let __cachex_returns: #ty = loop {};
                return __cachex_returns;
            }
            #(#statements)*
        };
        let value = match runs {
            Runs::Async => quote!(__cachex_annotated.run(async move { #body }).await),
            Runs::Now => quote!(__cachex_annotated.run_now(|| { #body })),
        };
        match returns::opaque_response(returns).filter(|_| !self.reads_success()) {
            Some(Opaque::Bare) => quote!(::cachex::codegen::respond(#value)),
            Some(Opaque::InOk) => quote!((#value).map(::cachex::codegen::respond)),
            None => value,
        }
    }

    /// A closure over the value reads its type, which a response would hide.
    fn reads_success(&self) -> bool {
        self.success.is_some() || self.annotations.iter().any(Annotation::reads_success)
    }

    fn after(&self) -> TokenStream {
        if !self.annotations.iter().any(Annotation::reads_success) {
            return quote!(::cachex::codegen::Changes::AsDeclared);
        }
        let complete = self.changes.iter().map(Change::after);
        quote!(::cachex::codegen::Changes::Exactly(
            ::std::vec![#(#complete),*]
        ))
    }
}

/// A value over the parameters, or unknown so far.
fn so_far(value: &Value) -> TokenStream {
    match value {
        Value::Parameters(expression) => change::borrowed(expression),
        Value::Unknown(span) => quote::quote_spanned!(*span=> ::cachex::Unknown),
        Value::Success(closure) => change::unknown(closure),
    }
}
