//! Functions as facts: paths, attributes of their own and those around them, parameters.

use super::finish::place;
use super::program::Program;
use super::types::Ctx;
use super::world::{FileIx, FnId, Owner};
use crate::analyze::facts::{Attribute, Function, Parameter};
use crate::analyze::rust::tree::{Attr, ItemKind, Name};

pub(super) fn function_of(program: &mut Program<'_>, function: FnId) -> Option<Function> {
    let (file, item, scope, owner) = program
        .world
        .fns
        .get(function.index())
        .map(|found| (found.file, found.item, found.scope, found.owner))?;
    let item = program.world.item(file, item)?;
    let ItemKind::Fn(head) = &item.kind else {
        return None;
    };
    let name = program
        .world
        .text(program.world.sym(file, item.name?))
        .to_owned();
    let scope_of_item = if head.inner.is_empty() {
        scope
    } else {
        program.world.modules.get(scope.index())?.parent?
    };
    let module = program
        .world
        .modules
        .get(scope_of_item.index())?
        .path
        .clone();
    let (owner_path, trait_path) = owner_of(program, owner);
    let path = match &owner_path {
        Some(owner) => format!("{}::{name}", owner.split('<').next().unwrap_or(owner)),
        None => format!("{module}::{name}"),
    };
    let attributes = item
        .attributes
        .iter()
        .map(|attribute| attribute_of(program, scope, file, attribute))
        .collect();
    let inherited = inherited(program, owner, scope_of_item);
    let mut ctx = Ctx::at(scope, file);
    ctx.self_ty = program.signature(function).self_ty;
    let parameters = head
        .params
        .iter()
        .map(|param| {
            let mut names: Vec<Name> = Vec::new();
            crate::analyze::rust::bound_names(&param.pat, &mut names);
            let ty = program.world.lower(&param.ty, &ctx);
            Parameter {
                names: names
                    .into_iter()
                    .map(|name| program.world.text(program.world.sym(file, name)).to_owned())
                    .collect(),
                ty: param.text.clone(),
                resolved: if ty == super::types::UNKNOWN {
                    String::new()
                } else {
                    program.world.show(ty)
                },
            }
        })
        .collect();
    let body = place(program, file, item.range).span;
    let place = place(program, file, item.name_at);
    Some(Function {
        path,
        name,
        owner: owner_path,
        trait_path,
        place,
        body,
        attributes,
        inherited,
        parameters,
        returns: head.returns_text.clone(),
        tells: program.telling.contains(&function),
    })
}

pub(super) fn owner_of(program: &Program<'_>, owner: Owner) -> (Option<String>, Option<String>) {
    match owner {
        Owner::Free => (None, None),
        Owner::Impl(id) => {
            let of = program
                .world
                .impl_trait(id)
                .map(|of| program.world.show_def(of.def));
            (Some(program.world.show(program.world.impl_type(id))), of)
        }
        Owner::Trait(id) => {
            let path = program
                .world
                .traits
                .get(id.index())
                .map(|found| found.path.clone());
            (path.clone(), path)
        }
    }
}

pub(super) fn attribute_of(
    program: &mut Program<'_>,
    scope: super::world::ModId,
    file: FileIx,
    attribute: &Attr,
) -> Attribute {
    Attribute {
        path: super::attributed::resolved_path(program, scope, &attribute.path),
        tokens: attribute.tokens.clone(),
        tokens_start: attribute.tokens_start,
        place: place(program, file, attribute.range),
    }
}

/// Attributes of the impl or trait and of the modules around, innermost first.
pub(super) fn inherited(
    program: &mut Program<'_>,
    owner: Owner,
    scope: super::world::ModId,
) -> Vec<Attribute> {
    let around = match owner {
        Owner::Free => None,
        Owner::Impl(id) => program
            .world
            .impls
            .get(id.index())
            .map(|found| (found.file, found.item)),
        Owner::Trait(id) => program
            .world
            .traits
            .get(id.index())
            .map(|found| (found.file, found.item)),
    };
    let mut all: Vec<(FileIx, Attr)> = Vec::new();
    if let Some((file, item)) = around {
        all.extend(
            program
                .world
                .item(file, item)
                .map_or(&[][..], |item| &item.attributes)
                .iter()
                .map(|attribute| (file, attribute.clone())),
        );
    }
    let mut at = Some(scope);
    while let Some(module) = at.and_then(|at| program.world.modules.get(at.index())) {
        if let Some((file, item)) = module.item {
            let item = program.world.item(file, item);
            let attributes = item.into_iter().flat_map(|item| &item.attributes);
            all.extend(attributes.map(|attribute| (file, attribute.clone())));
        }
        if let Some(file) = program.world.files.get(module.file.index())
            && !module.block
        {
            let own_file = module
                .parent
                .and_then(|parent| program.world.modules.get(parent.index()))
                .is_none_or(|parent| parent.file != module.file);
            all.extend(
                file.tree()
                    .attributes
                    .iter()
                    .filter(|_| own_file)
                    .map(|attribute| (module.file, attribute.clone())),
            );
        }
        at = module.parent;
    }
    all.retain(|(_, attribute)| {
        !matches!(
            attribute.path.as_str(),
            "cfg"
                | "allow"
                | "warn"
                | "deny"
                | "expect"
                | "derive"
                | "path"
                | "macro_use"
                | "async_trait"
        )
    });
    all.into_iter()
        .map(|(file, attribute)| attribute_of(program, scope, file, &attribute))
        .collect()
}
