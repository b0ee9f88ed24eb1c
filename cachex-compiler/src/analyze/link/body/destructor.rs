//! What a value does when nobody needs it any more: whoever makes one of a type with a destructor has it run, be it
//! when its callers let go of it.

use super::Body;
use crate::analyze::facts::Via;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::link::world::{Def, FnId, Owner};
use crate::analyze::rust::tree::Range;

impl Body<'_, '_> {
    /// A value was made that will be dropped some day.
    pub(super) fn let_go(&mut self, ty: TyId, made: Range) {
        let Some(name) = self.program.world.symbols.get("drop") else {
            return;
        };
        let is_adt = matches!(self.program.world.type_of(ty), Type::Adt(..));
        if !is_adt || self.program.world.methods_named(name).is_empty() {
            return;
        }
        let mut methods = self.methods(ty, name);
        methods.retain(|method| self.is_destructor(method.function));
        self.edges(&methods, &[], made, &[], Via::Call, None);
    }

    fn is_destructor(&self, function: FnId) -> bool {
        let world = &self.program.world;
        let found = world.fns.get(function.index());
        let Some(Owner::Impl(id)) = found.map(|found| found.owner) else {
            return false;
        };
        match world.impl_trait(id).map(|of| of.def) {
            Some(Def::External(of)) => world.text(of).rsplit("::").next() == Some("Drop"),
            _ => false,
        }
    }
}
