//! The grammar of a change pattern, and how names of the schema are written in attributes.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, Result, Token, parenthesized};

/// `post`, `post.update`, `post.update(title, slug)`.
pub(crate) struct Pattern {
    pub(crate) entity: Ident,
    pub(crate) action: Option<Ident>,
    /// Behind `update` only; empty for `update()`.
    pub(crate) fields: Option<Vec<Ident>>,
    /// The whole of it.
    pub(crate) span: Span,
}

impl Parse for Pattern {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let Ok(entity) = input.call(Ident::parse_any) else {
            let message =
                "expected a change pattern: `post`, `post.update` or `post.update(title)`";
            return Err(Error::new(input.span(), message));
        };
        named_as_in_schema(&entity, "an entity")?;
        let mut span = entity.span();
        let mut pattern = Self {
            entity,
            action: None,
            fields: None,
            span,
        };
        if input.peek(Token![.]) {
            input.parse::<Token![.]>()?;
            let action = input.call(Ident::parse_any)?;
            if action != "create" && action != "update" && action != "delete" {
                let message = format!(
                    "there is no action `{action}`: it is `create`, `update` or `delete`, and fields stand behind \
                     `update`, `{}.update({action})`",
                    pattern.entity
                );
                return Err(Error::new(action.span(), message));
            }
            span = span.join(action.span()).unwrap_or(span);
            if input.peek(syn::token::Paren) {
                pattern.fields = Some(fields(input, &action, &mut span)?);
            }
            pattern.action = Some(action);
        }
        pattern.span = span;
        Ok(pattern)
    }
}

fn fields(input: ParseStream<'_>, action: &Ident, span: &mut Span) -> Result<Vec<Ident>> {
    let names;
    let parentheses = parenthesized!(names in input);
    if action != "update" {
        let message = format!("fields stand behind `update` only: `{action}` sets them all");
        return Err(Error::new(parentheses.span.join(), message));
    }
    *span = span.join(parentheses.span.join()).unwrap_or(*span);
    let listed = names.call(|input| {
        Punctuated::<Ident, Token![,]>::parse_terminated_with(input, Ident::parse_any)
    })?;
    let mut fields: Vec<Ident> = Vec::new();
    for name in listed {
        if fields.contains(&name) {
            return Err(Error::new(name.span(), format!("`{name}` is named twice")));
        }
        fields.push(name);
    }
    Ok(fields)
}

/// Names of a schema are in snake case; the type of a key, or a struct of the application, is another name.
pub(crate) fn named_as_in_schema(name: &Ident, what: &str) -> Result<()> {
    let text = name.unraw().to_string();
    if !text.contains(char::is_uppercase) {
        return Ok(());
    }
    let mut snake = String::new();
    for character in text.chars() {
        if character.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    let message = format!("{what} is named as in the schema: write `{snake}`");
    Err(Error::new(name.span(), message))
}
