//! The grammar of `#[invalidates(…)]`: a change [`Pattern`] and the values of the change.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{Error, Expr, ExprClosure, Ident, Path, Result, Token};

use crate::pattern::Pattern;

/// One `#[invalidates(…)]`.
pub(crate) struct Annotation {
    pub(crate) pattern: Pattern,
    pub(crate) id: Option<Identity>,
    /// References and fields, in the order written.
    pub(crate) values: Vec<(Ident, Given)>,
    pub(crate) data: Option<Value>,
    pub(crate) scope: Option<Expr>,
    pub(crate) success: Option<Expr>,
    pub(crate) on_error: Option<Span>,
    pub(crate) schema: Option<Path>,
}

/// `id = …` or `each = …`
pub(crate) enum Identity {
    One(Value),
    Each(Value),
}

/// What is given for a reference or field.
pub(crate) enum Given {
    /// One value: it didn't move, or there is one image only.
    One(Value),
    /// `before => after`
    Moved(Value, Value),
}

/// A value of a change.
pub(crate) enum Value {
    /// `_`: not known.
    Unknown(Span),
    /// Over the parameters.
    Parameters(Expr),
    /// `|ok| …`: over the success value.
    Success(ExprClosure),
}

impl Value {
    pub(crate) fn is_from_success(&self) -> bool {
        matches!(self, Self::Success(_))
    }
}

impl Given {
    pub(crate) fn is_from_success(&self) -> bool {
        match self {
            Self::One(value) => value.is_from_success(),
            Self::Moved(before, after) => before.is_from_success() || after.is_from_success(),
        }
    }
}

impl Annotation {
    /// Whether anything of the change is known only from the success value.
    pub(crate) fn reads_success(&self) -> bool {
        let identity = match &self.id {
            Some(Identity::One(value) | Identity::Each(value)) => value.is_from_success(),
            None => false,
        };
        identity
            || self.values.iter().any(|(_, given)| given.is_from_success())
            || self.data.as_ref().is_some_and(Value::is_from_success)
    }
}

impl Parse for Annotation {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut annotation = Self {
            pattern: input.parse()?,
            id: None,
            values: Vec::new(),
            data: None,
            scope: None,
            success: None,
            on_error: None,
            schema: None,
        };
        while !input.is_empty() {
            comma(input, &annotation.pattern)?;
            if input.is_empty() {
                break;
            }
            annotation.argument(input)?;
        }
        annotation.spread_unknown();
        annotation.check_sides()?;
        annotation.check_system()?;
        Ok(annotation)
    }
}

impl Annotation {
    fn argument(&mut self, input: ParseStream<'_>) -> Result<()> {
        let Ok(name) = input.call(Ident::parse_any) else {
            let message = "expected a value of the change and its name, like `id = post_id`";
            return Err(Error::new(input.span(), message));
        };
        if !input.peek(Token![=]) || input.peek(Token![=>]) {
            let message = format!(
                "expected `{name} = …`: the values of a change are named, and another change has an \
                 `#[invalidates]` of its own"
            );
            return Err(Error::new(name.span(), message));
        }
        input.parse::<Token![=]>()?;
        match name.to_string().as_str() {
            "id" => once(&mut self.id, &name, Identity::One(input.parse()?)),
            "each" => once(&mut self.id, &name, Identity::Each(input.parse()?)),
            "data" => once(&mut self.data, &name, input.parse()?),
            "scope" => once(&mut self.scope, &name, input.parse()?),
            "success" => once(&mut self.success, &name, input.parse()?),
            "schema" => once(&mut self.schema, &name, module(input)?),
            "on_error" => {
                let place = input.span();
                match input.call(Ident::parse_any) {
                    Ok(what) if what == "invalidate" => {
                        once(&mut self.on_error, &name, what.span())
                    }
                    _ => {
                        let message = "expected `on_error = invalidate`: without it a failure contributes nothing";
                        Err(Error::new(place, message))
                    }
                }
            }
            _ => {
                if self.values.iter().any(|(known, _)| *known == name) {
                    return Err(Error::new(name.span(), format!("`{name}` is given twice")));
                }
                let given = input.parse()?;
                self.values.push((name, given));
                Ok(())
            }
        }
    }

    /// `category = _` of a field the pattern names: neither side is known.
    fn spread_unknown(&mut self) {
        let named = self.pattern.fields.as_deref().unwrap_or_default();
        for (name, given) in &mut self.values {
            if let Given::One(Value::Unknown(span)) = *given
                && named.contains(name)
            {
                *given = Given::Moved(Value::Unknown(span), Value::Unknown(span));
            }
        }
    }

    /// The reserved entity is everything at once.
    fn check_system(&self) -> Result<()> {
        let Pattern { entity, action, .. } = &self.pattern;
        if entity != "system" {
            return Ok(());
        }
        if let Some(action) = action.as_ref().filter(|action| *action != "delete") {
            let message = "`system` stands for all there is, which is only ever cleared: write `system.delete`";
            return Err(Error::new(action.span(), message));
        }
        if self.id.is_some() || !self.values.is_empty() {
            let message = "`system` has neither an identity nor fields";
            return Err(Error::new(entity.span(), message));
        }
        Ok(())
    }

    /// A field the pattern names was set: one value for it would tell a move as none.
    fn check_sides(&self) -> Result<()> {
        let named = self.pattern.fields.as_deref().unwrap_or_default();
        for (name, given) in &self.values {
            let one = matches!(given, Given::One(_));
            if one && named.contains(name) {
                let message = format!(
                    "`{name}` stands in the pattern, so it may have moved: write `{name} = before => after`, \
                     with `_` for a side that isn't known"
                );
                return Err(Error::new(name.span(), message));
            }
            let images = self.pattern.action.as_ref();
            if !one && images.is_some_and(|action| action == "create" || action == "delete") {
                let message = format!(
                    "a create or delete has one image: write `{name} = ‹value›`, without `=>`"
                );
                return Err(Error::new(name.span(), message));
            }
        }
        Ok(())
    }
}

/// The path of the module of `schema!`.
pub(crate) fn module(input: ParseStream<'_>) -> Result<Path> {
    input.parse().map_err(|_| {
        let message = "expected the path of the module of `schema!`, like `schema = domain::cache`";
        Error::new(input.span(), message)
    })
}

/// What separates a pattern from the values behind it, or these.
fn comma(input: ParseStream<'_>, pattern: &Pattern) -> Result<()> {
    if input.parse::<Option<Token![,]>>()?.is_some() {
        return Ok(());
    }
    let entity = &pattern.entity;
    let message = if input.peek(syn::token::Paren) {
        format!("fields stand behind `update`: write `{entity}.update(…)`")
    } else if input.peek(Token![:]) {
        format!("an action stands behind a point: write `{entity}.update`")
    } else {
        "expected `,`".to_owned()
    };
    Err(Error::new(input.span(), message))
}

fn once<T>(place: &mut Option<T>, name: &Ident, value: T) -> Result<()> {
    if place.replace(value).is_some() {
        let twice = if name == "id" || name == "each" {
            "the identity is given twice: `id` for one, `each` for several".to_owned()
        } else {
            format!("`{name}` is given twice")
        };
        return Err(Error::new(name.span(), twice));
    }
    Ok(())
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![_]) {
            return Ok(Self::Unknown(input.parse::<Token![_]>()?.span()));
        }
        match input.parse()? {
            Expr::Closure(closure) if closure.inputs.len() == 1 => Ok(Self::Success(closure)),
            Expr::Closure(closure) => Err(Error::new(
                closure.span(),
                "a closure here reads the success value: `|ok| …`",
            )),
            expression => Ok(Self::Parameters(expression)),
        }
    }
}

impl Parse for Given {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let before = input.parse()?;
        if !input.peek(Token![=>]) {
            return Ok(Self::One(before));
        }
        input.parse::<Token![=>]>()?;
        Ok(Self::Moved(before, input.parse()?))
    }
}

#[cfg(test)]
mod tests {
    use super::{Annotation, Given, Identity, Value};

    fn parse(text: &str) -> Annotation {
        syn::parse_str(text).expect(text)
    }

    fn refused(text: &str) -> String {
        match syn::parse_str::<Annotation>(text) {
            Ok(_) => panic!("`{text}` is understood"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_pattern_is_what_it_is_everywhere() {
        let bare = parse("post").pattern;
        assert!(bare.action.is_none() && bare.fields.is_none());
        assert!(parse("type.update").pattern.fields.is_none());
        assert_eq!(
            parse("post.update()").pattern.fields.expect("named").len(),
            0
        );
        assert_eq!(
            parse("post.update(title, type,)")
                .pattern
                .fields
                .expect("named")
                .len(),
            2
        );
    }

    #[test]
    fn each_way_to_give_a_value_is_told_apart() {
        let all = parse(
            "post.update(slug), id = |ok| ok.id, slug = old => _, author = a.id, scope = tenant",
        );
        assert!(matches!(all.id, Some(Identity::One(Value::Success(_)))));
        assert!(all.reads_success());
        let [(_, slug), (_, author)] = all.values.as_slice() else {
            panic!("two values")
        };
        assert!(matches!(
            slug,
            Given::Moved(Value::Parameters(_), Value::Unknown(_))
        ));
        assert!(matches!(author, Given::One(Value::Parameters(_))));
        assert!(!parse("post, each = ids").reads_success());
    }

    #[test]
    fn a_changed_field_of_which_nothing_is_known_may_have_moved() {
        let changed = parse("post.update(slug), slug = _, author = _");
        let [(_, slug), (_, author)] = changed.values.as_slice() else {
            panic!("two values")
        };
        assert!(matches!(
            slug,
            Given::Moved(Value::Unknown(_), Value::Unknown(_))
        ));
        assert!(matches!(author, Given::One(Value::Unknown(_))));
    }

    #[test]
    fn what_is_not_meant_is_refused_with_a_way_out() {
        assert!(refused("post.rename").contains("`create`, `update` or `delete`"));
        assert!(refused("post(title)").contains("`post.update(…)`"));
        assert!(refused("post::update").contains("`post.update`"));
        assert!(refused("BlogPost").contains("`blog_post`"));
        assert!(refused("\"post\"").contains("expected a change pattern"));
        assert!(refused("post.update(title, title)").contains("named twice"));
        assert!(refused("system.update").contains("`system.delete`"));
        assert!(refused("system.delete, id = 1").contains("neither an identity"));
        assert!(refused("post, , id = _").contains("its name"));
        assert!(refused("post, schema = \"cache\"").contains("`schema = domain::cache`"));
        assert!(refused("post, on_error = \"invalidate\"").contains("`on_error = invalidate`"));
        assert!(refused("post.create(title)").contains("behind `update` only"));
        assert!(refused("post.update(slug), slug = new").contains("`slug = before => after`"));
        assert!(refused("post.delete, slug = a => b").contains("without `=>`"));
        assert!(refused("post, id = a, each = b").contains("given twice"));
        assert!(refused("post, author = a, author = b").contains("given twice"));
        assert!(refused("post, on_error = ignore").contains("on_error = invalidate"));
        assert!(refused("post, author").contains("`author = …`"));
        assert!(refused("").contains("expected a change pattern"));
    }
}
