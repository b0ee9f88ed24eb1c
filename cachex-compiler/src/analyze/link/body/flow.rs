//! Blocks, branches and closures: which of their parts give the value.

use super::Body;
use crate::analyze::facts::Form;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind, Stmt};

impl<'a> Body<'_, 'a> {
    pub(super) fn block(&mut self, statements: &'a [Stmt], expected: TyId) -> TyId {
        self.block_ending(statements, |walk, value| walk.eval(value, expected))
    }

    /// A block whose value is not only looked at: `spawn({ let db = db.clone(); async move { … } })`.
    pub(super) fn block_ending(
        &mut self,
        statements: &'a [Stmt],
        end: impl FnOnce(&mut Self, ExprId) -> TyId,
    ) -> TyId {
        let mut end = Some(end);
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
                    self.remember_text(pat, *value);
                    self.hold(pat, *value, ty);
                }
                Stmt::Semi(expr) => {
                    let ty = self.with_form(Form::SqlLiteral, |walk| walk.eval(*expr, UNKNOWN));
                    self.dropped(ty, self.range(*expr));
                    // What is left at its end has no value: `None => { return; }`.
                    let kind = self.expr(*expr).map(|expr| &expr.kind);
                    if last && matches!(kind, Some(ExprKind::Leave { .. })) {
                        value = UNKNOWN;
                    }
                }
                Stmt::Expr(expr) => match end.take_if(|_| last) {
                    Some(end) => value = end(self, *expr),
                    None => {
                        self.with_form(Form::SqlLiteral, |walk| walk.eval(*expr, UNKNOWN));
                    }
                },
            }
        }
        self.locals.truncate(depth);
        value
    }

    /// A declared type, unless the value says more: `let x: Vec<_>`, `let r: Router`.
    pub(super) fn narrower(&mut self, declared: TyId, found: TyId) -> TyId {
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

    pub(super) fn if_value(
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
    pub(super) fn either(&mut self, first: TyId, second: TyId) -> TyId {
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

    pub(super) fn match_value(
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

    pub(super) fn assign(&mut self, left: ExprId, right: ExprId) -> TyId {
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
                if let Some(segment) = path.segments.first() {
                    let name = self.sym(segment.name);
                    self.texts.remove(&name);
                    self.assigned_whole(name, right);
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
