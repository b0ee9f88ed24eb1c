//! Tasks and jobs: what runs on its own is a part of its own.

use super::Body;
use super::method::MethodParts;
use crate::analyze::facts::{Resolution, Via};
use crate::analyze::link::program::{DraftId, Target};
use crate::analyze::link::symbols::{Sym, last_of};
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};

impl<'a> Body<'_, 'a> {
    /// How the next call of a function is made: set by a spawn around it.
    pub(super) fn take_via(&mut self) -> Via {
        std::mem::replace(&mut self.next_via, Via::Call)
    }

    /// `tokio::spawn(…)` and its kin.
    pub(super) fn spawn_call(
        &mut self,
        full: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let last = last_of(full);
        if !matches!(
            last,
            "spawn" | "spawn_local" | "spawn_on" | "spawn_named" | "spawn_detached"
        ) {
            return None;
        }
        self.called(
            range,
            Target::Path(full.to_owned()),
            args,
            Via::Call,
            Resolution::External,
        );
        let mut value = UNKNOWN;
        for arg in args {
            value = self.spawned_argument(*arg, UNKNOWN);
        }
        Some(self.world().external_ty("JoinHandle", &[value]))
    }

    /// `handle.spawn(…)`, `set.spawn(…)`, and schedulers.
    pub(super) fn spawn_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
    ) -> Option<TyId> {
        let text = self.program.world.text(name).to_owned();
        let own = !self.methods(receiver, name).is_empty();
        let spawns = matches!(text.as_str(), "spawn" | "spawn_local" | "spawn_on") && !own;
        let schedules = !spawns && self.schedules(&text, receiver);
        if !spawns && !schedules {
            return None;
        }
        // A method of these sources says itself what it does with what it is given; a value made by a call is none.
        let runs = parts.args.iter().any(|arg| {
            if own {
                self.is_code(*arg)
            } else {
                self.is_task(*arg)
            }
        });
        if !runs {
            return None;
        }
        let shown = self.program.world.show(receiver);
        self.called(
            range,
            Target::Method {
                receiver: shown,
                name: text,
            },
            parts.args,
            Via::Call,
            Resolution::External,
        );
        for arg in parts.args {
            if schedules {
                self.job_argument(*arg, range);
            } else {
                self.spawned_argument(*arg, UNKNOWN);
            }
        }
        Some(receiver)
    }

    /// `scheduler.every(…).run(f)`, `scheduler.run(interval, f)`: by what the receiver is, or is called.
    fn schedules(&mut self, method: &str, receiver: TyId) -> bool {
        if self
            .program
            .options
            .jobs
            .iter()
            .any(|job| last_of(job) == method)
        {
            return true;
        }
        if !matches!(
            method,
            "run"
                | "add"
                | "schedule"
                | "every"
                | "add_job"
                | "register"
                | "add_fn"
                | "cron"
                | "build_fn"
                | "build"
        ) {
            return false;
        }
        // Much else is built.
        let words = match method {
            "build" => &["Worker"][..],
            _ => &["Scheduler", "Cron", "Job", "Worker"],
        };
        let shown = self.program.world.show(receiver);
        let mut parts = shown.split(['<', ':']);
        parts.any(|part| words.iter().any(|word| part.contains(word)))
    }

    /// A function or type that takes jobs: `Job::new_async(…)`, or one named in `check.handlers.jobs`.
    pub(super) fn register_call(
        &mut self,
        full: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let job = full.contains("Job::new")
            || self
                .program
                .options
                .jobs
                .iter()
                .any(|job| full == job || full.ends_with(&format!("::{job}")));
        if !job || !args.iter().any(|arg| self.is_task(*arg)) {
            return None;
        }
        self.called(
            range,
            Target::Path(full.to_owned()),
            &[],
            Via::Call,
            Resolution::External,
        );
        for arg in args {
            self.job_argument(*arg, range);
        }
        Some(UNKNOWN)
    }

    /// Something that can run later: a closure, an async block, a call, or a function's path.
    fn is_task(&mut self, arg: ExprId) -> bool {
        match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Call { .. } | ExprKind::Method { .. } | ExprKind::Block(_)) => true,
            Some(ExprKind::Same(inner)) => self.is_task(*inner),
            _ => self.is_code(arg),
        }
    }

    /// A closure, an async block or a function's path: code that stands here and runs elsewhere.
    pub(super) fn is_code(&mut self, arg: ExprId) -> bool {
        match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Closure { .. } | ExprKind::Async(_)) => true,
            Some(ExprKind::Path(path)) => {
                matches!(self.value_of(path), super::value::Value::Functions(_))
            }
            Some(ExprKind::Same(inner)) => self.is_code(*inner),
            _ => false,
        }
    }

    /// What is given to a spawn: closures and async blocks become parts, a call is made by the task.
    pub(super) fn spawned_argument(&mut self, arg: ExprId, wanted: TyId) -> TyId {
        let range = self.range(arg);
        match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Async(_) | ExprKind::Closure { .. }) => {
                let (part, ty) = self.in_part(range, |walk| walk.argument_ty(arg, wanted));
                self.called(
                    range,
                    Target::Draft(part),
                    &[],
                    Via::Spawn,
                    Resolution::Path,
                );
                ty
            }
            Some(ExprKind::Block(statements)) => {
                self.block_ending(statements, |walk, task| walk.spawned_argument(task, wanted))
            }
            Some(ExprKind::Call { callee, args }) => {
                self.next_via = Via::Spawn;
                let ty = self.call(arg, *callee, args, wanted);
                self.next_via = Via::Call;
                ty
            }
            // `task.instrument(span)`: the task is what the method is called on.
            Some(ExprKind::Method {
                receiver,
                name,
                args,
                ..
            }) => {
                let name = self.sym(*name);
                let wraps = matches!(
                    self.program.world.text(name),
                    "instrument"
                        | "in_current_span"
                        | "boxed"
                        | "with_subscriber"
                        | "map"
                        | "map_err"
                        | "unwrap_or_else"
                        | "shared"
                );
                if wraps {
                    self.arguments(args, &[]);
                    return self.spawned_argument(*receiver, wanted);
                }
                let below = self.eval(*receiver, UNKNOWN);
                self.next_via = Via::Spawn;
                let ty = self.step(arg, Some(below), wanted);
                self.next_via = Via::Call;
                ty
            }
            _ => {
                let ty = self.eval(arg, wanted);
                if let Type::Func(function, subst) = self.program.world.type_of(ty).clone() {
                    let method = self.method_of(function, &subst);
                    self.edges(&[method], &[], range, &[], Via::Spawn, None);
                }
                ty
            }
        }
    }

    /// Arguments of a function of a type outside of these sources: pointers and cells hold what others run.
    pub(super) fn given_to(
        &mut self,
        owner: &str,
        args: &'a [ExprId],
        wanted: TyId,
        range: Range,
    ) -> Vec<TyId> {
        let holds = matches!(
            owner,
            "LazyLock" | "Lazy" | "OnceLock" | "OnceCell" | "Arc" | "Box" | "Rc" | "Some"
        );
        if holds {
            self.arguments(args, &[wanted])
        } else {
            self.given_outside(args, wanted, range)
        }
    }

    /// Arguments of a function outside of these sources. In the value of a static it only keeps the functions it is
    /// given: what runs them is what they were made for, and not whoever mentions the static.
    pub(super) fn given_outside(
        &mut self,
        args: &'a [ExprId],
        wanted: TyId,
        range: Range,
    ) -> Vec<TyId> {
        if self.program.open_consts.is_empty() {
            return self.arguments(args, &[wanted]);
        }
        let mut types = Vec::with_capacity(args.len());
        for arg in args {
            let path = matches!(
                self.expr(*arg).map(|expr| &expr.kind),
                Some(ExprKind::Path(_))
            );
            types.push(if path {
                self.job_argument(*arg, range)
            } else {
                self.argument_ty(*arg, wanted)
            });
        }
        types
    }

    /// What is given to a scheduler.
    pub(super) fn job_argument(&mut self, arg: ExprId, range: Range) -> TyId {
        let place = self.range(arg);
        match self.expr(arg).map(|expr| &expr.kind) {
            Some(ExprKind::Closure { .. } | ExprKind::Async(_)) => {
                let (part, ty) = self.in_part(place, |walk| walk.argument_ty(arg, UNKNOWN));
                self.register(part, range);
                ty
            }
            Some(ExprKind::Block(statements)) => {
                self.block_ending(statements, |walk, job| walk.job_argument(job, range))
            }
            Some(ExprKind::Path(_)) => {
                let ty = self.eval(arg, UNKNOWN);
                if let Type::Func(function, subst) = self.program.world.type_of(ty).clone() {
                    let draft = self.program.instance(function, &subst.to_vec(), None);
                    self.register(draft, range);
                }
                ty
            }
            _ => self.argument_ty(arg, UNKNOWN),
        }
    }

    pub(super) fn calls_so_far(&self) -> usize {
        self.program
            .drafts
            .get(self.draft().0 as usize)
            .map_or(0, |draft| draft.calls.len())
    }

    /// What the arms of a match on a command line's tasks call is a job each: the program is started for it.
    pub(super) fn run_as_jobs(&mut self, before: usize) {
        let draft = self.draft();
        let Some(draft) = self.program.drafts.get_mut(draft.0 as usize) else {
            return;
        };
        for call in draft.calls.iter_mut().skip(before) {
            if let (Target::Draft(job), Via::Call) = (&call.target, call.via) {
                call.via = Via::Register;
                self.program.routes.job(*job, call.file, call.range);
            }
        }
    }

    fn register(&mut self, draft: DraftId, range: Range) {
        self.called(
            range,
            Target::Draft(draft),
            &[],
            Via::Register,
            Resolution::Value,
        );
        let file = self.file;
        self.program.routes.job(draft, file, range);
    }
}
