//! What stands beside the entities' modules: `system`, and the two halves of a change by themselves.

use super::cache::scope_type;
use super::change::{self, Shape};
use super::names;
use super::text::{Function, Text};
use super::types::{Place, Types};
use crate::model::Schema;

/// The reserved entity without identity: everything at once.
pub(super) fn system(out: &mut Text, types: &Types<'_>, schema: &Schema) {
    let scope = schema.scope.as_ref().map(|(_, scalar)| {
        let ty = scope_type(*scalar);
        types.written(Place::Elsewhere, &ty).rust
    });
    out.gap();
    out.doc("Everything at once.");
    out.block("pub mod system {", "}", |out| {
        out.line("use super::_codegen;");
        out.gap();
        out.doc("That everything is stale.");
        out.line("#[must_use = \"a change clears nothing until it is applied or recorded\"]");
        out.line("pub struct Change(_codegen::Draft, ());");
        out.gap();
        out.doc(
            "Every cache of the scope is to be cleared, and clients are to drop all they hold.",
        );
        out.block("pub fn delete() -> Change {", "}", |out| {
            out.line("let action = _codegen::ErasedAction::Delete;");
            out.line("Change(_codegen::Draft::new(&_codegen::SYSTEM, action, None, 0), ())");
        });
        change::system(out, scope.as_deref());
    });
}

/// Clearing without telling.
pub(super) fn invalidate(out: &mut Text, shapes: &[Shape]) {
    out.gap();
    out.doc("Clears at once and silently; returns what was cleared.");
    out.block("pub mod invalidate {", "}", |out| {
        out.line("use super::_codegen;");
        for shape in shapes {
            let module = names::identifier(&shape.entity);
            let states = shape.states().into_iter();
            let generics: Vec<String> =
                std::iter::once("Action".to_owned()).chain(states).collect();
            let change = format!("super::{module}::{}", shape.any_change("Action"));
            let name = format!("pub fn {module}<{}>", generics.join(", "));
            let bounds = shape.bounds(&format!("super::{module}::"));
            clear(out, &shape.entity, &name, &change, &bounds);
        }
        clear(out, "system", "pub fn system", "super::system::Change", &[]);
    });
}

fn clear(out: &mut Text, entity: &str, name: &str, change: &str, bounds: &[String]) {
    out.gap();
    out.doc(&format!("What a change of `{entity}` makes stale."));
    let function = Function {
        name,
        arguments: &[
            "cx: &_codegen::Cachex".to_owned(),
            format!("change: {change}"),
        ],
        returns: "Vec<_codegen::Region>",
        bounds,
    };
    out.function(&function, "cx.invalidate(change)");
}

/// Telling without clearing.
pub(super) fn notify(out: &mut Text, shapes: &[Shape]) {
    out.gap();
    out.doc("Sends one event and clears nothing. An identity that is `Unknown` means the list as a whole.");
    out.block("pub mod notify {", "}", |out| {
        out.line("use super::_codegen;");
        for shape in shapes {
            tell(out, shape);
        }
    });
}

fn tell(out: &mut Text, shape: &Shape) {
    let module = names::identifier(&shape.entity);
    let (id, scalar) = (format!("super::{module}::Id"), &shape.scalar_elsewhere);
    out.gap();
    out.doc(&format!("That a `{}` was changed.", shape.entity));
    let function = Function {
        name: &format!("pub fn {module}"),
        arguments: &[
            "cx: &_codegen::Cachex".to_owned(),
            format!("id: impl _codegen::Give<{id}>"),
            "action: _codegen::ErasedAction".to_owned(),
        ],
        returns: "_codegen::Apply",
        bounds: &[],
    };
    let id = format!("_codegen::id::<{scalar}, {id}>(id)");
    out.function(
        &function,
        &format!("cx.notify(_codegen::notice(super::{module}::entity(), {id}, action))"),
    );
}
