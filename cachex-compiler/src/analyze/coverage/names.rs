//! What functions are called in messages: so much of their paths as tells those apart by which execution enters.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use crate::analyze::{Facts, Function};

/// The paths of these functions, by their bare names.
#[derive(Debug, Default)]
pub(super) struct Names<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Names<'a> {
    pub(super) fn of(facts: &'a Facts, entries: &[Entry]) -> Self {
        let mut names = Self::default();
        for entry in entries {
            let instance = facts.instance(entry.instance());
            if let Some(function) = instance.and_then(|it| facts.function(it.function)) {
                let paths = names.0.entry(function.name.as_str()).or_default();
                paths.insert(function.path.as_str());
            }
        }
        names
    }

    /// `create`, or `posts::create` where there are others.
    pub(super) fn shortest<'f>(&self, function: &'f Function) -> &'f str {
        let path = function.path.as_str();
        let known = self.0.get(function.name.as_str()).into_iter().flatten();
        let others: Vec<&str> = known.filter(|other| **other != path).copied().collect();
        let is_anothers = |end: &str| {
            let ends = |other: &&str| other.strip_suffix(end).is_some_and(is_whole);
            others.iter().any(ends)
        };
        let ends = path
            .rmatch_indices("::")
            .map(|(at, colons)| at + colons.len());
        let mut ends = ends.filter_map(|at| path.get(at..));
        let found = ends.find(|end| !is_anothers(end)).unwrap_or(path);
        // Sources without a manifest are a crate without a name.
        found.trim_start_matches("::")
    }
}

/// Whether what is left of a path was divided where a segment begins.
fn is_whole(rest: &str) -> bool {
    rest.is_empty() || rest.ends_with("::")
}
