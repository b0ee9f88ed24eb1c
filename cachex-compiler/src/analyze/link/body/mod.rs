//! One body: what type each expression has, what it calls, and which statements it holds.
//!
//! A walk in source order with the local variables' types at hand. Chains of methods and operators are walked in
//! loops; nesting is bounded by the parser.

mod builtin;
mod call;
mod change;
mod diesel;
mod form;
mod method;
mod pattern;
mod result;
mod route;
mod seaorm;
mod spawn;
mod text;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::program::{DraftCall, DraftId, DraftSite, DraftUnknown, Program, Signature, Target};
use super::symbols::Sym;
use super::types::{Ctx, TyId, Type, UNKNOWN};
use super::world::{FileIx, FnId};
use crate::analyze::facts::{ArgumentKind, Form, Part, Resolution, UnknownKind, Via};
use crate::analyze::rust::tree::{Expr, ExprId, ExprKind, Range, Stmt, Tree};

/// The walk through one body.
pub(super) struct Body<'p, 'a> {
    pub program: &'p mut Program<'a>,
    pub function: FnId,
    pub file: FileIx,
    pub tree: &'a Tree,
    pub ctx: Ctx,
    pub signature: Rc<Signature>,
    locals: Vec<(Sym, TyId)>,
    /// Columns assigned to a local active model so far.
    assigned: BTreeMap<Sym, Vec<String>>,
    /// Where the task was spawned whose handle a variable is.
    handles: BTreeMap<Sym, Range>,
    /// The draft that calls and statements go to, innermost last.
    drafts: Vec<DraftId>,
    /// How a literal here would be written.
    form: Form,
    /// Types of the values that `return` gives.
    returned: Vec<TyId>,
    /// How the next call of a function is made: a spawn around it says so.
    next_via: Via,
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
    let Some(tree) = program.world.files.get(file.index()).map(|file| file.tree) else {
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
        handles: BTreeMap::new(),
        drafts: vec![draft],
        form: Form::SqlLiteral,
        returned: Vec::new(),
        next_via: Via::Call,
    };
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
        self.tree.exprs.get(id.0 as usize)
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

    /// Runs a step whose calls and statements go to a part of their own.
    pub(super) fn in_part<T>(
        &mut self,
        range: Range,
        step: impl FnOnce(&mut Self) -> T,
    ) -> (DraftId, T) {
        let place = self
            .program
            .world
            .files
            .get(self.file.index())
            .map_or(crate::source::FileId(0), |file| file.id);
        let part = Part::Closure(crate::source::Span {
            file: place,
            start: range.start,
            end: range.end,
        });
        let id = self.program.part(self.draft(), part);
        self.drafts.push(id);
        let result = step(self);
        self.drafts.pop();
        (id, result)
    }

    pub(super) fn with_form<T>(&mut self, form: Form, step: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.form, form);
        let result = step(self);
        self.form = before;
        result
    }

    /// Writes down a call.
    pub(super) fn called(
        &mut self,
        range: Range,
        target: Target,
        arguments: &[ExprId],
        via: Via,
        how: Resolution,
    ) {
        let arguments = arguments.iter().map(|id| self.argument(*id)).collect();
        let file = self.file;
        let draft = self.draft();
        if let Some(draft) = self.program.drafts.get_mut(draft.0 as usize) {
            draft.calls.push(DraftCall {
                file,
                range,
                target,
                arguments,
                via,
                how,
            });
        }
    }

    fn argument(&self, id: ExprId) -> (String, Range, ArgumentKind) {
        let range = self.range(id);
        let Some(expr) = self.expr(id) else {
            return (String::new(), range, ArgumentKind::Other);
        };
        match &expr.kind {
            ExprKind::Str { text, .. } => (format!("{text:?}"), range, ArgumentKind::Literal),
            ExprKind::Lit(name) => (
                self.program.world.text(self.sym(*name)).to_owned(),
                range,
                ArgumentKind::Literal,
            ),
            ExprKind::Path(path) => {
                let text = path
                    .segments
                    .iter()
                    .map(|segment| self.program.world.text(self.sym(segment.name)))
                    .collect::<Vec<_>>()
                    .join("::");
                (text, range, ArgumentKind::Path)
            }
            ExprKind::Closure { .. } | ExprKind::Async(_) => {
                (String::new(), range, ArgumentKind::Closure)
            }
            ExprKind::Same(inner) => self.argument(*inner),
            _ => (String::new(), range, ArgumentKind::Other),
        }
    }

    /// Keeps a statement of this function.
    pub(super) fn statement(
        &mut self,
        file: FileIx,
        range: Range,
        form: Form,
        statement: crate::analyze::sql::Statement,
    ) -> Option<u32> {
        if let Some(reason) = &statement.problem {
            self.unknown(file, range, reason.clone());
            return None;
        }
        let function = self.function;
        let site = self.program.site(DraftSite {
            function,
            file,
            range,
            form,
            statement,
        });
        let draft = self.draft();
        if let Some(draft) = self.program.drafts.get_mut(draft.0 as usize)
            && !draft.sites.contains(&site)
        {
            draft.sites.push(site);
        }
        Some(site)
    }

    pub(super) fn unknown(&mut self, file: FileIx, at: Range, reason: String) {
        let function = Some(self.function);
        if !self
            .program
            .unknowns
            .iter()
            .rev()
            .take(64)
            .any(|known| known.file == file && known.at == at && known.function == function)
        {
            self.program.unknowns.push(DraftUnknown {
                function,
                file,
                at,
                reason,
                kind: UnknownKind::Statement,
            });
        }
    }

    /// The type of an expression; `expected` is what its surroundings want, or [`UNKNOWN`].
    pub(super) fn eval(&mut self, id: ExprId, expected: TyId) -> TyId {
        // The spine of a chain: what a method is called on, left operands, `?`, `.await`.
        let mut spine = vec![id];
        let mut at = id;
        while let Some(inner) = self.expr(at).and_then(|expr| spine_of(&expr.kind)) {
            spine.push(inner);
            at = inner;
        }
        let mut ty = UNKNOWN;
        let mut below = None;
        while let Some(id) = spine.pop() {
            let wanted = if spine.is_empty() {
                expected
            } else {
                self.wanted_below(&spine, expected)
            };
            ty = self.step(id, below.map(|_| ty), wanted);
            below = Some(id);
        }
        ty
    }

    /// `x.into()?` and `.await` pass on what is wanted only at the end of a chain.
    fn wanted_below(&self, spine: &[ExprId], expected: TyId) -> TyId {
        let passes = spine.iter().all(|id| {
            matches!(
                self.expr(*id).map(|expr| &expr.kind),
                Some(ExprKind::Same(_) | ExprKind::Await(_))
            )
        });
        if passes { expected } else { UNKNOWN }
    }

    /// One expression; `below` is the type of its spine's next, where it has one.
    fn step(&mut self, id: ExprId, below: Option<TyId>, expected: TyId) -> TyId {
        let Some(expr) = self.expr(id) else {
            return UNKNOWN;
        };
        let below = below.unwrap_or(UNKNOWN);
        match &expr.kind {
            ExprKind::Path(path) => self.path_value(path, expected),
            ExprKind::Str { text, statements } => self.literal(id, text, statements),
            ExprKind::Opaque { too_deep } => {
                if *too_deep {
                    self.unknown(
                        self.file,
                        expr.range,
                        "the code is nested too deep to be read".to_owned(),
                    );
                }
                UNKNOWN
            }
            ExprKind::Call { callee, args } => self.call(id, *callee, args, expected),
            ExprKind::Method {
                receiver,
                name,
                name_at,
                turbofish,
                args,
            } => {
                let parts = method::MethodParts {
                    id,
                    receiver: *receiver,
                    name: *name,
                    name_at: *name_at,
                    turbofish,
                    args,
                };
                self.method(&parts, below, expected)
            }
            ExprKind::Field { name, .. } => self.field(below, self.sym(*name)),
            ExprKind::Index { index, .. } => {
                self.eval(*index, UNKNOWN);
                self.element(below)
            }
            ExprKind::Try(_) => self.tried(below),
            ExprKind::Await(inner) => {
                self.join(*inner, below);
                self.awaited(below)
            }
            ExprKind::Same(_) => below,
            ExprKind::Unary(_) | ExprKind::Lit(_) => UNKNOWN,
            ExprKind::Binary(_, right) => {
                self.eval(*right, UNKNOWN);
                below
            }
            ExprKind::Assign(left, right) => self.assign(*left, *right),
            ExprKind::Cast(_, ty) => {
                let ctx = self.ctx.clone();
                self.world().lower(ty, &ctx)
            }
            _ => self.compound(id, &expr.kind, expected),
        }
    }

    fn compound(&mut self, id: ExprId, kind: &'a ExprKind, expected: TyId) -> TyId {
        match kind {
            ExprKind::Struct { path, fields, rest } => self.struct_value(path, fields, *rest),
            ExprKind::Tuple(elements) => {
                let wanted = match self.program.world.type_of(expected) {
                    Type::Tuple(wanted) => wanted.to_vec(),
                    _ => Vec::new(),
                };
                let types = elements
                    .iter()
                    .enumerate()
                    .map(|(index, element)| {
                        self.eval(*element, wanted.get(index).copied().unwrap_or(UNKNOWN))
                    })
                    .collect();
                self.world().tuple(types)
            }
            ExprKind::Array(elements) => {
                let mut ty = UNKNOWN;
                for element in elements {
                    let found = self.eval(*element, UNKNOWN);
                    ty = if ty == UNKNOWN { found } else { ty };
                }
                self.world().ty(Type::Slice(ty))
            }
            ExprKind::Range(ends) => {
                for end in ends {
                    self.eval(*end, UNKNOWN);
                }
                UNKNOWN
            }
            ExprKind::Closure { params, body } => self.closure(params, *body, &[]),
            ExprKind::Async(body) => {
                let returned = std::mem::take(&mut self.returned);
                let ty = self.eval(*body, UNKNOWN);
                self.returned = returned;
                ty
            }
            ExprKind::Block(statements) => self.block(statements, expected),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => self.if_value(*condition, *then, *otherwise, expected),
            ExprKind::Match { scrutinee, arms } => self.match_value(*scrutinee, arms, expected),
            ExprKind::Let(pat, value) => {
                let ty = self.eval(*value, UNKNOWN);
                self.bind(pat, ty);
                UNKNOWN
            }
            ExprKind::Loop(body) => self.scoped(|walk| walk.eval(*body, UNKNOWN)),
            ExprKind::While(condition, body) => self.scoped(|walk| {
                walk.eval(*condition, UNKNOWN);
                walk.eval(*body, UNKNOWN);
                UNKNOWN
            }),
            ExprKind::For { pat, over, body } => self.scoped(|walk| {
                let over = walk.eval(*over, UNKNOWN);
                let element = walk.element(over);
                walk.bind(pat, element);
                walk.eval(*body, UNKNOWN);
                UNKNOWN
            }),
            ExprKind::Leave { value, returns } => {
                if let Some(value) = value {
                    let subst = self.ctx.subst.clone();
                    let declared = self.signature.returns;
                    let wanted = if *returns {
                        self.world().apply(declared, &subst)
                    } else {
                        UNKNOWN
                    };
                    let ty = self.eval(*value, wanted);
                    if *returns {
                        self.returned.push(ty);
                    }
                }
                UNKNOWN
            }
            ExprKind::Macro { path, args, text } => {
                self.macro_call(id, path, args, text.as_deref())
            }
            _ => UNKNOWN,
        }
    }

    pub(super) fn scoped<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.locals.len();
        let result = step(self);
        self.locals.truncate(depth);
        result
    }

    fn block(&mut self, statements: &'a [Stmt], expected: TyId) -> TyId {
        let depth = self.locals.len();
        let mut value = self.world().tuple(Vec::new());
        for (index, statement) in statements.iter().enumerate() {
            let last = index + 1 == statements.len();
            match statement {
                Stmt::Let {
                    pat,
                    ty,
                    value,
                    otherwise,
                } => {
                    let ctx = self.ctx.clone();
                    let declared = ty
                        .as_ref()
                        .map_or(UNKNOWN, |ty| self.world().lower(ty, &ctx));
                    let found = value.map_or(UNKNOWN, |value| {
                        self.with_form(Form::SqlLet, |walk| walk.eval(value, declared))
                    });
                    if let Some(otherwise) = otherwise {
                        self.eval(*otherwise, UNKNOWN);
                    }
                    let ty = self.narrower(declared, found);
                    if matches!(pat, crate::analyze::rust::tree::Pat::Wild)
                        && let Some(value) = value
                    {
                        self.dropped(ty, self.range(*value));
                    }
                    self.bind(pat, ty);
                    self.remember(pat, *value);
                    self.hold(pat, *value, ty);
                }
                Stmt::Semi(expr) => {
                    let ty = self.with_form(Form::SqlLiteral, |walk| walk.eval(*expr, UNKNOWN));
                    self.dropped(ty, self.range(*expr));
                }
                Stmt::Expr(expr) => {
                    let ty = if last {
                        self.eval(*expr, expected)
                    } else {
                        self.with_form(Form::SqlLiteral, |walk| walk.eval(*expr, UNKNOWN))
                    };
                    if last {
                        value = ty;
                    }
                }
            }
        }
        self.locals.truncate(depth);
        value
    }

    /// A declared type, unless the value says more: `let x: Vec<_>`, `let r: Router`.
    fn narrower(&mut self, declared: TyId, found: TyId) -> TyId {
        match self.program.world.type_of(declared) {
            Type::Unknown => found,
            Type::External(_, args) => {
                let vague = args.is_empty() || args.contains(&UNKNOWN);
                if vague && found != UNKNOWN {
                    found
                } else {
                    declared
                }
            }
            Type::Dyn(_) | Type::Opaque(_)
                if matches!(self.program.world.type_of(found), Type::Router(_)) =>
            {
                found
            }
            _ => declared,
        }
    }

    fn if_value(
        &mut self,
        condition: ExprId,
        then: ExprId,
        otherwise: Option<ExprId>,
        expected: TyId,
    ) -> TyId {
        // `else if` chains are walked here, not by recursion.
        let mut value = UNKNOWN;
        let mut next = Some((condition, then, otherwise));
        while let Some((condition, then, otherwise)) = next.take() {
            let found = self.scoped(|walk| {
                walk.eval(condition, UNKNOWN);
                walk.eval(then, expected)
            });
            value = self.either(value, found);
            match otherwise.map(|id| (id, self.expr(id).map(|expr| &expr.kind))) {
                Some((
                    _,
                    Some(ExprKind::If {
                        condition,
                        then,
                        otherwise,
                    }),
                )) => next = Some((*condition, *then, *otherwise)),
                Some((id, _)) => {
                    let found = self.eval(id, expected);
                    value = self.either(value, found);
                }
                None => {}
            }
        }
        value
    }

    /// Of two arms' types the one that says something.
    fn either(&mut self, first: TyId, second: TyId) -> TyId {
        match (
            self.program.world.type_of(first),
            self.program.world.type_of(second),
        ) {
            (Type::Unknown, _) => second,
            (Type::Tuple(elements), _) if elements.is_empty() && second != UNKNOWN => second,
            (Type::Router(one), Type::Router(other)) if one != other => {
                let (one, other) = (*one, *other);
                let node = self.program.routes.merge(one, other);
                self.world().ty(Type::Router(node))
            }
            _ => first,
        }
    }

    fn match_value(
        &mut self,
        scrutinee: ExprId,
        arms: &'a [crate::analyze::rust::tree::Arm],
        expected: TyId,
    ) -> TyId {
        let over = self.eval(scrutinee, UNKNOWN);
        let commands = self.program.world.is_command(over);
        let mut value = UNKNOWN;
        for arm in arms {
            let before = self.calls_so_far();
            let found = self.scoped(|walk| {
                walk.bind(&arm.pat, over);
                if let Some(guard) = arm.guard {
                    walk.eval(guard, UNKNOWN);
                }
                walk.eval(arm.body, expected)
            });
            if commands {
                self.run_as_jobs(before);
            }
            value = self.either(value, found);
        }
        value
    }

    fn assign(&mut self, left: ExprId, right: ExprId) -> TyId {
        let target = self.eval(left, UNKNOWN);
        let value = self.eval(right, target);
        let Some(expr) = self.expr(left) else {
            return UNKNOWN;
        };
        match &expr.kind {
            ExprKind::Path(path) if path.segments.len() == 1 => {
                let name = path.segments.first().map(|segment| self.sym(segment.name));
                let builds = matches!(
                    self.program.world.type_of(value),
                    Type::Router(_) | Type::Schema(..) | Type::Methods(_)
                );
                if let Some(name) =
                    name.filter(|_| value != UNKNOWN && (target == UNKNOWN || builds))
                {
                    self.set_local(name, value);
                }
            }
            ExprKind::Field { base, name } => self.assigned_field(*base, *name),
            _ => {}
        }
        UNKNOWN
    }

    /// A closure's body, read where it stands; `given` are the types of its parameters as far as its callee tells.
    pub(super) fn closure(
        &mut self,
        params: &'a [(
            crate::analyze::rust::tree::Pat,
            Option<crate::analyze::rust::tree::Ty>,
        )],
        body: ExprId,
        given: &[TyId],
    ) -> TyId {
        let returned = std::mem::take(&mut self.returned);
        let ty = self.scoped(|walk| {
            for (index, (pat, ty)) in params.iter().enumerate() {
                let ctx = walk.ctx.clone();
                let declared = ty
                    .as_ref()
                    .map_or(UNKNOWN, |ty| walk.world().lower(ty, &ctx));
                let given = given.get(index).copied().unwrap_or(UNKNOWN);
                let ty = if declared == UNKNOWN { given } else { declared };
                walk.bind(pat, ty);
            }
            walk.eval(body, UNKNOWN)
        });
        let ty = if ty == UNKNOWN {
            self.returned
                .iter()
                .copied()
                .find(|ty| *ty != UNKNOWN)
                .unwrap_or(ty)
        } else {
            ty
        };
        self.returned = returned;
        self.world().ty(Type::Returns(ty))
    }
}

/// What a link of a chain hangs on.
fn spine_of(kind: &ExprKind) -> Option<ExprId> {
    match kind {
        ExprKind::Method { receiver, .. } => Some(*receiver),
        ExprKind::Field { base, .. } | ExprKind::Index { base, .. } => Some(*base),
        ExprKind::Try(inner)
        | ExprKind::Await(inner)
        | ExprKind::Same(inner)
        | ExprKind::Unary(inner)
        | ExprKind::Binary(inner, _)
        | ExprKind::Cast(inner, _) => Some(*inner),
        _ => None,
    }
}
