//! Where the code of a function runs: in its own block, in an async one, or in the async block it hands out.
//!
//! Keeps true: what is put around the body runs in the same place as the body did. Under `#[async_trait]` an
//! attribute sees a sync function that returns `Box::pin(async move { … })`; put around that, it would end before the
//! body begins.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Block, Error, Expr, ReturnType, Signature, Stmt, Visibility};

use crate::returns;

/// A function with a body.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) defaultness: Option<syn::Token![default]>,
    pub(crate) signature: Signature,
    pub(crate) block: Block,
}

impl syn::parse::Parse for Function {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let ahead = input.fork();
        let visibility = input.parse()?;
        let defaultness = input.parse()?;
        let signature: Signature = input.parse().map_err(|error| {
            let message = "this attribute stands on a function";
            if is_function(&ahead) {
                error
            } else {
                Error::new(ahead.span(), message)
            }
        })?;
        if input.peek(syn::Token![;]) {
            let message = "this function has no body here: annotate the implementations";
            return Err(Error::new(signature.ident.span(), message));
        }
        Ok(Self {
            attributes,
            visibility,
            defaultness,
            signature,
            block: input.parse()?,
        })
    }
}

fn is_function(input: syn::parse::ParseStream<'_>) -> bool {
    let mut words = input.cursor();
    while let Some((word, rest)) = words.ident() {
        if word == "fn" {
            return true;
        }
        words = rest;
    }
    false
}

/// How the code of a function runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runs {
    /// Awaited.
    Async,
    /// At once.
    Now,
}

/// What is put around a body: from the body's code, how it runs, and what it returns, to the code that replaces it.
pub(crate) type Around<'a> = &'a dyn Fn(&Block, Runs, &ReturnType) -> TokenStream;

/// The function with `around` its body.
pub(crate) fn wrap(function: &Function, around: Around<'_>) -> TokenStream {
    let Function {
        attributes,
        visibility,
        defaultness,
        signature,
        block,
    } = function;
    let body = if signature.asyncness.is_some() {
        around(block, Runs::Async, &signature.output)
    } else if let Some(wrapped) = future(function, around) {
        wrapped
    } else {
        around(block, Runs::Now, &signature.output)
    };
    quote! { #(#attributes)* #visibility #defaultness #signature { #body } }
}

/// The body of a function that ends in the future it returns.
fn future(function: &Function, around: Around<'_>) -> Option<TokenStream> {
    let output = returns::output(&function.signature.output)?;
    let mut block = function.block.clone();
    let Some(Stmt::Expr(last, None)) = block.stmts.last_mut() else {
        return None;
    };
    let inner = match last {
        Expr::Async(inner) => inner,
        Expr::Call(call) if is_box_pin(&call.func) => match call.args.first_mut() {
            Some(Expr::Async(inner)) => inner,
            _ => return None,
        },
        _ => return None,
    };
    let wrapped = around(&inner.block, Runs::Async, &output);
    inner.block = syn::parse_quote!({ #wrapped });
    let statements = block.stmts;
    Some(quote!(#(#statements)*))
}

fn is_box_pin(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    let mut names = path
        .path
        .segments
        .iter()
        .rev()
        .map(|segment| segment.ident.to_string());
    names.next().is_some_and(|it| it == "pin") && names.next().is_some_and(|it| it == "Box")
}
