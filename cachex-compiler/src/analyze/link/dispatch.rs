//! Enums that hand the methods of a trait on to what their variants hold: `#[enum_dispatch]`.

use super::solve::{Method, STEPS};
use super::symbols::{Sym, last_of};
use super::types::{TyId, Type};
use super::world::{AdtId, Def, Owner, World, u32_of};
use crate::analyze::rust::tree::{ItemKind, Variant};

impl<'a> World<'a> {
    /// The methods of a name that the values in an enum's variants have of their traits.
    pub(super) fn methods_of_variants(&mut self, ty: TyId, name: Sym) -> Vec<Method> {
        let Type::Adt(adt, _) = *self.type_of(ty) else {
            return Vec::new();
        };
        // A variant may hold the enum again, and that of another type.
        if self.project_depth > STEPS {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.project_depth += 1;
        for index in 0..self.handing_variants(adt).len() {
            if let Some(held) = self.held_by_variant(ty, adt, u32_of(index)) {
                found.extend(self.methods(held, name));
            }
        }
        self.project_depth -= 1;
        found.retain(|method| self.of_some_trait(method));
        found
    }

    fn handing_variants(&self, adt: AdtId) -> &'a [Variant] {
        let item = self.adts.get(adt.index());
        let item = item.and_then(|found| self.item(found.file, found.item));
        let Some(item) = item else {
            return &[];
        };
        let mut paths = item.attributes.iter().map(|attribute| &attribute.path);
        match &item.kind {
            ItemKind::Enum { variants, .. }
                if paths.any(|path| last_of(path) == "enum_dispatch") =>
            {
                variants
            }
            _ => &[],
        }
    }

    /// What a variant holds; one without fields is short for the type of its name.
    fn held_by_variant(&mut self, ty: TyId, adt: AdtId, index: u32) -> Option<TyId> {
        let fields = self.all_fields(ty, Some(index));
        match &*fields {
            [(_, held)] => Some(*held),
            [] => self.named_like_variant(adt, index),
            _ => None,
        }
    }

    fn named_like_variant(&mut self, adt: AdtId, index: u32) -> Option<TyId> {
        let variant = self.handing_variants(adt).get(index as usize)?;
        let (file, scope) = self
            .adts
            .get(adt.index())
            .map(|found| (found.file, found.scope))?;
        let name = self.sym(file, variant.name);
        let defs = self.segments(scope, &[name], false).defs;
        defs.iter().find_map(|def| match def {
            Def::Adt(held) => Some(self.ty(Type::Adt(*held, Box::default()))),
            _ => None,
        })
    }

    fn of_some_trait(&self, method: &Method) -> bool {
        let found = self.fns.get(method.function.index());
        match found.map(|found| found.owner) {
            Some(Owner::Trait(_)) => true,
            Some(Owner::Impl(id)) => self.impl_trait(id).is_some(),
            _ => false,
        }
    }
}
