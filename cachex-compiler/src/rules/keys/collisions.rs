//! Which templates can yield the same key.
//!
//! Owns the search over all pairs at once: two readers walk one tree of all templates (`tree`) with the same text, and
//! where both stand at an end, what ends there meets. Its cost: where two templates begin alike the readers stand at
//! one place, and they go no further where nothing new can be found.

use std::collections::{BTreeMap, BTreeSet};

use super::effort::Effort;
use super::template::Template;
use super::tree::{Owner, Place, TemplateId, Tree, at};
use super::witness::witness;

/// What the search found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// For each owner that can yield the same key as one before it: a template of it, and one of such an owner. In the
    /// order of owners.
    pub(super) pairs: Vec<(TemplateId, TemplateId)>,
    /// Two owners of which that was not decided, the later first, where the effort did not reach.
    pub(super) open: Option<(Owner, Owner)>,
}

/// Searches templates, given in the order of their owners.
pub(super) fn collisions(templates: &[Template], owners: &[Owner], effort: &mut Effort) -> Found {
    let mut search = Search {
        templates,
        owners,
        tree: Tree::grow(templates, owners),
        found: BTreeMap::new(),
        effort,
    };
    let open = search.walk();
    Found {
        pairs: search.found.into_values().collect(),
        open,
    }
}

struct Search<'a> {
    templates: &'a [Template],
    owners: &'a [Owner],
    tree: Tree,
    /// By the later owner.
    found: BTreeMap<Owner, (TemplateId, TemplateId)>,
    effort: &'a mut Effort,
}

impl Search<'_> {
    /// Visits every pair of places that some text leads to both of. Depth first, so that what is found early saves
    /// comparing it again: of thousands of caches with one key all meet the first, and none has to meet all.
    fn walk(&mut self) -> Option<(Owner, Owner)> {
        let mut waiting = vec![(at(0), at(0))];
        let mut seen = BTreeSet::from([(at(0), at(0))]);
        while let Some((one, other)) = waiting.pop() {
            let Some(news) = self.news(one, other) else {
                continue;
            };
            let Some(next) = self.visit(one, other) else {
                return Some(news);
            };
            for (one, other) in next {
                let pair = (one.min(other), one.max(other));
                if seen.insert(pair) {
                    waiting.push(pair);
                }
            }
        }
        None
    }

    /// Compares what ends at both places, and says what comes next; nothing where the effort is used up.
    fn visit(&mut self, one: Place, other: Place) -> Option<Vec<(Place, Place)>> {
        if one.within.is_none() && other.within.is_none() {
            self.compare_ends(one.node, other.node)?;
        }
        let mut next = self.tree.reads(one, other, self.effort)?;
        let skips = |tree: &Tree, from| tree.skips(from).into_iter();
        next.extend(skips(&self.tree, one).map(|one| (one, other)));
        next.extend(skips(&self.tree, other).map(|other| (one, other)));
        self.effort.spend(next.len()).then_some(next)
    }

    /// An owner below one of the places, not found to collide yet, and an earlier one below the other, if there are.
    fn news(&mut self, one: Place, other: Place) -> Option<(Owner, Owner)> {
        let firsts = [one, other].map(|place| self.tree.node(place.node).owners.first().copied());
        let lasts = [one, other].map(|place| self.last_unfound(place.node));
        let ([first_one, first_other], [last_one, last_other]) = (firsts, lasts);
        let is_later = |(last, first): &(Owner, Owner)| last > first;
        let ahead = last_one.zip(first_other).filter(is_later);
        ahead.or_else(|| last_other.zip(first_one).filter(is_later))
    }

    fn last_unfound(&mut self, node: u32) -> Option<Owner> {
        let owners = &mut self.tree.node_mut(node)?.owners;
        // The first one stays: later ones may still collide with it.
        while owners.len() > 1
            && owners
                .last()
                .is_some_and(|last| self.found.contains_key(last))
        {
            owners.pop();
        }
        let last = owners.last().copied();
        last.filter(|last| !self.found.contains_key(last))
    }

    fn compare_ends(&mut self, one: u32, other: u32) -> Option<()> {
        let [one, other] = [one, other].map(|node| self.tree.node(node).ends.clone());
        for (these, those) in [(&one, &other), (&other, &one)] {
            for this in these {
                self.compare(*this, those)?;
            }
        }
        Some(())
    }

    /// Takes down the first of `others` that belongs to an earlier owner and can yield the same key. One text leads to
    /// all of them, unless a value stands in several places; then a witness decides.
    fn compare(&mut self, this: TemplateId, others: &[TemplateId]) -> Option<()> {
        let (Some(template), Some(owner)) = (self.templates.get(this), self.owners.get(this))
        else {
            return Some(());
        };
        for other in others {
            let known = self
                .found
                .get(owner)
                .is_some_and(|(_, known)| known <= other);
            let earlier = self.owners.get(*other).is_some_and(|other| other < owner);
            let Some(first) = self.templates.get(*other).filter(|_| earlier && !known) else {
                return Some(());
            };
            if !self.effort.spend(1) {
                return None;
            }
            let meets =
                !has_repeated(first, template) || witness(first, template, self.effort).is_some();
            if meets {
                self.found.insert(*owner, (this, *other));
                return Some(());
            }
            if self.effort.is_used_up() {
                return None;
            }
        }
        Some(())
    }
}

fn has_repeated(one: &Template, other: &Template) -> bool {
    !one.repeated().is_empty() || !other.repeated().is_empty()
}
