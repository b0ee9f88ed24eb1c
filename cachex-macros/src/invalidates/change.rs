//! One declared change as calls on the generated module: told before the body as far as the parameters go, completed
//! from the success value after it.

use cachex_compiler::emit::rust::names;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Expr, ExprClosure, Ident, Path, parse_quote};

use super::so_far;
use crate::annotation::{Annotation, Given, Identity, Value};
use crate::pattern::Pattern;

pub(crate) struct Change<'a> {
    /// Which of its function's it is.
    pub(super) index: usize,
    /// The local that holds it.
    pub(super) name: Ident,
    /// The module of `schema!`.
    pub(super) schema: Path,
    pub(super) annotation: &'a Annotation,
    /// The parameter that identifies it, if one is named so.
    pub(super) identity: Option<Ident>,
    /// All parameters, for an identity of several components.
    pub(super) parameters: TokenStream,
}

impl<'a> Change<'a> {
    /// Of a route, which has no parameters.
    pub(crate) fn of_route(annotation: &'a Annotation) -> Self {
        Self {
            index: 0,
            name: Ident::new("change", Span::mixed_site()),
            schema: schema(annotation.schema.as_ref()),
            annotation,
            identity: None,
            parameters: quote!(()),
        }
    }

    /// The names it is written with, imported: of an import rustc tells a mistaken name together with the one that was
    /// meant, and of a module that isn't there it speaks once, whatever is taken from it.
    pub(crate) fn imports(&self) -> TokenStream {
        let schema = &self.schema;
        let entity = &self.annotation.pattern.entity;
        let entity = import(entity, &self.module());
        let fields = self.fields();
        let attributes = self.attributes();
        let attributes = attributes
            .iter()
            .map(|name| import(name, &self.attribute(name)));
        quote! {
            #[allow(unused_imports)]
            use #schema::{#entity, _fields as #fields};
            #[allow(unused_imports)]
            use #fields::{#(#attributes),*};
        }
    }

    /// The references and fields that are named, each once.
    fn attributes(&self) -> Vec<&'a Ident> {
        let set = self.annotation.pattern.fields.iter().flatten();
        let given = self.annotation.values.iter().map(|(name, _)| name);
        let mut names: Vec<&Ident> = Vec::new();
        for name in set.chain(given) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The whole change, erased.
    pub(crate) fn whole(&self) -> TokenStream {
        whole(self.annotation.pattern.span, &self.told())
    }
}

impl Change<'_> {
    /// `let change = post::update_only(&id).__set::<title>().__moved::<author>(&a, &b);`, as a whole change where the success value adds nothing. What it lacks is an error here, at the pattern.
    pub(super) fn before(&self) -> TokenStream {
        let name = &self.name;
        let span = self.annotation.pattern.span;
        let told = self.told();
        let change = if self.annotation.reads_success() {
            told
        } else {
            whole(span, &told)
        };
        // Values are borrowed whatever they are; a lint would blame the parameters for it.
        quote_spanned! {span=>
            #[allow(clippy::needless_borrows_for_generic_args)]
            let #name = #change;
        }
    }

    fn told(&self) -> TokenStream {
        let mut change = self.construct();
        for (attribute, given) in &self.annotation.values {
            change = self.set(&change, attribute, given, &|value| so_far(value));
        }
        if let Some(scope) = &self.annotation.scope {
            change = if is_all(scope) {
                quote_spanned!(scope.span()=> #change.scope_all())
            } else {
                let (place, scope) = (scope.span(), borrowed(scope));
                quote_spanned!(place=> #change.scope(#scope))
            };
        }
        if let Some(Value::Parameters(data)) = &self.annotation.data {
            let data = borrowed(data);
            change = quote!(#change.data(#data));
        }
        change
    }

    fn construct(&self) -> TokenStream {
        let Pattern {
            entity,
            action,
            fields,
            span,
        } = &self.annotation.pattern;
        let module = self.module();
        if entity == "system" {
            return quote_spanned!(*span=> #module::delete());
        }
        let constructor = match (action, fields) {
            (None, _) => Ident::new("any", entity.span()),
            (Some(action), None) => action.clone(),
            (Some(action), Some(_)) => Ident::new("update_only", action.span()),
        };
        let id = self.id();
        let change = quote_spanned!(*span=> #module::#constructor(#id));
        fields.iter().flatten().fold(change, |change, field| {
            let attribute = self.attribute(field);
            quote_spanned!(field.span()=> #change.__set::<#attribute>())
        })
    }

    /// What stands for the name of an attribute, as it is imported.
    pub(crate) fn attribute(&self, name: &Ident) -> Ident {
        let index = self.index;
        format_ident!("cachex_{}_{index}", name.unraw(), span = name.span())
    }

    /// The module of all attributes' names, as it is imported.
    fn fields(&self) -> Ident {
        format_ident!("cachex_fields_{}", self.index, span = Span::call_site())
    }

    /// The entity's module, as it is imported.
    pub(crate) fn module(&self) -> Ident {
        let (entity, index) = (&self.annotation.pattern.entity, self.index);
        format_ident!("cachex_entity_{index}", span = entity.span())
    }

    fn id(&self) -> TokenStream {
        match (&self.annotation.id, &self.identity) {
            (Some(Identity::One(value)), _) => so_far(value),
            (Some(Identity::Each(Value::Parameters(ids))), _) => several(ids),
            (Some(Identity::Each(_)), _) => quote!(::cachex::Unknown),
            (None, Some(parameter)) => quote_spanned!(parameter.span()=> &#parameter),
            (None, None) => {
                let module = self.module();
                let parameters = &self.parameters;
                let span = self.annotation.pattern.span;
                quote_spanned!(span=> #module::__identified_by(&#parameters))
            }
        }
    }

    /// `.__moved::<author>(&before, &after)`, `.__kept::<author>(&it)`, or `.__told::<author>(&it)` where there is one
    /// image.
    fn set(
        &self,
        change: &TokenStream,
        attribute: &Ident,
        given: &Given,
        value: &dyn Fn(&Value) -> TokenStream,
    ) -> TokenStream {
        let (span, name) = (attribute.span(), self.attribute(attribute));
        match given {
            Given::Moved(before, after) => {
                let (before, after) = (value(before), value(after));
                quote_spanned!(span=> #change.__moved::<#name>(#before, #after))
            }
            Given::One(one) => {
                let it = value(one);
                if self.has_one_image() {
                    quote_spanned!(span=> #change.__told::<#name>(#it))
                } else {
                    quote_spanned!(span=> #change.__kept::<#name>(#it))
                }
            }
        }
    }

    fn has_one_image(&self) -> bool {
        let action = self.annotation.pattern.action.as_ref();
        action.is_some_and(|action| action == "create" || action == "delete")
    }

    /// What is declared before the body runs.
    pub(super) fn so_far(&self) -> TokenStream {
        let name = &self.name;
        let span = self.annotation.pattern.span;
        if self.annotation.reads_success() {
            quote_spanned!(span=> #name.__so_far())
        } else {
            quote_spanned!(span=> ::core::clone::Clone::clone(&#name))
        }
    }

    /// The whole change, once the success value is there.
    pub(super) fn after(&self) -> TokenStream {
        let name = &self.name;
        if !self.annotation.reads_success() {
            return quote!(#name);
        }
        let mut change = quote!(#name);
        match &self.annotation.id {
            Some(Identity::One(Value::Success(closure))) => {
                let id = read(closure);
                change = quote_spanned!(closure.span()=> #change.__id(#id));
            }
            Some(Identity::Each(Value::Success(closure))) => {
                let ids = success(closure);
                change = quote_spanned! {closure.span()=>
                    match #ids {
                        ::core::option::Option::Some(ids) => #change.__id(::cachex::each(ids)),
                        ::core::option::Option::None => #change,
                    }
                };
            }
            _ => {}
        }
        for (attribute, given) in &self.annotation.values {
            if given.is_from_success() {
                change = self.set(&change, attribute, given, &|value| match value {
                    Value::Success(closure) => read(closure),
                    value => so_far(value),
                });
            }
        }
        if let Some(Value::Success(closure)) = &self.annotation.data {
            let data = success(closure);
            change = quote_spanned! {closure.span()=>
                match #data {
                    ::core::option::Option::Some(data) => #change.data(&data),
                    ::core::option::Option::None => #change,
                }
            };
        }
        whole(self.annotation.pattern.span, &change)
    }
}

fn whole(span: Span, change: &TokenStream) -> TokenStream {
    quote_spanned!(span=> <::cachex::codegen::ErasedChange as ::core::convert::From<_>>::from(#change))
}

/// The module of `schema!`. Unless it is named it stands at the whole attribute, and the names in it at their own. Its two
/// segments differ in their spans: rustc names an import as far as the segment at the error's place.
pub(crate) fn schema(path: Option<&Path>) -> Path {
    let root = Ident::new("crate", Span::mixed_site());
    path.cloned().unwrap_or_else(|| parse_quote!(#root::cache))
}

/// `title as cachex_title_0`
fn import(name: &Ident, local: &Ident) -> TokenStream {
    let generated = escaped(name);
    quote_spanned!(name.span()=> #generated as #local)
}

/// A name of the schema as it stands in generated code.
pub(crate) fn escaped(name: &Ident) -> Ident {
    identifier(&names::identifier(&name.unraw().to_string()), name.span())
}

fn identifier(text: &str, span: Span) -> Ident {
    match text.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, span),
        None => Ident::new(text, span),
    }
}

fn is_all(scope: &Expr) -> bool {
    matches!(scope, Expr::Path(path) if path.path.is_ident("all"))
}

/// By reference: the body may want the value itself, and fields behind a borrow can't be moved.
pub(super) fn borrowed(expression: &Expr) -> TokenStream {
    match expression {
        // The components of an identity, each of which may be behind a borrow.
        Expr::Tuple(tuple) if !tuple.elems.is_empty() => {
            let elements = tuple.elems.iter().map(borrowed);
            quote_spanned!(expression.span()=> (#(#elements,)*))
        }
        _ => quote_spanned!(expression.span()=> &(#expression)),
    }
}

pub(super) fn unknown(closure: &ExprClosure) -> TokenStream {
    quote_spanned!(closure.span()=> ::cachex::Unknown)
}

/// A collection is borrowed where it has a name, and an iterator is used up.
fn several(ids: &Expr) -> TokenStream {
    match ids {
        Expr::Path(_) | Expr::Field(_) => quote_spanned!(ids.span()=> ::cachex::each(&#ids)),
        _ => quote_spanned!(ids.span()=> ::cachex::each(#ids)),
    }
}

/// What a closure reads of the success value, cloned out of it; unknown where there is none.
fn read(closure: &ExprClosure) -> TokenStream {
    let known = success(closure);
    // At what it reads: that is what has another type.
    quote_spanned!(closure.body.span()=> ::cachex::codegen::side(#known))
}

/// An `Option` of what a closure reads.
fn success(closure: &ExprClosure) -> TokenStream {
    let mut owned = closure.clone();
    let body = &closure.body;
    owned.body = parse_quote!(::core::clone::Clone::clone(&(#body)));
    quote_spanned!(body.span()=> ::cachex::codegen::success!(&__cachex_value, #owned))
}
