//! One trait for each value that a change must be told: its message names the value and the ways to give it.

use super::super::field;
use super::super::names;
use super::super::text::{Text, quoted};
use super::{Needed, Shape};
use crate::model::Action;

/// The traits of an entity.
pub(super) fn needs(out: &mut Text, shape: &Shape) {
    for needed in &shape.needed {
        message(out, shape, needed);
        out.line(&format!("pub trait {} {{}}", needed.need));
        out.gap();
        out.line(&format!(
            "impl<How> {} for _codegen::Settled<How> {{}}",
            needed.need
        ));
    }
    if shape.needs() {
        complete(out, shape);
    }
}

/// A change is complete once each of its states says so.
fn complete(out: &mut Text, shape: &Shape) {
    let states: Vec<String> = (0..shape.needed.len())
        .map(|index| format!("S{index}"))
        .collect();
    let bounds: Vec<String> = states
        .iter()
        .zip(&shape.needed)
        .map(|(state, needed)| format!("{state}: {}", needed.need))
        .collect();
    let states: Vec<&str> = states.iter().map(String::as_str).collect();
    out.gap();
    out.line(&format!(
        "impl<{}> _codegen::Complete<Entity> for {} {{}}",
        bounds.join(", "),
        field::list(&states)
    ));
}

fn message(out: &mut Text, shape: &Shape, needed: &Needed) {
    let (entity, name) = (&shape.entity, &needed.name);
    out.gap();
    out.doc(&format!(
        "A change of a `{entity}` was told its `{name}`, or need not be."
    ));
    out.block("#[diagnostic::on_unimplemented(", ")]", |out| {
        let message = format!("this change of `{entity}` must be told its `{name}`");
        out.line(&format!("message = {},", quoted(&message)));
        out.line(&format!(
            "label = {},",
            quoted(&format!("`{name}` is missing"))
        ));
        for why in reasons(needed) {
            out.line(&format!("note = {},", quoted(&why)));
        }
        out.line(&format!("note = {},", quoted(&in_attributes(name))));
        out.line(&format!("note = {}", quoted(&in_code(name))));
    });
}

/// Why it is asked for: the caches that some actions clear by its value, actions that clear the same ones together.
fn reasons(needed: &Needed) -> Vec<String> {
    let mut alike: Vec<(Vec<&str>, &[String])> = Vec::new();
    for (action, caches) in Action::ALL.iter().zip(&needed.caches) {
        match alike
            .iter_mut()
            .find(|(_, same)| *same == caches.as_slice())
        {
            _ if caches.is_empty() => {}
            Some((actions, _)) => actions.push(action.name()),
            None => alike.push((vec![action.name()], caches)),
        }
    }
    let reason = |(actions, caches): (Vec<&str>, &[String])| {
        let actions = match actions.as_slice() {
            ["create", "update", "delete"] => "it".to_owned(),
            some => format!("`{}`", some.join("` or `")),
        };
        let caches = some_of(caches);
        format!(
            "what {actions} clears of {caches} depends on `{}`",
            needed.name
        )
    };
    alike.into_iter().map(reason).collect()
}

/// The caches, the first of them where there are many.
fn some_of(caches: &[String]) -> String {
    const SHOWN: usize = 4;
    let quoted = |caches: &[String]| -> String {
        let caches: Vec<String> = caches.iter().map(|cache| format!("`{cache}`")).collect();
        caches.join(", ")
    };
    match caches.split_at_checked(SHOWN - 1) {
        Some((first, rest)) if rest.len() > 1 => {
            format!("{} and {} more caches", quoted(first), rest.len())
        }
        _ => quoted(caches),
    }
}

fn in_attributes(name: &str) -> String {
    format!(
        "in an attribute: `{name} = ‹value›`; where it is changed `{name} = before => after`, with `_` for a side \
         that isn't known; from the success value `{name} = |ok| ok.{name}`"
    )
}

fn in_code(name: &str) -> String {
    let (setter, kept) = (names::setter(name), names::kept(name));
    format!(
        "in code: `.{setter}(‹value›)` on a create or delete, `.{setter}(before, after)` or `.{kept}(‹value›)` on an \
         update, with `Unknown` for what isn't known"
    )
}
