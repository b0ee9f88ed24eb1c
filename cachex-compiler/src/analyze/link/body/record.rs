//! What is written down of a body: calls, statements, what was not understood, and in which part of it.

use super::Body;
use crate::analyze::facts::{ArgumentKind, Form, Part, Resolution, UnknownKind, Via};
use crate::analyze::link::program::{DraftCall, DraftId, DraftSite, DraftUnknown, Target};
use crate::analyze::link::world::FileIx;
use crate::analyze::rust::tree::{ExprId, ExprKind, Range};

impl Body<'_, '_> {
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

    pub(super) fn argument(&self, id: ExprId) -> (String, Range, ArgumentKind) {
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
        if self.program.world.writes_for_others(file, self.function) {
            return;
        }
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
}
