//! Change patterns: `post`, `post.update`, `post.update(title, slug)`, `post.update()`.

use super::context::{Context, Unread};
use crate::diagnostics::registry::{
    MALFORMED_PATTERN, MISPLACED_FIELDS, UNKNOWN_ACTION, UNKNOWN_FIELD,
};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Action, AttributeId, Entity, FieldSet, Pattern, Schema};
use crate::source::{FileId, Span};
use crate::syntax::Scalar;

/// The parts of a pattern, as written.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'t> {
    entity: &'t str,
    action: Option<&'t str>,
    fields: Option<Vec<&'t str>>,
}

/// Reads a pattern. `entities` are complete: their attributes are known.
pub(super) fn resolve(
    text: &Scalar<'_>,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<Pattern> {
    let parts = match split(&text.text) {
        Ok(parts) => parts,
        Err(fault) => {
            cx.push(malformed(text, &fault));
            return None;
        }
    };
    let id = cx.entity(parts.entity, text.place_of(parts.entity));
    let action = match parts
        .action
        .map(|name| action(name, text.place_of(name), cx))
    {
        Some(None) => return None,
        Some(known) => known,
        None => None,
    };
    let id = id?;
    let entity = entities.get(id.0 as usize)?;
    let fields = match parts.fields {
        Some(names) if action != Some(Action::Update) => {
            return misplaced(text, parts.entity, action, &names, cx);
        }
        Some(names) => Some(fields(&names, text, entity, cx)?),
        None => None,
    };
    Some(Pattern {
        entity: id,
        action,
        fields,
        span: text.span,
    })
}

/// Reads a pattern that stands outside of a schema: on the command line, in a request. `file` holds the text alone.
pub(crate) fn read_pattern(
    text: &str,
    file: FileId,
    schema: &Schema,
    out: &mut Diagnostics,
) -> Option<Pattern> {
    let mut cx = Context::new(Unread::default(), out);
    cx.entities = schema
        .entity_ids()
        .map(|(id, entity)| (entity.name.value.as_str(), id))
        .collect();
    let text = Scalar {
        text: text.into(),
        span: Span::new(file, 0..text.len()),
        plain: true,
    };
    resolve(&text, &schema.entities, &mut cx)
}

fn action(name: &str, span: Span, cx: &mut Context<'_, '_>) -> Option<Action> {
    let known = Action::ALL.into_iter().find(|action| action.name() == name);
    if known.is_none() {
        let report = UNKNOWN_ACTION.at(span, format!("there is no action `{name}`"));
        let names = Action::ALL.map(Action::name);
        let synonym = match name {
            "insert" | "add" | "new" => Some("create"),
            "edit" | "change" | "set" | "save" | "write" => Some("update"),
            "remove" | "destroy" | "drop" => Some("delete"),
            _ => None,
        };
        let report = match synonym {
            Some(meant) => report.help(format!("write `{meant}`")).fix(span, meant),
            None => cx.did_you_mean(report, span, name, &names),
        };
        cx.push(report);
    }
    known
}

fn misplaced(
    text: &Scalar<'_>,
    entity: &str,
    action: Option<Action>,
    names: &[&str],
    cx: &mut Context<'_, '_>,
) -> Option<Pattern> {
    let open = text.text.find('(').unwrap_or(0);
    let span = text.part(open..text.text.len());
    let behind = action.map_or_else(
        || format!("`{entity}`"),
        |action| format!("`{}`", action.name()),
    );
    let report = MISPLACED_FIELDS
        .at(
            span,
            format!("fields stand behind {behind}, where only `update` has any"),
        )
        .help(format!(
            "take them out, or write `{entity}.update({})`",
            names.join(", ")
        ));
    cx.push(report);
    None
}

/// The attributes a pattern names; every name that is none is reported.
fn fields(
    names: &[&str],
    text: &Scalar<'_>,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<FieldSet> {
    let found: Vec<Option<AttributeId>> = names
        .iter()
        .map(|name| attribute(name, text.place_of(name), entity, cx))
        .collect();
    found.into_iter().collect()
}

/// The reference or field of a name.
pub(super) fn attribute(
    name: &str,
    span: Span,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<AttributeId> {
    let found = entity
        .attribute_ids()
        .find(|(_, attribute)| attribute.name.value == name);
    if found.is_none() {
        cx.unknown_field(name, span, entity, &[]);
    }
    found.map(|(id, _)| id)
}

impl Context<'_, '_> {
    /// Reports a name that is no reference or field of an entity, nor one of these.
    pub(super) fn unknown_field(&mut self, name: &str, span: Span, entity: &Entity, also: &[&str]) {
        if self.is_left_out(entity.name.span, name) {
            return;
        }
        let names: Vec<&str> = entity
            .attributes
            .iter()
            .map(|attribute| attribute.name.value.as_str())
            .collect();
        let names = [also, &names].concat();
        let owner = &entity.name;
        let report = UNKNOWN_FIELD.at(
            span,
            format!("`{}` has no field or reference `{name}`", owner.value),
        );
        let report = self.did_you_mean(report, span, name, &names);
        let report = report.labelled(owner.span, format!("`{}` is declared here", owner.value));
        self.push(report);
    }
}

fn malformed(text: &Scalar<'_>, fault: &Fault<'_>) -> Diagnostic {
    let place = text.place_of(fault.at);
    MALFORMED_PATTERN
        .at(place, format!("`{}` is no pattern of changes", text.text))
        .labelled(place, fault.what)
        .help("a pattern is `post`, `post.update`, `post.update(title, slug)` or `post.update()`")
}

struct Fault<'t> {
    at: &'t str,
    what: &'static str,
}

/// Takes a pattern apart. Blanks may stand around every part.
fn split(text: &str) -> Result<Parts<'_>, Fault<'_>> {
    let (path, fields) = match text.split_once('(') {
        Some((path, rest)) => (path, Some(arguments(text, rest)?)),
        None => (text, None),
    };
    let (entity, action) = match path.split_once('.') {
        Some((entity, action)) => (entity, Some(word(action, "an action is expected here")?)),
        None => (path, None),
    };
    let entity = word(entity, "an entity is expected here")?;
    Ok(Parts {
        entity,
        action,
        fields,
    })
}

/// What stands between the parentheses.
fn arguments<'t>(text: &'t str, rest: &'t str) -> Result<Vec<&'t str>, Fault<'t>> {
    let Some((inner, behind)) = rest.split_once(')') else {
        return Err(Fault {
            at: text,
            what: "the parenthesis is not closed",
        });
    };
    if !behind.trim().is_empty() {
        return Err(Fault {
            at: behind.trim(),
            what: "nothing may stand behind the parenthesis",
        });
    }
    if inner.trim().is_empty() {
        return Ok(Vec::new());
    }
    inner
        .split(',')
        .map(|name| word(name, "a field is expected here"))
        .collect()
}

/// One name without anything else in it.
fn word<'t>(text: &'t str, what: &'static str) -> Result<&'t str, Fault<'t>> {
    let trimmed = text.trim();
    for byte in trimmed.bytes() {
        if is_strange(byte) {
            return Err(Fault { at: text, what });
        }
    }
    if trimmed.is_empty() {
        return Err(Fault { at: text, what });
    }
    Ok(trimmed)
}

fn is_strange(byte: u8) -> bool {
    let bracket = matches!(byte, b'(' | b')' | b'[' | b']' | b'{' | b'}');
    bracket || matches!(byte, 0..=b' ' | b',' | b'.' | b'$' | b'?' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'t>(
        entity: &'t str,
        action: Option<&'t str>,
        fields: Option<Vec<&'t str>>,
    ) -> Parts<'t> {
        Parts {
            entity,
            action,
            fields,
        }
    }

    #[test]
    fn patterns_come_apart() {
        let read = |text| split(text).ok();
        assert_eq!(read("post"), Some(parts("post", None, None)));
        assert_eq!(
            read(" post . update "),
            Some(parts("post", Some("update"), None))
        );
        assert_eq!(
            read("post.update()"),
            Some(parts("post", Some("update"), Some(vec![])))
        );
        assert_eq!(
            read("post.update(a, b )"),
            Some(parts("post", Some("update"), Some(vec!["a", "b"])))
        );
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            ".",
            "post.",
            ".update",
            "post.update(",
            "post.update(a",
            "post.update(a,)",
            "post.a.b",
            "post.update(a)b",
            "post update",
            "post.update(a)(b)",
            "$id",
            "post.update(a(b))",
        ] {
            assert!(split(text).is_err(), "{text}");
        }
    }
}
