//! Methods that a framework calls: those of foreign traits which nothing here calls.

use super::symbols::last_of;
use std::collections::BTreeSet;

use super::attributed::described;
use super::orm::derives;
use super::outside::handed_over;
use super::program::{Program, Target};
use super::roots::DraftRoot;
use super::world::{Def, FnId, ImplId, Owner};
use crate::analyze::facts::RootKind;
use crate::analyze::rust::tree::ItemKind;

/// Traits whose methods run as a part of whoever uses the value.
pub(super) const PASSIVE: &[&str] = &[
    "Display",
    "Debug",
    "From",
    "TryFrom",
    "Into",
    "TryInto",
    "FromStr",
    "Default",
    "Clone",
    "Deref",
    "DerefMut",
    "AsRef",
    "AsMut",
    "Borrow",
    "Hash",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Not",
    "Neg",
    "Index",
    "IndexMut",
    "Iterator",
    "IntoIterator",
    "FromIterator",
    "Extend",
    "Error",
    "Serialize",
    "Deserialize",
    "Visitor",
    "FromRow",
    "Type",
    "Encode",
    "Decode",
    "ToSql",
    "FromSql",
    "Queryable",
    "IntoResponse",
    "Responder",
    "ResponseError",
    "FromRequest",
    "FromRequestParts",
    "OptionalFromRequestParts",
    "FromRef",
    "Future",
    "Stream",
    "ActiveModelBehavior",
    "RelationTrait",
    "Related",
    "EntityName",
    "Iden",
    "Parser",
    "Args",
    "Read",
    "Write",
    "Fn",
    "FnMut",
    "FnOnce",
    "ToSchema",
    "IntoParams",
    "MigrationName",
    "MigratorTrait",
    "MigrationTrait",
    "Termination",
    "Validate",
];

/// Methods of foreign traits that nothing here calls: the framework does. And annotated functions nothing calls.
pub(super) fn callbacks(program: &mut Program<'_>, roots: &mut Vec<DraftRoot>) {
    let mut called: BTreeSet<FnId> = BTreeSet::new();
    for draft in &program.drafts {
        for call in &draft.calls {
            if let Target::Draft(target) = call.target
                && let Some(target) = program.drafts.get(target.0 as usize)
                && target.function != draft.function
            {
                called.insert(target.function);
            }
        }
    }
    let known: BTreeSet<FnId> = roots
        .iter()
        .filter_map(|root| program.drafts.get(root.draft.0 as usize))
        .map(|draft| draft.function)
        .collect();
    for index in 0..program.world.fns.len() {
        let function = FnId(super::world::u32_of(index));
        if called.contains(&function)
            || known.contains(&function)
            || !program.world.has_body(function)
        {
            continue;
        }
        let Some((file, item, owner)) = program
            .world
            .fns
            .get(index)
            .map(|found| (found.file, found.item, found.owner))
        else {
            continue;
        };
        let Some(item) = program.world.item(file, item) else {
            continue;
        };
        let annotated = is_annotated(program, function);
        let kind = match owner {
            _ if annotated => RootKind::Annotated,
            Owner::Impl(id) if calls_back(program, id) => RootKind::Callback,
            _ if handed_over(program, function) => RootKind::Callback,
            _ => continue,
        };
        let draft = program.instance(function, &Vec::new(), None);
        let route = described(program, function).map(|(method, path)| format!("{method} {path}"));
        roots.push(DraftRoot {
            kind,
            route,
            draft,
            file,
            at: item.name_at,
            layers: Vec::new(),
        });
    }
    program.drain();
}

/// Whether it has `#[invalidates]`, under whichever path.
pub(super) fn is_annotated(program: &Program<'_>, function: FnId) -> bool {
    let found = program.world.fns.get(function.index());
    let item = found.and_then(|found| program.world.item(found.file, found.item));
    let attributes = item.map_or(&[][..], |item| &item.attributes);
    attributes
        .iter()
        .any(|attribute| last_of(&attribute.path) == "invalidates")
}

pub(super) fn calls_back(program: &Program<'_>, id: ImplId) -> bool {
    let Some(Def::External(of)) = program.world.impl_trait(id).map(|of| of.def) else {
        return false;
    };
    let text = program.world.text(of);
    let last = last_of(text);
    let derived = program
        .world
        .impls
        .get(id.index())
        .and_then(|found| program.world.item(found.file, found.item))
        .is_some_and(|item| {
            matches!(item.kind, ItemKind::Impl { .. }) && derives(&item.attributes, &[])
        });
    !derived && !PASSIVE.contains(&last)
}
