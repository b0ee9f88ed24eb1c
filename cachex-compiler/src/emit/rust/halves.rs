//! What stands beside the entities' modules: `system`, what their changes have in common, and the two halves of a change
//! by themselves.

use super::cache::scope_type;
use super::change::{self, Setters, Shape};
use super::names;
use super::text::{Function, Text};
use super::types::{Place, Types};
use crate::model::Schema;

/// The reserved entity without identity: everything at once.
pub(super) fn system(out: &mut Text, schema: &Schema) {
    out.gap();
    out.doc("Everything at once.");
    out.block("pub mod system {", "}", |out| {
        out.line("use super::_codegen;");
        out.gap();
        out.doc("Stands for everything where a type is asked for.");
        out.line("pub enum Entity {}");
        out.gap();
        out.block("impl _codegen::Written for Entity {", "}", |out| {
            out.line("const INDEX: u32 = _codegen::SYSTEM.index;");
            out.line("type Identity = _codegen::Plain<_codegen::Uuid>;");
        });
        if schema.scope.is_some() {
            out.gap();
            out.line("impl _codegen::Scoped for Entity {}");
        }
        out.gap();
        out.doc("That everything is stale.");
        out.line("pub type Change = super::_changes::Change<Entity, _codegen::Deleted>;");
        out.gap();
        out.doc(
            "Every cache of the scope is to be cleared, and clients are to drop all they hold.",
        );
        out.block("pub fn delete() -> Change {", "}", |out| {
            out.line("super::_changes::begin(_codegen::Side::Unknown)");
        });
    });
}

/// What the changes of all entities have in common.
pub(super) fn changes(out: &mut Text, types: &Types<'_>, schema: &Schema, setters: &Setters) {
    let scope = schema
        .scope
        .as_ref()
        .map_or_else(String::new, |(_, scalar)| {
            let ty = scope_type(*scalar);
            types.written(Place::Elsewhere, &ty).rust
        });
    out.gap();
    out.doc("A change while it is being told.");
    out.block("pub mod _changes {", "}", |out| {
        out.line("use super::_codegen;");
        out.gap();
        out.line(&format!("_codegen::changes!({scope});"));
        change::shared(out, setters);
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
            let (generics, change) = if shape.needs() {
                let told = format!("Told: _codegen::Complete<super::{module}::Entity>");
                (format!("Action, {told}"), "Change<Action, Told>")
            } else {
                ("Action".to_owned(), "Change<Action>")
            };
            let name = format!("pub fn {module}<{generics}>");
            clear(
                out,
                &shape.entity,
                &name,
                &format!("super::{module}::{change}"),
            );
        }
        clear(out, "system", "pub fn system", "super::system::Change");
    });
}

fn clear(out: &mut Text, entity: &str, name: &str, change: &str) {
    out.gap();
    out.doc(&format!("What a change of `{entity}` makes stale."));
    let function = Function {
        name,
        arguments: &[
            "cx: &_codegen::Cachex".to_owned(),
            format!("change: {change}"),
        ],
        returns: "Vec<_codegen::Region>",
        bounds: &[],
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
    out.gap();
    out.doc(&format!("That a `{}` was changed.", shape.entity));
    let function = Function {
        name: &format!("pub fn {module}"),
        arguments: &[
            "cx: &_codegen::Cachex".to_owned(),
            format!("id: impl _codegen::Give<super::{module}::Id>"),
            "action: _codegen::ErasedAction".to_owned(),
        ],
        returns: "_codegen::Apply",
        bounds: &[],
    };
    out.function(
        &function,
        &format!("_codegen::notify::<super::{module}::Entity>(cx, &super::SCHEMA, id, action)"),
    );
}
