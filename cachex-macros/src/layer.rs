//! `cachex::layer::invalidates!(…)`: the grammar of `#[invalidates]` for a route, whose values come as text.
//!
//! A value is `path.‹name›`, `query.‹name›`, a JSON pointer into the response (`"/post/id"`), an expression, or `_`.
//! The change is told by the generated constructors with what is text as unknown, so that rustc checks its names and
//! what it lacks; the texts are put in per request, read as the schema's types.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Error, Expr, Ident, Lit, Member, Result};

use crate::annotation::{Annotation, Given, Identity, Value};
use crate::invalidates::Change;

/// The layer.
pub(crate) fn expand(arguments: TokenStream) -> TokenStream {
    layer(arguments).unwrap_or_else(Error::into_compile_error)
}

fn layer(arguments: TokenStream) -> Result<TokenStream> {
    let pattern = arguments.to_string();
    let mut annotation: Annotation = syn::parse2(arguments)?;
    refuse(&annotation)?;
    let heard = heard(&mut annotation);
    let from_response = heard.iter().any(|it| {
        it.texts
            .iter()
            .any(|text| matches!(text, Text::Response(_)))
    });
    let span = annotation.pattern.span;
    let change = Change::of_route(&annotation);
    let (imports, whole, module) = (change.imports(), change.whole(), change.module());
    let puts = heard.iter().map(|it| it.put(&change, &module));
    let from_response = from_response.then(|| quote!(.from_response()));
    let on_error = annotation
        .on_error
        .map(|span| quote_spanned!(span=> .on_error(::cachex::codegen::OnError::Invalidate)));
    Ok(quote_spanned! {span=> {
        #imports
        ::cachex::layer::Invalidates::new(#pattern, |given: &::cachex::layer::Given| {
            let _ = given;
            #[allow(unused_mut)]
            let mut change = #whole;
            #(#puts)*
            ::std::vec![change]
        }) #from_response #on_error
    }})
}

/// What a route has no place for.
fn refuse(annotation: &Annotation) -> Result<()> {
    let span = annotation.pattern.span;
    if matches!(annotation.id, Some(Identity::Each(_))) {
        return Err(Error::new(
            span,
            "a route's texts name one identity: write `id = path.‹name›`",
        ));
    }
    if annotation.success.is_some() || annotation.data.is_some() || annotation.reads_success() {
        let message = "a route is judged by its status, and gives values as texts: `path.‹name›`, `query.‹name›`, or \
                       a JSON pointer into the response like `\"/id\"`";
        return Err(Error::new(span, message));
    }
    Ok(())
}

/// A text of a request or its response.
enum Text {
    Path(Vec<String>),
    Query(String),
    Response(String),
}

/// Where a text belongs.
enum Place {
    Id,
    Attribute(Ident, &'static str),
}

struct Heard {
    place: Place,
    texts: Vec<Text>,
}

/// Takes the texts out of an annotation and leaves `_` in their places.
fn heard(annotation: &mut Annotation) -> Vec<Heard> {
    let mut all = Vec::new();
    let entity = annotation.pattern.entity.unraw().to_string();
    match &mut annotation.id {
        Some(Identity::One(value)) => take(value, Place::Id, &mut all),
        Some(Identity::Each(_)) => {}
        None if entity == "system" => {}
        None => {
            all.push(Heard {
                place: Place::Id,
                texts: vec![Text::Path(vec![format!("{entity}_id"), "id".to_owned()])],
            });
            annotation.id = Some(Identity::One(Value::Unknown(annotation.pattern.span)));
        }
    }
    for (name, given) in &mut annotation.values {
        let place = |side| Place::Attribute(name.clone(), side);
        match given {
            Given::One(value) => take(value, place("Both"), &mut all),
            Given::Moved(before, after) => {
                take(before, place("Before"), &mut all);
                take(after, place("After"), &mut all);
            }
        }
    }
    all
}

fn take(value: &mut Value, place: Place, all: &mut Vec<Heard>) {
    let Value::Parameters(expression) = value else {
        return;
    };
    let span = expression.span();
    let texts = match &*expression {
        Expr::Tuple(tuple) => tuple.elems.iter().map(text).collect::<Option<Vec<_>>>(),
        one => text(one).map(|text| vec![text]),
    };
    if let Some(texts) = texts {
        all.push(Heard { place, texts });
        *value = Value::Unknown(span);
    }
}

/// `path.‹name›`, `query.‹name›`, `"/pointer"`.
fn text(expression: &Expr) -> Option<Text> {
    match expression {
        Expr::Field(field) => {
            let (Expr::Path(base), Member::Named(name)) = (&*field.base, &field.member) else {
                return None;
            };
            let name = name.unraw().to_string();
            if base.path.is_ident("path") {
                Some(Text::Path(vec![name]))
            } else if base.path.is_ident("query") {
                Some(Text::Query(name))
            } else {
                None
            }
        }
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(pointer) if pointer.value().starts_with('/') => {
                Some(Text::Response(pointer.value()))
            }
            _ => None,
        },
        _ => None,
    }
}

impl Heard {
    fn put(&self, change: &Change<'_>, module: &Ident) -> TokenStream {
        let texts = self.texts.iter().map(Text::read);
        let texts = quote!(&[#(#texts),*]);
        match &self.place {
            Place::Id => {
                quote!(::cachex::codegen::hear_id::<#module::Entity>(&mut change, #texts);)
            }
            Place::Attribute(name, side) => {
                let side = Ident::new(side, proc_macro2::Span::call_site());
                let name = change.attribute(name);
                quote! {
                    ::cachex::codegen::hear::<#module::Entity, #name>(
                        &mut change,
                        ::cachex::codegen::Heards::#side,
                        #texts,
                    );
                }
            }
        }
    }
}

impl Text {
    /// An `Option<String>` of the text.
    fn read(&self) -> TokenStream {
        match self {
            Self::Path(names) => quote!(
                ::core::option::Option::None #(.or_else(|| given.path(#names)))* .map(::std::string::ToString::to_string)
            ),
            Self::Query(name) => quote!(given.query(#name).map(::std::string::ToString::to_string)),
            Self::Response(pointer) => quote!(given.response(#pointer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::layer;
    use quote::quote;

    fn refused(tokens: proc_macro2::TokenStream) -> String {
        layer(tokens).expect_err("refused").to_string()
    }

    #[test]
    fn what_a_route_cannot_give_is_refused() {
        assert!(refused(quote!(post, each = path.ids)).contains("one identity"));
        assert!(refused(quote!(post, id = |ok| ok.id)).contains("JSON pointer"));
        assert!(refused(quote!(post, success = |r| true)).contains("judged by its status"));
    }

    #[test]
    fn a_response_is_read_only_where_it_is_asked_for() {
        let path = layer(quote!(post.update, id = path.id))
            .expect("a layer")
            .to_string();
        assert!(!path.contains("from_response"), "{path}");
        let pointer = layer(quote!(post.create, id = "/id"))
            .expect("a layer")
            .to_string();
        assert!(pointer.contains("from_response"), "{pointer}");
    }
}
