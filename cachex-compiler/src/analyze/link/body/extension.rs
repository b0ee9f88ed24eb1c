//! Methods that traits of these sources give to types outside, and what handles a message sent to an actor: both are
//! found by what they are for.

use super::Body;
use super::words::{BORING, COMMON_METHODS};
use crate::analyze::facts::{Resolution, Via};
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::link::world::{Def, ImplId, Owner, TraitId};
use crate::analyze::rust::tree::Range;

/// What sends a message to an actor: actix, xtra, kameo, coerce.
const SENDS: [&str; 9] = [
    "send",
    "do_send",
    "try_send",
    "send_async",
    "ask",
    "tell",
    "cast",
    "notify",
    "issue_async",
];

impl Body<'_, '_> {
    /// `tx.rename(…)` where `impl<T: Acquire> Posts for T`: what the bound asks for stands outside, and is taken to be
    /// met by what the trait is imported for, or where nothing else has such a name.
    pub(super) fn of_extension(&mut self, receiver: TyId, name: Sym) -> Vec<Method> {
        let text = self.program.world.text(name);
        if BORING.contains(text) {
            return Vec::new();
        }
        let common = COMMON_METHODS.contains(text);
        let all = self.program.world.methods_named(name).to_vec();
        let mut traits: Vec<TraitId> = all
            .iter()
            .filter_map(
                |function| match self.program.world.fns.get(function.index())?.owner {
                    Owner::Trait(of) => Some(of),
                    Owner::Impl(_) | Owner::Free => None,
                },
            )
            .collect();
        traits.retain(|of| self.is_for_all(*of) && (!common || self.imports(*of)));
        let [of] = traits.as_slice() else {
            return Vec::new();
        };
        let found = self.world().methods_of_trait(*of, name, &mut Vec::new());
        found
            .into_iter()
            .filter(|method| self.is_open(method.self_ty))
            .map(|method| Method {
                self_ty: receiver,
                how: Resolution::Name,
                ..method
            })
            .collect()
    }

    /// Whether a trait is implemented for a parameter.
    fn is_for_all(&self, of: TraitId) -> bool {
        let found = self.program.world.traits.get(of.index());
        let mut impls = found.into_iter().flat_map(|found| &found.impls);
        impls.any(|id| self.is_open(self.program.world.impl_type(*id)))
    }

    fn is_open(&self, ty: TyId) -> bool {
        matches!(self.program.world.type_of(ty), Type::Param(_))
    }

    fn imports(&mut self, of: TraitId) -> bool {
        let scope = self.ctx.scope;
        scope.is_some_and(|scope| self.world().imports_by_name(scope, Def::Trait(of)))
    }

    /// `actor.send(Rename { … })`: what `impl Handler<Rename> for Posts` does.
    pub(super) fn delivered(&mut self, method: &str, given: &[TyId], range: Range) {
        let Some(message) = given.first().filter(|_| SENDS.contains(&method)) else {
            return;
        };
        let Some(name) = self.program.world.symbols.get("handle") else {
            return;
        };
        let all = self.program.world.methods_named(name).to_vec();
        let handles: Vec<Method> = all
            .into_iter()
            .filter_map(|function| {
                let Owner::Impl(id) = self.program.world.fns.get(function.index())?.owner else {
                    return None;
                };
                self.takes(id, *message).then(|| Method {
                    function,
                    subst: Vec::new(),
                    self_ty: self.program.world.impl_type(id),
                    how: Resolution::Type,
                })
            })
            .collect();
        self.edges(&handles, &[], range, &[], Via::Call, None);
    }

    /// Whether an implementation is of a trait outside, for messages of a type.
    fn takes(&self, id: ImplId, message: TyId) -> bool {
        let world = &self.program.world;
        let Type::Adt(message, _) = world.type_of(message) else {
            return false;
        };
        let Some(of) = world.impl_trait(id) else {
            return false;
        };
        let mut args = of.args.iter();
        matches!(of.def, Def::External(_))
            && args.any(|arg| matches!(world.type_of(*arg), Type::Adt(adt, _) if adt == message))
    }
}
