//! What resolving knows while it runs: the declared names, and where reports go.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::registry::{UNKNOWN_CACHE, UNKNOWN_ENTITY};
use crate::diagnostics::{Diagnostic, Diagnostics, one_of, suggest};
use crate::model::{CacheId, EntityId};
use crate::source::Span;
use crate::syntax::Document;

/// What was not read to its end: a name that is missing may stand there.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Unread {
    pub(crate) entities: bool,
    pub(crate) caches: bool,
}

impl Unread {
    /// Nothing was read whole.
    pub(crate) const ALL: Self = Self {
        entities: true,
        caches: true,
    };

    /// What a file lacks.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let cut = |section| document.broken.iter().any(|broken| broken == section);
        // A broken `include` hides whole files.
        Self {
            entities: cut("entities") || cut("include"),
            caches: cut("caches") || cut("include"),
        }
    }

    /// Whether anything is lacking.
    pub(crate) fn any(self) -> bool {
        self.entities || self.caches
    }

    /// What either lacks.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            entities: self.entities || other.entities,
            caches: self.caches || other.caches,
        }
    }
}

/// Shared by all passes.
pub(super) struct Context<'n, 'o> {
    pub(super) out: &'o mut Diagnostics,
    pub(super) entities: BTreeMap<&'n str, EntityId>,
    pub(super) caches: BTreeMap<&'n str, CacheId>,
    pub(super) unread: Unread,
    /// Names that are declared but could not be resolved, by the declaration they belong to. Whoever uses one is
    /// not to blame.
    unresolved: BTreeSet<(Span, String)>,
    /// Names that may still be compared for a suggestion: every mistake against every name would be quadratic, and so is
    /// a comparison in the names' length.
    comparisons: usize,
}

const COMPARISONS: usize = 200_000;
/// Comparing two names costs the product of their lengths: of ten letters each, it counts once more.
const LETTERS: usize = 100;

impl<'o> Context<'_, 'o> {
    pub(super) fn new(unread: Unread, out: &'o mut Diagnostics) -> Self {
        Self {
            out,
            entities: BTreeMap::new(),
            caches: BTreeMap::new(),
            unread,
            unresolved: BTreeSet::new(),
            comparisons: COMPARISONS,
        }
    }

    pub(super) fn push(&mut self, report: Diagnostic) {
        self.out.push(report);
    }

    /// Notes a name of a declaration (known by where its own name stands) that could not be resolved.
    pub(super) fn leave_out(&mut self, declaration: Span, name: &str) {
        self.unresolved.insert((declaration, name.to_owned()));
    }

    /// Notes a declaration of which nothing could be resolved.
    pub(super) fn leave_out_all(&mut self, declaration: Span) {
        self.leave_out(declaration, "");
    }

    /// Whether a name of a declaration is there, though nothing is known of it.
    pub(super) fn is_left_out(&self, declaration: Span, name: &str) -> bool {
        let has = |name: &str| self.unresolved.contains(&(declaration, name.to_owned()));
        !self.unresolved.is_empty() && (has(name) || has(""))
    }

    /// The entity of a name; reported where there is none.
    pub(super) fn entity(&mut self, name: &str, span: Span) -> Option<EntityId> {
        if let Some(id) = self.entities.get(name) {
            return Some(*id);
        }
        if !self.unread.entities {
            let names: Vec<&str> = self
                .entities
                .keys()
                .copied()
                .take(self.comparisons + 1)
                .collect();
            let report = UNKNOWN_ENTITY.at(span, format!("there is no entity `{name}`"));
            let report = self.did_you_mean(report, span, name, &names);
            self.push(report);
        }
        None
    }

    /// The cache of a name; reported where there is none.
    pub(super) fn cache(&mut self, name: &str, span: Span) -> Option<CacheId> {
        if let Some(id) = self.caches.get(name) {
            return Some(*id);
        }
        if !self.unread.caches {
            let names: Vec<&str> = self
                .caches
                .keys()
                .copied()
                .take(self.comparisons + 1)
                .collect();
            let report = UNKNOWN_CACHE.at(span, format!("there is no cache `{name}`"));
            let report = self.did_you_mean(report, span, name, &names);
            self.push(report);
        }
        None
    }

    /// Adds the name that was most likely meant, or the names there are.
    pub(super) fn did_you_mean(
        &mut self,
        report: Diagnostic,
        span: Span,
        name: &str,
        names: &[&str],
    ) -> Diagnostic {
        let length = name.chars().count();
        let cost = names.len().saturating_mul(1 + length * length / LETTERS);
        let Some(left) = self.comparisons.checked_sub(cost) else {
            return report;
        };
        self.comparisons = left;
        match suggest(name, names.iter().copied()) {
            Some(meant) => report
                .help(format!("did you mean `{meant}`?"))
                .fix(span, meant),
            None => report.help_if(one_of(names)),
        }
    }
}
