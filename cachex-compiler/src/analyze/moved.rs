//! Facts whose places are moved to where the tokens stand now. Nothing else of them depends on layout or comments.

use std::collections::BTreeMap;

use super::facts::{Attribute, Call, Facts, Function, Instance, Part, Place, Root};
use super::moves::Moves;
use crate::source::{FileId, Span};

/// What moves, by file; and whether all of it was found.
struct Mover<'a> {
    files: &'a BTreeMap<FileId, Moves>,
    renamed: &'a dyn Fn(FileId) -> FileId,
    lost: bool,
}

impl Facts {
    /// The same facts where files have other ids, in the same order.
    #[must_use]
    pub fn renumbered(self, renamed: &dyn Fn(FileId) -> FileId) -> Self {
        // Nothing moves, so nothing is lost.
        self.moved(&BTreeMap::new(), renamed).unwrap_or_default()
    }

    /// The facts of the same sources after edits of their layout and comments; `None` where more was edited, or a place
    /// stands on no token. Files may get other ids at the same time, in the same order.
    #[must_use]
    pub fn moved(
        self,
        files: &BTreeMap<FileId, Moves>,
        renamed: &dyn Fn(FileId) -> FileId,
    ) -> Option<Self> {
        if files.values().any(Moves::edits) {
            return None;
        }
        self.moved_around_edits(files, renamed)
    }

    /// The same where nothing of these facts lies in a body that was edited.
    pub(super) fn moved_around_edits(
        mut self,
        files: &BTreeMap<FileId, Moves>,
        renamed: &dyn Fn(FileId) -> FileId,
    ) -> Option<Self> {
        let mut mover = Mover {
            files,
            renamed,
            lost: false,
        };
        for function in &mut self.functions {
            mover.function(function);
        }
        for instance in &mut self.instances {
            mover.instance(instance);
        }
        for site in &mut self.sites {
            mover.place(&mut site.place);
        }
        for unknown in &mut self.unknowns {
            mover.place(&mut unknown.place);
        }
        for root in &mut self.roots {
            mover.root(root);
        }
        for (id, _) in &mut self.files {
            *id = renamed(*id);
        }
        (!mover.lost).then_some(self)
    }
}

impl Mover<'_> {
    fn function(&mut self, function: &mut Function) {
        self.place(&mut function.place);
        self.span(&mut function.body);
        for attribute in function
            .attributes
            .iter_mut()
            .chain(&mut function.inherited)
        {
            self.attribute(attribute);
        }
    }

    /// Its tokens begin behind a delimiter, or behind its path: at the end of a token.
    fn attribute(&mut self, attribute: &mut Attribute) {
        if let Some(moves) = self.files.get(&attribute.place.span.file) {
            match moves.end(attribute.tokens_start) {
                Some(now) => attribute.tokens_start = now,
                None => self.lost = true,
            }
        }
        self.place(&mut attribute.place);
    }

    fn instance(&mut self, instance: &mut Instance) {
        if let Part::Closure(span) = &mut instance.part {
            self.span(span);
        }
        for call in &mut instance.calls {
            self.call(call);
        }
    }

    fn call(&mut self, call: &mut Call) {
        self.place(&mut call.place);
        for argument in &mut call.arguments {
            self.span(&mut argument.span);
        }
    }

    fn root(&mut self, root: &mut Root) {
        self.place(&mut root.place);
        for layer in &mut root.layers {
            self.call(layer);
        }
    }

    fn place(&mut self, place: &mut Place) {
        let moves = self.files.get(&place.span.file);
        self.span(&mut place.span);
        if let Some(moves) = moves {
            place.line = moves.line(place.span.start);
        }
    }

    fn span(&mut self, span: &mut Span) {
        if let Some(moves) = self.files.get(&span.file) {
            let end = if span.start == span.end {
                moves.start(span.start)
            } else {
                moves.end(span.end)
            };
            match (moves.start(span.start), end) {
                (Some(start), Some(end)) => (span.start, span.end) = (start, end),
                _ => self.lost = true,
            }
        }
        span.file = (self.renamed)(span.file);
    }
}
