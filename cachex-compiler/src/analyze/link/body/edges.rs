//! Calls of functions of these sources, as edges of the call graph.

use super::Body;
use crate::analyze::facts::Via;
use crate::analyze::link::program::Target;
use crate::analyze::link::signature::Signature;
use crate::analyze::link::solve::Method;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Subst, TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, Range};

impl Body<'_, '_> {
    /// Writes down a call of each function, and gives the first one's return type.
    pub(super) fn edges(
        &mut self,
        methods: &[Method],
        subst: &[(Sym, TyId)],
        range: Range,
        args: &[ExprId],
        via: Via,
        _receiver: Option<TyId>,
    ) -> TyId {
        let mut returns = UNKNOWN;
        for (index, method) in methods.iter().enumerate() {
            let mut all: Subst = subst.to_vec();
            all.extend(
                method
                    .subst
                    .iter()
                    .filter(|(name, _)| !subst.iter().any(|(known, _)| known == name))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            let signature = self.program.signature(method.function);
            if method.self_ty != UNKNOWN
                && let Some(own) = signature.self_ty
            {
                self.program.world.unify(own, method.self_ty, &mut all);
            }
            if index == 0 {
                returns = self.returned_by(method, &signature, &all);
            }
            if !self.program.world.has_body(method.function) {
                continue;
            }
            let own: Subst = all
                .iter()
                .map(|(name, ty)| {
                    (
                        *name,
                        self.program.world.apply(*ty, &self.ctx.subst.clone()),
                    )
                })
                .collect();
            let draft = self.program.instance(
                method.function,
                &own,
                Some(method.self_ty).filter(|ty| *ty != UNKNOWN),
            );
            self.called(range, Target::Draft(draft), args, via, method.how);
        }
        returns
    }

    fn returned_by(&mut self, method: &Method, signature: &Signature, subst: &Subst) -> TyId {
        self.program.asked.push(method.function);
        if let Some(value) = self.program.bodies.get(&method.function).copied()
            && !matches!(self.program.world.type_of(value), Type::Router(_))
        {
            return value;
        }
        if let Some(node) = self.program.router_of(method.function) {
            return self.world().ty(Type::Router(node));
        }
        let mut subst = subst.clone();
        let self_sym = self.world().symbols.intern("Self");
        if method.self_ty != UNKNOWN {
            subst.push((self_sym, method.self_ty));
        }
        let returns = self.world().apply(signature.returns, &subst);
        // A parameter nobody told stays unknown: outside of the function its name means nothing.
        match *self.program.world.type_of(returns) {
            Type::Param(name) if !self.signature.bounds.contains_key(&name) => UNKNOWN,
            _ => returns,
        }
    }
}
