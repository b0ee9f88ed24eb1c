//! Functions that a constant holds: a table of jobs, a list of checks.
//!
//! A body that reads the constant calls what it holds where it calls a field of that name, or a variable. What it never
//! calls so, it hands on to whoever gets the constant.

use super::Body;
use crate::analyze::facts::Via;
use crate::analyze::link::program::DraftId;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::link::world::FnId;
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};

/// What the constants that a body reads hold.
#[derive(Default)]
pub(super) struct HeldFunctions {
    /// How many constants are being read inside of each other.
    pub(super) depth: usize,
    /// Where the outermost of them is named.
    at: Range,
    found: Vec<Held>,
}

struct Held {
    /// The field it stands in; none for an element of a list.
    field: Option<Sym>,
    function: FnId,
    ty: TyId,
    at: Range,
    /// The part of the body that reads the constant.
    draft: DraftId,
    called: bool,
}

/// More functions are not told apart.
const MOST: usize = 200;

impl<'a> Body<'_, 'a> {
    pub(super) fn reads_at(&mut self, range: Range) {
        if self.held.depth == 0 {
            self.held.at = range;
        }
    }

    /// An element of a list that is a function, or a tuple with one.
    pub(super) fn holds(&mut self, element: ExprId, ty: TyId) {
        match self.program.world.type_of(ty).clone() {
            Type::Func(..) if self.held.depth > 0 => self.keep_function(None, ty),
            Type::Func(..) => self.handed_on(element, ty),
            Type::Tuple(parts) => {
                for part in &parts {
                    self.holds(element, *part);
                }
            }
            _ => {}
        }
    }

    /// A field's value in a constant; false anywhere else.
    pub(super) fn holds_in_field(&mut self, field: Sym, ty: TyId) -> bool {
        let held = self.held.depth > 0 && matches!(self.program.world.type_of(ty), Type::Func(..));
        if held {
            self.keep_function(Some(field), ty);
        }
        held
    }

    fn keep_function(&mut self, field: Option<Sym>, ty: TyId) {
        let Type::Func(function, _) = *self.program.world.type_of(ty) else {
            return;
        };
        let draft = self.draft();
        let mut known = self.held.found.iter();
        let again = known.any(|held| held.field == field && held.ty == ty);
        if !again && self.held.found.len() < MOST {
            self.held.found.push(Held {
                field,
                function,
                ty,
                at: self.held.at,
                draft,
                called: false,
            });
        }
    }

    /// `(job.run)(db)`, `check(db)`: what that field, or that list, holds in the constants read so far.
    pub(super) fn called_held(
        &mut self,
        callee: ExprId,
        range: Range,
        args: &'a [ExprId],
    ) -> Option<TyId> {
        if self.held.found.is_empty() {
            return None;
        }
        let field = self.field_called(callee);
        let fitting = self.held.found.iter_mut();
        let fitting: Vec<TyId> = fitting
            .filter(|held| held.field == field)
            .map(|held| {
                held.called = true;
                held.ty
            })
            .collect();
        let mut returns = None;
        for ty in fitting {
            let Type::Func(function, subst) = self.program.world.type_of(ty).clone() else {
                continue;
            };
            let method = self.method_of(function, &subst);
            let given = self.edges(&[method], &[], range, args, Via::Call, None);
            returns = returns.or(Some(given));
        }
        returns
    }

    fn field_called(&self, callee: ExprId) -> Option<Sym> {
        match &self.expr(callee)?.kind {
            ExprKind::Same(inner) | ExprKind::Unary(inner) => self.field_called(*inner),
            ExprKind::Field { name, .. } => Some(self.sym(*name)),
            _ => None,
        }
    }

    /// What this body does not call itself is called by whoever gets it.
    pub(super) fn hand_on_held(&mut self) {
        for held in std::mem::take(&mut self.held.found) {
            let Type::Func(_, subst) = self.program.world.type_of(held.ty).clone() else {
                continue;
            };
            if held.called {
                continue;
            }
            let method = self.method_of(held.function, &subst);
            let via = if self.answers_by_attribute(held.function) {
                Via::Register
            } else {
                Via::Call
            };
            self.drafts.push(held.draft);
            self.edges(&[method], &[], held.at, &[], via, None);
            self.drafts.pop();
        }
    }
}
