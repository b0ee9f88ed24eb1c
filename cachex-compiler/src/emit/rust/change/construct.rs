//! The functions that begin a change.

use super::super::field;
use super::super::text::{Function, Text};
use super::{Needed, Shape};
use crate::model::{Action, FieldSet};

/// A way to begin a change.
struct Constructor {
    name: &'static str,
    doc: &'static str,
    /// The first type parameter.
    action: &'static str,
    /// The state of a value that some rule needs.
    state: fn(&Needed) -> &'static str,
}

const CONSTRUCTORS: [Constructor; 5] = [
    Constructor {
        name: "create",
        doc: "was created.",
        action: "Created",
        state: |needed| asked(needed, Action::Create),
    },
    Constructor {
        name: "update",
        doc: "was updated; all of its fields count as set.",
        action: "Two<_codegen::Update>",
        state: |needed| asked(needed, Action::Update),
    },
    Constructor {
        name: "update_only",
        doc: "was updated; which of its fields were set is told one by one.",
        action: "Two<_codegen::UpdateOnly>",
        state: |needed| match needed.when_set {
            [_, Some(FieldSet::ALL), _] => "_codegen::Missing",
            [_, Some(_), _] => "_codegen::Idle",
            [_, None, _] => "_codegen::Waived",
        },
    },
    Constructor {
        name: "delete",
        doc: "was deleted.",
        action: "Deleted",
        state: |needed| asked(needed, Action::Delete),
    },
    Constructor {
        name: "any",
        doc: "was created, updated or deleted; what isn't told is unknown, and clears more.",
        action: "Two<_codegen::Any>",
        state: |_| "_codegen::Waived",
    },
];

/// The state of a value that an action needs, or doesn't.
fn asked(needed: &Needed, action: Action) -> &'static str {
    match needed.when_set.get(action as usize) {
        Some(Some(_)) => "_codegen::Missing",
        _ => "_codegen::Waived",
    }
}

/// `Change`.
pub(super) fn alias(out: &mut Text, shape: &Shape) {
    out.gap();
    out.doc(&format!(
        "A change of a `{}` that is being told.",
        shape.entity
    ));
    out.line("pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;");
}

/// `create(id)`, `update(id)`, `update_only(id)`, `delete(id)`, `any(id)`.
pub(super) fn constructors(out: &mut Text, shape: &Shape) {
    for constructor in &CONSTRUCTORS {
        let action = constructor.action;
        let states: Vec<&str> = shape.needed.iter().map(constructor.state).collect();
        let change = if states.is_empty() {
            format!("Change<_codegen::{action}>")
        } else {
            format!("Change<_codegen::{action}, {}>", field::list(&states))
        };
        out.gap();
        out.doc(&format!("A `{}` {}", shape.entity, constructor.doc));
        out.function(
            &Function {
                name: &format!("pub fn {}", constructor.name),
                arguments: &["id: impl _codegen::Identify<Id>".to_owned()],
                returns: &change,
                bounds: &[],
            },
            "super::_changes::begin(id)",
        );
    }
}
