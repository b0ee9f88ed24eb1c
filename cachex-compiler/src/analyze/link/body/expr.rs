//! Expressions: the type of each. A chain's spine is walked in a loop, what hangs on it by recursion that the parser bounds.

use super::Body;
use super::method::MethodParts;
use crate::analyze::facts::Form;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind};

/// What a link of a chain hangs on.
pub(super) fn spine_of(kind: &ExprKind) -> Option<ExprId> {
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

impl<'a> Body<'_, 'a> {
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
        let grows = self.grows;
        self.grows |= self.form == Form::SqlLet && self.owns_text(&spine);
        while let Some(id) = spine.pop() {
            let wanted = if spine.is_empty() {
                expected
            } else {
                self.wanted_below(&spine, expected)
            };
            ty = self.step(id, below.map(|_| ty), wanted);
            self.grows = grows;
            below = Some(id);
        }
        ty
    }

    /// `"…".to_owned()`: a text that may grow.
    fn owns_text(&self, spine: &[ExprId]) -> bool {
        let [.., method, literal] = spine else {
            return false;
        };
        let kind = |id: &ExprId| self.expr(*id).map(|expr| &expr.kind);
        match (kind(method), kind(literal)) {
            (Some(ExprKind::Method { name, .. }), Some(ExprKind::Str { .. })) => {
                let name = self.program.world.text(self.sym(*name));
                matches!(name, "to_owned" | "to_string" | "into")
            }
            _ => false,
        }
    }

    /// `x.into()?` and `.await` pass on what is wanted only at the end of a chain.
    pub(super) fn wanted_below(&self, spine: &[ExprId], expected: TyId) -> TyId {
        let passes = spine.iter().all(|id| {
            matches!(
                self.expr(*id).map(|expr| &expr.kind),
                Some(ExprKind::Same(_) | ExprKind::Await(_))
            )
        });
        if passes { expected } else { UNKNOWN }
    }

    /// One expression; `below` is the type of its spine's next, where it has one.
    pub(super) fn step(&mut self, id: ExprId, below: Option<TyId>, expected: TyId) -> TyId {
        let Some(expr) = self.expr(id) else {
            return UNKNOWN;
        };
        let below = below.unwrap_or(UNKNOWN);
        match &expr.kind {
            ExprKind::Path(path) => {
                self.reads_at(expr.range);
                self.path_value(path, expected)
            }
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
                let parts = MethodParts {
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
            // `clean as fn(PgPool)`: still that function.
            ExprKind::Cast(..) if matches!(self.program.world.type_of(below), Type::Func(..)) => {
                below
            }
            ExprKind::Cast(_, ty) => {
                let ctx = self.ctx.clone();
                self.world().lower(ty, &ctx)
            }
            _ => self.compound(id, &expr.kind, expected),
        }
    }

    pub(super) fn compound(&mut self, id: ExprId, kind: &'a ExprKind, expected: TyId) -> TyId {
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
                    self.holds(*element, found);
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
}
