//! One body: what type each expression has, what it calls, and which statements it holds.
//!
//! A walk in source order with the local variables' types at hand. Chains of methods and operators are walked in
//! loops; nesting is bounded by the parser.

mod active;
mod answer;
mod builder;
mod builtin;
mod call;
mod change;
mod conflict;
mod derived;
mod diesel;
mod edges;
mod expr;
mod extension;
mod flow;
mod form;
mod generated;
mod given;
mod held;
mod macros;
mod method;
mod pattern;
mod rbatis;
mod record;
mod result;
mod route;
mod saved;
mod seaorm;
mod seaquery;
mod select;
mod served;
mod spawn;
mod stated;
mod text;
mod value;
mod words;
mod wrapped;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::program::{DraftId, Program};
use super::signature::Signature;
use super::symbols::Sym;
use super::types::{Ctx, TyId, Type, UNKNOWN};
use super::world::{FileIx, FnId};
use crate::analyze::facts::{Form, Via};
use crate::analyze::rust::tree::{Expr, ExprId, Range, Tree};

/// The walk through one body.
pub(super) struct Body<'p, 'a> {
    pub program: &'p mut Program<'a>,
    pub function: FnId,
    pub file: FileIx,
    pub tree: &'a Tree,
    pub ctx: Ctx,
    pub signature: Rc<Signature>,
    pub(super) locals: Vec<(Sym, TyId)>,
    /// Columns assigned to a local active model so far.
    pub(super) assigned: BTreeMap<Sym, Vec<String>>,
    /// Statements in the making that set columns which are hidden.
    pub(super) hidden: BTreeSet<u32>,
    /// What a local text holds.
    pub(super) texts: BTreeMap<Sym, String>,
    /// Whether a literal begins a text that may grow.
    pub(super) grows: bool,
    /// Fields that an active model set when an expression made it, by the expression's file and end.
    pub(super) begun: BTreeMap<(FileIx, u32), Vec<String>>,
    /// The function that a call was of, by its file and end.
    pub(super) made: BTreeMap<(FileIx, u32), FnId>,
    /// Where the task was spawned whose handle a variable is.
    pub(super) handles: BTreeMap<Sym, Range>,
    /// The draft that calls and statements go to, innermost last.
    pub(super) drafts: Vec<DraftId>,
    /// How a literal here would be written.
    pub(super) form: Form,
    /// Types of the values that `return` gives.
    pub(super) returned: Vec<TyId>,
    /// How the next call of a function is made: a spawn around it says so.
    pub(super) next_via: Via,
    /// Functions that constants read here hold.
    held: held::HeldFunctions,
}

/// Looks at a draft's body.
pub(super) fn look_at(program: &mut Program<'_>, draft: DraftId) {
    let Some((function, subst, self_ty)) = program
        .drafts
        .get(draft.0 as usize)
        .map(|draft| (draft.function, draft.subst.clone(), draft.self_ty))
    else {
        return;
    };
    let Some((file, scope)) = program
        .world
        .fns
        .get(function.index())
        .map(|found| (found.file, found.scope))
    else {
        return;
    };
    let Some(item) = program.fn_item(function) else {
        return;
    };
    let Some(body) = item.body else { return };
    let Some(whole) = program.item_of(function) else {
        return;
    };
    let Some(tree) = program.world.tree(file) else {
        return;
    };
    let signature = program.signature(function);
    let mut ctx = Ctx::at(scope, file);
    // Parameters that are not told apart stand for themselves, so that their bounds are found.
    for name in signature.bounds.keys() {
        let ty = subst
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, ty)| *ty);
        let ty = ty.unwrap_or_else(|| program.world.ty(Type::Param(*name)));
        ctx.subst.push((*name, ty));
    }
    ctx.subst.extend(
        subst
            .iter()
            .filter(|(name, _)| !signature.bounds.contains_key(name)),
    );
    let applied = ctx.subst.clone();
    ctx.self_ty = self_ty.map(|ty| program.world.apply(ty, &applied));
    let mut walk = Body {
        program,
        function,
        file,
        tree,
        ctx,
        signature,
        locals: Vec::new(),
        assigned: BTreeMap::new(),
        hidden: BTreeSet::new(),
        texts: BTreeMap::new(),
        grows: false,
        begun: BTreeMap::new(),
        made: BTreeMap::new(),
        handles: BTreeMap::new(),
        drafts: vec![draft],
        form: Form::SqlLiteral,
        returned: Vec::new(),
        next_via: Via::Call,
        held: held::HeldFunctions::default(),
    };
    walk.program.asked.clear();
    let additions = walk.program.routes.additions;
    walk.stated(whole);
    walk.parameters(item);
    let mut value = walk.eval(body, UNKNOWN);
    if value == UNKNOWN
        || matches!(walk.program.world.type_of(value), Type::Tuple(elements) if elements.is_empty())
    {
        value = walk
            .returned
            .iter()
            .copied()
            .find(|ty| *ty != UNKNOWN)
            .unwrap_or(value);
    }
    walk.keep_value(value);
    walk.hand_on_held();
    if program.routes.additions != additions || program.world.derives_in(file) {
        program.telling.insert(function);
    }
}

impl<'a> Body<'_, 'a> {
    pub(super) fn world(&mut self) -> &mut super::world::World<'a> {
        &mut self.program.world
    }

    pub(super) fn sym(&self, name: crate::analyze::rust::tree::Name) -> Sym {
        self.program.world.sym(self.file, name)
    }

    pub(super) fn is(&self, sym: Sym, text: &str) -> bool {
        self.program.world.text(sym) == text
    }

    pub(super) fn expr(&self, id: ExprId) -> Option<&'a Expr> {
        self.tree.exprs().get(id.0 as usize)
    }

    pub(super) fn range(&self, id: ExprId) -> Range {
        self.expr(id).map_or(Range::default(), |expr| expr.range)
    }

    fn parameters(&mut self, item: &'a crate::analyze::rust::tree::FnItem) {
        if item.method
            && let Some(self_ty) = self.ctx.self_ty
        {
            let name = self.world().symbols.intern("self");
            self.locals.push((name, self_ty));
        }
        let signature = Rc::clone(&self.signature);
        let subst = self.ctx.subst.clone();
        for (param, ty) in item.params.iter().zip(&signature.params) {
            let ty = self.world().apply(*ty, &subst);
            self.bind(&param.pat, ty);
        }
    }

    /// A hidden or erased return type is as good as the value the body gives.
    fn keep_value(&mut self, value: TyId) {
        let declared = self.signature.returns;
        let hides = match self.program.world.type_of(declared) {
            Type::Opaque(_) => true,
            Type::External(..) => matches!(
                self.program.world.type_of(value),
                Type::Router(_) | Type::Methods(_)
            ),
            _ => false,
        };
        let function = self.function;
        if hides && value != UNKNOWN {
            self.program.bodies.entry(function).or_insert(value);
            self.program.telling.insert(function);
        }
        if let Type::Router(node) = *self.program.world.type_of(value) {
            self.program.routes.returned(function, node);
        }
    }

    pub(super) fn local(&self, name: Sym) -> Option<TyId> {
        self.locals
            .iter()
            .rev()
            .find(|(known, _)| *known == name)
            .map(|(_, ty)| *ty)
    }

    pub(super) fn set_local(&mut self, name: Sym, ty: TyId) {
        if let Some(found) = self
            .locals
            .iter_mut()
            .rev()
            .find(|(known, _)| *known == name)
        {
            found.1 = ty;
        }
    }

    pub(super) fn draft(&self) -> DraftId {
        self.drafts.last().copied().unwrap_or(DraftId(0))
    }

    pub(super) fn with_form<T>(&mut self, form: Form, step: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.form, form);
        let result = step(self);
        self.form = before;
        result
    }

    pub(super) fn scoped<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.locals.len();
        let result = step(self);
        self.locals.truncate(depth);
        result
    }
}
