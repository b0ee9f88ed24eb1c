//! What becomes of values that must not be lost: changes that are built, tasks that are spawned.

use super::Body;
use crate::analyze::facts::{Resolution, Via};
use crate::analyze::link::program::Target;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::rust::tree::{ExprId, ExprKind, Pat, Range};

/// Methods that use a change up.
const USES: [&str; 2] = ["apply", "record"];

impl<'a> Body<'_, 'a> {
    /// A value that a statement leaves lying. Of a change it is written down as a call of `drop`.
    pub(super) fn dropped(&mut self, ty: TyId, range: Range) {
        let Type::Schema(module, path, chain) = self.program.world.type_of(ty).clone() else {
            return;
        };
        let used = chain
            .last()
            .is_some_and(|last| USES.contains(&self.program.world.text(*last)));
        let path = self.program.world.text(path).to_owned();
        if used || !builds(&path) {
            return;
        }
        let text = |sym: &_| self.program.world.text(*sym).to_owned();
        let chain = chain.iter().map(text).chain(["drop".to_owned()]).collect();
        let module = self.program.world.text(module).to_owned();
        let target = Target::Schema {
            module,
            path,
            chain,
        };
        self.called(range, target, &[], Via::Call, Resolution::External);
    }

    /// A variable that holds a spawned task: where it is awaited later, the task belongs to this body after all.
    pub(super) fn hold(&mut self, pat: &'a Pat, value: Option<ExprId>, ty: TyId) {
        let (Pat::Bind { name, .. }, Some(value)) = (pat, value) else {
            return;
        };
        let name = self.sym(*name);
        self.handles.remove(&name);
        if self.is_handle(ty) {
            let range = self.range(value);
            self.handles.insert(name, range);
        }
    }

    fn is_handle(&self, ty: TyId) -> bool {
        let named = self.program.world.external_name(ty);
        named.is_some_and(|(name, _)| name == "JoinHandle")
    }

    /// A task that is awaited where it is spawned, or by its handle, is no unit of work of its own.
    pub(super) fn join(&mut self, awaited: ExprId, ty: TyId) {
        let range = match self.expr(awaited).map(|expr| &expr.kind) {
            Some(ExprKind::Path(path)) => match path.segments.as_slice() {
                [segment] => self.handles.get(&self.sym(segment.name)).copied(),
                _ => None,
            },
            _ => Some(self.range(awaited)).filter(|_| self.is_handle(ty)),
        };
        let Some(range) = range else { return };
        let draft = self.draft();
        let Some(draft) = self.program.drafts.get_mut(draft.0 as usize) else {
            return;
        };
        let inside = |at: Range| range.start <= at.start && at.end <= range.end;
        for call in draft.calls.iter_mut().rev() {
            if call.via == Via::Spawn && inside(call.range) {
                call.via = Via::Call;
            }
        }
    }
}

/// Whether a path of the generated API begins a change: `post::update`, not `invalidate::post`.
fn builds(path: &str) -> bool {
    let mut parts = path.rsplit("::");
    let constructor = parts.next().unwrap_or_default();
    let known = matches!(
        constructor,
        "create" | "update" | "update_only" | "delete" | "any"
    );
    known && !matches!(parts.next(), Some("invalidate" | "notify") | None)
}
