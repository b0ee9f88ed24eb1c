//! What is given where a handler is wanted: itself, behind layers of its own (`f.layer(limit)`), or in a call that wraps
//! it (`audited(f)`). What wraps it runs when it does, and is called by no one else.

use super::Body;
use super::answer::http_method;
use crate::analyze::facts::{Resolution, RootKind, Via};
use crate::analyze::link::program::{DraftCall, DraftId, Target};
use crate::analyze::link::routes::Answer;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind, Range, Stmt};

/// An argument that was looked at as a handler.
pub(super) enum Given {
    Answer(Answer),
    Value(TyId),
}

impl<'a> Body<'_, 'a> {
    /// A handler, or the value of an argument that is none.
    pub(super) fn as_answer(&mut self, arg: ExprId, method: &str, range: Range) -> Given {
        if let Some(answer) = self.answer_of(arg, method, range) {
            return Given::Answer(answer);
        }
        if let Some(ExprKind::Block(statements)) = self.expr(arg).map(|expr| &expr.kind) {
            return self.made_beside(statements, method, range);
        }
        let Some(function) = self.handled(arg) else {
            return Given::Value(self.argument_ty(arg, UNKNOWN));
        };
        let before = self.calls_so_far();
        let ty = self.argument_ty(arg, UNKNOWN);
        let routes = matches!(
            self.program.world.type_of(ty),
            Type::Methods(_) | Type::Router(_)
        );
        let answer = (!routes)
            .then(|| {
                let wrapping = self.calls_since(before);
                let answer = self.answer_of(function, method, range)?;
                self.program.routes.wrap(answer.handler, wrapping);
                Some(answer)
            })
            .flatten();
        answer.map_or(Given::Value(ty), |answer| {
            Given::Answer(Answer {
                range: self.range(function),
                ..answer
            })
        })
    }

    /// `{ let db = db.clone(); move |id| rename(db, id) }`
    fn made_beside(&mut self, statements: &'a [Stmt], method: &str, range: Range) -> Given {
        let mut answer = None;
        let ty = self.block_ending(statements, |walk, value| {
            match walk.as_answer(value, method, range) {
                Given::Answer(found) => {
                    answer = Some(found);
                    UNKNOWN
                }
                Given::Value(ty) => ty,
            }
        });
        answer.map_or(Given::Value(ty), Given::Answer)
    }

    /// The function that a closure does nothing but call: `|id| rename(db, id)`.
    pub(super) fn delegate(&mut self, body: ExprId, closure: DraftId) -> Option<DraftId> {
        let mut at = body;
        let callee = loop {
            at = match &self.expr(at)?.kind {
                ExprKind::Same(inner)
                | ExprKind::Async(inner)
                | ExprKind::Await(inner)
                | ExprKind::Try(inner) => *inner,
                ExprKind::Block(statements) => match statements.as_slice() {
                    [Stmt::Expr(only)] => *only,
                    _ => return None,
                },
                ExprKind::Call { callee, .. } => break *callee,
                _ => return None,
            };
        };
        let ExprKind::Path(path) = &self.expr(callee)?.kind else {
            return None;
        };
        let ty = self.path_value(path, UNKNOWN);
        let Type::Func(function, _) = *self.program.world.type_of(ty) else {
            return None;
        };
        let drafts = &self.program.drafts;
        let found = drafts.get(closure.0 as usize)?;
        let mut all = found.calls.iter().filter_map(|call| match call.target {
            Target::Draft(draft) => Some(draft),
            _ => None,
        });
        // What its arguments do is the closure's own: `answer(rename(request).await)`.
        let (Some(handler), None) = (all.next(), all.next()) else {
            return None;
        };
        let of = drafts.get(handler.0 as usize)?.function;
        (of == function && found.sites.is_empty()).then_some(handler)
    }

    /// Whether an argument is, or wraps, a function of these sources, or a closure.
    pub(super) fn answers(&mut self, arg: ExprId) -> bool {
        match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Closure { .. }) => true,
            Some(ExprKind::Block(statements)) => match statements.last() {
                Some(Stmt::Expr(value)) => self.answers(*value),
                _ => false,
            },
            _ => self.handled(arg).is_some(),
        }
    }

    /// The function in `f`, `f.layer(limit)`, `audited(f)`, `audited(f).layer(limit)`.
    fn handled(&mut self, arg: ExprId) -> Option<ExprId> {
        let mut open = vec![arg];
        while let Some(at) = open.pop() {
            match &self.expr(at)?.kind {
                ExprKind::Path(path) => {
                    let ty = self.path_value(path, UNKNOWN);
                    if let Type::Func(function, _) = *self.program.world.type_of(ty)
                        && self.program.world.has_body(function)
                    {
                        return Some(at);
                    }
                }
                ExprKind::Same(inner) => open.push(*inner),
                ExprKind::Method { receiver, .. } => open.push(*receiver),
                ExprKind::Call { args, .. } => open.extend(args.iter().rev()),
                _ => {}
            }
        }
        None
    }

    /// `app.get("/posts", list)` of whatever: a verb, a path and what answers.
    pub(super) fn asks(&mut self, args: &'a [ExprId], method: &str) -> bool {
        let Some((path, rest)) = args.split_first() else {
            return false;
        };
        http_method(method).is_some()
            && rest.iter().any(|arg| self.answers(*arg))
            && self
                .known_text(*path)
                .is_some_and(|path| path.starts_with('/'))
    }

    /// The calls in a layer's arguments, for coverage to look at. The functions given to it are called by the server.
    pub(super) fn layer(&mut self, args: &'a [ExprId], range: Range) -> Vec<DraftCall> {
        let before = self.calls_so_far();
        self.arguments(args, &[]);
        let calls = self.calls_since(before);
        let draft = self.draft();
        for call in &calls {
            match (&call.target, call.how) {
                (Target::Draft(handler), Resolution::Value) if call.via == Via::Call => {
                    let methods = &mut self.program.routes;
                    let all = methods.methods("ANY".to_owned(), RootKind::Callback);
                    let (file, method) = (call.file, "ANY".to_owned());
                    let handler = *handler;
                    methods.answer(
                        all,
                        Answer {
                            method,
                            handler,
                            file,
                            range,
                        },
                    );
                }
                _ => {
                    if let Some(draft) = self.program.drafts.get_mut(draft.0 as usize) {
                        draft.calls.push(call.clone());
                    }
                }
            }
        }
        calls
    }

    fn calls_since(&mut self, before: usize) -> Vec<DraftCall> {
        let draft = self.draft();
        let draft = self.program.drafts.get_mut(draft.0 as usize);
        draft.map_or_else(Vec::new, |draft| {
            draft.calls.split_off(before.min(draft.calls.len()))
        })
    }
}
