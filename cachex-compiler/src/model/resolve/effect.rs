//! `check.effects`: functions of the application that already invalidate.

use super::context::Context;
use super::reader::{mapping, name, text};
use super::{names, pattern, table};
use crate::diagnostics::registry::{MALFORMED_PATTERN, MISSING_KEY, UNEXPECTED_VALUE};
use crate::model::{Effect, EffectArgument, Entity, Name, Pattern, WritePattern};
use crate::syntax::{Entry, Node, Scalar, Value};

/// `"User::invalidate_cache(id, email)": { change: user.update, id: id, email: email }`.
pub(super) fn effects(
    node: &Node<'_>,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Vec<Effect> {
    let entries = mapping(node, "`effects`", cx).unwrap_or_default();
    entries
        .iter()
        .flat_map(|entry| effect(entry, entities, cx))
        .collect()
}

/// One function covers one change, or each of a list.
fn effect(entry: &Entry<'_>, entities: &[Entity], cx: &mut Context<'_, '_>) -> Vec<Effect> {
    let function = function(&entry.key, cx);
    let arguments = function
        .as_ref()
        .and_then(|(_, arguments)| arguments.clone());
    let changes = match &entry.value.value {
        Value::Sequence(changes) => changes.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    let covered = changes
        .iter()
        .filter_map(|change| covers(change, arguments.as_deref(), entities, cx));
    let covered: Vec<_> = covered.collect();
    let Some((function, arguments)) = function else {
        return Vec::new();
    };
    let effect = |covers| Effect {
        function: function.clone(),
        arguments: arguments.clone(),
        covers,
        span: entry.key.span.to(entry.value.span),
    };
    covered.into_iter().map(effect).collect()
}

type Call = (Name, Option<Vec<EffectArgument>>);

/// A path, perhaps with arguments.
fn function(key: &Scalar<'_>, cx: &mut Context<'_, '_>) -> Option<Call> {
    let text = key.text.trim();
    let (path, arguments) = match text.split_once('(') {
        Some((path, rest)) => (
            path.trim_end(),
            rest.strip_suffix(')').map(|inner| Some(arguments(inner))),
        ),
        None => (text, Some(None)),
    };
    let fine = !path.is_empty() && path.split("::").all(is_segment);
    let Some(arguments) = arguments.filter(|_| fine) else {
        let report = MALFORMED_PATTERN.at(key.span, format!("`{}` is no function", key.text));
        cx.push(report.help(
            "write its path, `Type::function`, perhaps with arguments: `function(Kind::A, _, id)`",
        ));
        return None;
    };
    Some((
        Name {
            value: path.to_owned(),
            span: key.place_of(path),
        },
        arguments,
    ))
}

fn is_segment(segment: &str) -> bool {
    segment.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && segment.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn arguments(text: &str) -> Vec<EffectArgument> {
    let inner = text.trim();
    let inner = inner.strip_suffix(',').unwrap_or(inner);
    if inner.is_empty() {
        return Vec::new();
    }
    inner
        .split(',')
        .map(|argument| self::argument(argument.trim()))
        .collect()
}

/// A name in snake case stands for a value; everything else must stand there as it is.
fn argument(text: &str) -> EffectArgument {
    if text == "_" {
        EffectArgument::Any
    } else if names::is_snake_case(text) && !matches!(text, "true" | "false") {
        EffectArgument::Named(text.to_owned())
    } else {
        EffectArgument::Literal(text.chars().filter(|c| !c.is_whitespace()).collect())
    }
}

/// A pattern, or a pattern with the values its change gets.
fn covers(
    node: &Node<'_>,
    arguments: Option<&[EffectArgument]>,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<WritePattern> {
    let Value::Mapping(entries) = &node.value else {
        let text = text(
            node,
            "a pattern, or `{ change: ‹pattern›, id: ‹argument› }`",
            cx,
        )?;
        let pattern = pattern::resolve(text, entities, cx)?;
        return Some(WritePattern {
            pattern,
            bindings: Vec::new(),
        });
    };
    let Some(change) = entries.iter().find(|entry| entry.key.text == "change") else {
        let report = MISSING_KEY.at(node.span, "the effect has no `change`");
        cx.push(report.help("say what it covers: `change: user.update`"));
        return None;
    };
    let text = text(&change.value, "a pattern", cx)?;
    let pattern = pattern::resolve(text, entities, cx)?;
    let others = entries
        .iter()
        .filter(|entry| !matches!(&*entry.key.text, "change" | "description"));
    let bindings = others
        .filter_map(|entry| binding(entry, &pattern, arguments, entities, cx))
        .collect();
    Some(WritePattern { pattern, bindings })
}

/// `id: id`: a value of the change, and the argument it is.
fn binding(
    entry: &Entry<'_>,
    pattern: &Pattern,
    arguments: Option<&[EffectArgument]>,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<(Name, Name)> {
    let entity = entities.get(pattern.entity.0 as usize)?;
    let field = table::where_field(&entry.key.text, entry.key.span, entity, cx);
    let argument = text(&entry.value, "the name of an argument", cx)?;
    let named: Vec<&str> = arguments
        .unwrap_or_default()
        .iter()
        .filter_map(|argument| match argument {
            EffectArgument::Named(name) => Some(name.as_str()),
            EffectArgument::Any | EffectArgument::Literal(_) => None,
        })
        .collect();
    if !named.contains(&&*argument.text) {
        let report = UNEXPECTED_VALUE.at(
            argument.span,
            format!("the function has no argument `{}`", argument.text),
        );
        let report = cx.did_you_mean(report, argument.span, &argument.text, &named);
        let help = "name its arguments: `\"User::clear(id)\": { change: user, id: id }`".to_owned();
        let report = if report.help.is_some() {
            report
        } else {
            report.help(help)
        };
        cx.push(report);
        return None;
    }
    field.map(|_| (name(&entry.key), name(argument)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_names_literals_or_anything() {
        assert_eq!(
            arguments("CacheKind :: Accounts, _, id, \"x\", true"),
            vec![
                EffectArgument::Literal("CacheKind::Accounts".to_owned()),
                EffectArgument::Any,
                EffectArgument::Named("id".to_owned()),
                EffectArgument::Literal("\"x\"".to_owned()),
                EffectArgument::Literal("true".to_owned()),
            ]
        );
        assert_eq!(arguments(""), vec![]);
    }
}
