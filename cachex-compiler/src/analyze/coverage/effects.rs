//! Recognises calls of the functions that `check.effects` names.
//!
//! Keeps true: a method is recognised by the type it is called on, never by its bare name.

use super::declared::{By, Covers, Declaration, attribute};
use crate::analyze::{Argument, ArgumentKind, Call, Callee, Facts, Function, Place, Resolution};
use crate::model::{Effect, EffectArgument, Schema};
use crate::source::Span;

/// What a call invalidates by `check.effects`.
pub(crate) fn by_call(schema: &Schema, facts: &Facts, call: &Call) -> Vec<Declaration> {
    let calls = |effect: &&Effect| {
        names(effect, facts, &call.callee) && arguments_match(effect, &call.arguments)
    };
    let called = schema.check.effects.iter().filter(calls);
    called
        .map(|effect| Declaration {
            within: closures(effect, &call.arguments),
            ..declaration(schema, effect, call.place)
        })
        .collect()
}

/// The closures given where an effect's pattern has `_`: `publish_and_redact(CacheKind::Accounts, _)` covers what
/// its closure does. Without parentheses a closure may be anything, the keys to clear by.
fn closures(effect: &Effect, given: &[Argument]) -> Vec<Span> {
    let named = effect.arguments.iter().flatten().zip(given);
    let closures = named.filter(|(wanted, given)| {
        **wanted == EffectArgument::Any && given.kind == ArgumentKind::Closure
    });
    closures.map(|(_, given)| given.span).collect()
}

/// What a function is an effect for by itself, whoever calls it.
pub(crate) fn by_being(schema: &Schema, function: &Function) -> Vec<Declaration> {
    let any = |effect: &Effect| {
        let arguments = effect.arguments.iter().flatten();
        arguments
            .clone()
            .all(|argument| !matches!(argument, EffectArgument::Literal(_)))
    };
    let is = |effect: &&Effect| any(effect) && is_named(effect, function);
    let named = schema.check.effects.iter().filter(is);
    named
        .map(|effect| declaration(schema, effect, function.place))
        .collect()
}

fn declaration(schema: &Schema, effect: &Effect, place: Place) -> Declaration {
    let pattern = &effect.covers.pattern;
    let entity = schema.entity(pattern.entity);
    let given = effect.covers.bindings.iter().map(|(name, _)| &name.value);
    Declaration {
        covers: Covers::Changes {
            entity: pattern.entity,
            action: pattern.action,
            fields: pattern.fields,
        },
        by: By::Call,
        place,
        text: effect.to_string(),
        unmoved: given.filter_map(|name| attribute(entity, name)).collect(),
        within: Vec::new(),
        pattern: None,
        moves: false,
    }
}

/// Whether an effect names something in these sources: a function, or a call of one outside of them.
pub(crate) fn matches_anything(effect: &Effect, facts: &Facts) -> bool {
    let literal = |argument: &EffectArgument| matches!(argument, EffectArgument::Literal(_));
    let by_literal = effect.arguments.iter().flatten().any(literal);
    let own = || facts.functions.iter().any(|own| is_named(effect, own));
    let mut calls = facts.instances.iter().flat_map(|instance| &instance.calls);
    (!by_literal && own())
        || calls.any(|call| {
            names(effect, facts, &call.callee) && arguments_match(effect, &call.arguments)
        })
}

/// Whether a call on a value of unknown type may be that of an effect.
pub(crate) fn may_be(effect: &Effect, facts: &Facts, call: &Call) -> bool {
    match &call.callee {
        Callee::Unknown { name } => {
            let wanted = effect.function.value.rsplit_once("::");
            wanted.is_some_and(|(_, method)| method == name)
        }
        callee => call.resolution == Resolution::Name && names(effect, facts, callee),
    }
}

fn names(effect: &Effect, facts: &Facts, callee: &Callee) -> bool {
    let wanted = effect.function.value.as_str();
    match callee {
        Callee::Instance(instance) => {
            let function = facts
                .instance(*instance)
                .and_then(|instance| facts.function(instance.function));
            function.is_some_and(|function| is_named(effect, function))
        }
        Callee::Path(path) => ends_with(path.trim_end_matches('!'), wanted),
        Callee::Method { receiver, name } => {
            let receiver = receiver.split('<').next().unwrap_or(receiver);
            wanted.contains("::") && ends_with(&format!("{receiver}::{name}"), wanted)
        }
        Callee::Unknown { .. } | Callee::Schema { .. } => false,
    }
}

/// `DBUser::clear` is the method of the type, and of a trait of that name; `clear` alone is a free function.
fn is_named(effect: &Effect, function: &Function) -> bool {
    let wanted = effect.function.value.as_str();
    let by_trait = || {
        let of = function.trait_path.as_deref()?;
        Some(ends_with(&format!("{of}::{}", function.name), wanted))
    };
    let free = wanted.contains("::") || function.owner.is_none();
    free && (ends_with(&function.path, wanted) || by_trait().unwrap_or(false))
}

/// Whether a path ends with another, at a `::`.
fn ends_with(path: &str, tail: &str) -> bool {
    let tail = tail.strip_prefix("crate::").unwrap_or(tail);
    path.strip_suffix(tail)
        .is_some_and(|head| head.is_empty() || head.ends_with("::"))
}

fn arguments_match(effect: &Effect, given: &[Argument]) -> bool {
    let Some(wanted) = &effect.arguments else {
        return true;
    };
    wanted
        .iter()
        .zip(given)
        .all(|(wanted, given)| match wanted {
            EffectArgument::Any | EffectArgument::Named(_) => true,
            EffectArgument::Literal(text) => {
                let given = given.text.trim_start_matches('&');
                ends_with(given, text) || ends_with(text, given)
            }
        })
}
