//! The change's struct, and the functions that begin one.

use super::super::text::{Function, Text};
use super::{Needed, Shape};
use crate::model::{Action, FieldSet};

/// A way to begin a change.
struct Constructor {
    name: &'static str,
    doc: &'static str,
    /// The first type parameter.
    action: &'static str,
    erased: &'static str,
    set: &'static str,
    state: fn(&Needed) -> &'static str,
}

const CONSTRUCTORS: [Constructor; 5] = [
    Constructor {
        name: "create",
        doc: "was created.",
        action: "Created",
        erased: "Create",
        set: "0",
        state: |needed| asked(needed, Action::Create),
    },
    Constructor {
        name: "update",
        doc: "was updated; all of its fields count as set.",
        action: "Two<_codegen::All>",
        erased: "Update",
        set: "u128::MAX",
        state: |needed| asked(needed, Action::Update),
    },
    Constructor {
        name: "update_only",
        doc: "was updated; which of its fields were set is told one by one.",
        action: "Two<_codegen::Only>",
        erased: "Update",
        set: "0",
        state: |needed| match needed.when_set {
            [_, Some(FieldSet::ALL), _] => "Missing",
            [_, Some(_), _] => "Idle",
            [_, None, _] => "Waived",
        },
    },
    Constructor {
        name: "delete",
        doc: "was deleted.",
        action: "Deleted",
        erased: "Delete",
        set: "0",
        state: |needed| asked(needed, Action::Delete),
    },
    Constructor {
        name: "any",
        doc: "was created, updated or deleted; what isn't told is unknown, and clears more.",
        action: "Two<_codegen::Any>",
        erased: "Any",
        set: "u128::MAX",
        state: |_| "Waived",
    },
];

/// The state of a value that an action needs, or doesn't.
fn asked(needed: &Needed, action: Action) -> &'static str {
    match needed.when_set.get(action as usize) {
        Some(Some(_)) => "Missing",
        _ => "Waived",
    }
}

/// `Change`.
pub(super) fn structure(out: &mut Text, shape: &Shape) {
    out.gap();
    out.doc(&format!(
        "A change of a `{}` that is being told.",
        shape.entity
    ));
    out.line("#[must_use = \"a change clears nothing until it is applied or recorded\"]");
    let change = shape.any_change("Action");
    let states = shape.states();
    let marker: Vec<&str> = std::iter::once("Action")
        .chain(states.iter().map(String::as_str))
        .collect();
    let marker = match marker.as_slice() {
        [action] => (*action).to_owned(),
        several => format!("({})", several.join(", ")),
    };
    let fields = [
        "_codegen::Draft".to_owned(),
        format!("_codegen::PhantomData<{marker}>"),
    ];
    out.list(&format!("pub struct {change}("), &fields, ");");
}

/// `create(id)`, `update(id)`, `update_only(id)`, `delete(id)`, `any(id)`.
pub(super) fn constructors(out: &mut Text, shape: &Shape) {
    for constructor in &CONSTRUCTORS {
        let returns = shape.change(&format!("_codegen::{}", constructor.action), |needed| {
            format!("_codegen::{}", (constructor.state)(needed))
        });
        out.gap();
        out.doc(&format!("A `{}` {}", shape.entity, constructor.doc));
        out.function(
            &Function {
                name: &format!("pub fn {}", constructor.name),
                arguments: &["id: impl _codegen::Identify<Id>".to_owned()],
                returns: &returns,
                bounds: &[],
            },
            &format!(
                "draft(id, _codegen::ErasedAction::{}, {})",
                constructor.erased, constructor.set
            ),
        );
    }
    draft(out, shape);
}

/// What the constructors have in common.
fn draft(out: &mut Text, shape: &Shape) {
    let states = shape.states();
    let generics: Vec<&str> = std::iter::once("Action")
        .chain(states.iter().map(String::as_str))
        .collect();
    out.gap();
    out.list("fn draft<", &generics, ">(");
    out.line("    id: impl _codegen::Identify<Id>,");
    out.line("    action: _codegen::ErasedAction,");
    out.line("    set: u128,");
    out.block(
        &format!(") -> {} {{", shape.any_change("Action")),
        "}",
        |out| {
            out.line(&format!(
                "let ids = _codegen::ids::<{}, Id>(id);",
                shape.scalar
            ));
            out.line("let draft = _codegen::Draft::new(entity(), action, ids, set);");
            out.line("Change(draft, _codegen::PhantomData)");
        },
    );
}
