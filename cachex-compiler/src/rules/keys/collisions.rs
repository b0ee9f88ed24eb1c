//! Which caches can yield the same key.
//!
//! Owns the search over all pairs. Its cost: templates are laid into one tree by their segments, and two branches
//! are only compared where one's leading text begins the other's. So caches that begin with a name of their own,
//! as nearly all do, meet nobody, however many there are.

use std::collections::{BTreeMap, BTreeSet};

use super::automaton::{Effort, common_text};
use super::shape::Strings;
use super::template::{Segment, Template};
use super::witness::witness;
use crate::model::CacheId;

/// Index of a template in the list that was searched.
type TemplateId = usize;
/// Index of a segment among all different ones, which are ordered by their leading text.
type SegmentId = usize;
type NodeId = usize;

/// For each cache that can yield the same key as one declared before it: a template of it, and one of such a cache.
/// The templates stand in the order of their caches.
pub(super) fn collisions(
    templates: &[Template],
    effort: &mut Effort,
) -> Vec<(TemplateId, TemplateId)> {
    let mut search = Search {
        templates,
        segments: Segments::new(templates),
        nodes: Vec::new(),
        roots: BTreeMap::new(),
        found: BTreeMap::new(),
        effort,
    };
    search.grow();
    search.walk();
    search.found.into_values().collect()
}

/// By the later cache.
type Found = BTreeMap<CacheId, (TemplateId, TemplateId)>;

struct Search<'a> {
    templates: &'a [Template],
    segments: Segments<'a>,
    nodes: Vec<Node>,
    /// By the number of segments: keys that differ in it are different.
    roots: BTreeMap<usize, NodeId>,
    found: Found,
    effort: &'a mut Effort,
}

#[derive(Debug, Default)]
struct Node {
    children: BTreeMap<SegmentId, NodeId>,
    /// Children that are no plain text.
    patterns: Vec<SegmentId>,
    ends: Vec<TemplateId>,
    /// The caches below it, ascending. From the end, those go that are found to collide with an earlier one.
    below: Vec<CacheId>,
}

/// What is still to be compared.
enum Work {
    /// All below one node with all below another.
    Nodes(NodeId, NodeId),
    /// All below one child of a node, no plain text, with all below another node.
    Child(NodeId, SegmentId, NodeId),
}

impl Search<'_> {
    fn grow(&mut self) {
        for (id, template) in self.templates.iter().enumerate() {
            let mut at = self.root(template.segments.len());
            for segment in &template.segments {
                if let Some(node) = self.nodes.get_mut(at) {
                    node.below.push(template.cache);
                }
                at = self.child(at, self.segments.id(segment));
            }
            if let Some(node) = self.nodes.get_mut(at) {
                node.below.push(template.cache);
                node.ends.push(id);
            }
        }
    }

    fn root(&mut self, segments: usize) -> NodeId {
        *self.roots.entry(segments).or_insert_with(|| {
            self.nodes.push(Node::default());
            self.nodes.len() - 1
        })
    }

    fn child(&mut self, of: NodeId, segment: SegmentId) -> NodeId {
        let new = self.nodes.len();
        let pattern = self.segments.literal(segment).is_none();
        let Some(node) = self.nodes.get_mut(of) else {
            return of;
        };
        let child = *node.children.entry(segment).or_insert(new);
        if child == new {
            if pattern {
                node.patterns.push(segment);
            }
            self.nodes.push(Node::default());
        }
        child
    }

    /// Visits every pair of nodes that some text leads to both of. Depth first, so that what is found early saves
    /// comparing it again: of thousands of caches with one key all meet the first, and none has to meet all.
    fn walk(&mut self) {
        let roots = self.roots.values().rev();
        let mut waiting: Vec<_> = roots.map(|root| Work::Nodes(*root, *root)).collect();
        let mut seen = BTreeSet::new();
        while let Some(work) = waiting.pop() {
            match work {
                Work::Nodes(left, right) => {
                    let is_new = seen.insert((left.min(right), left.max(right)));
                    if is_new && self.is_worth(left, right) {
                        self.compare_ends(left, right);
                        waiting.extend(self.work_below(left, right));
                    }
                }
                Work::Child(of, pattern, with) => waiting.extend(self.matches(of, pattern, with)),
            }
        }
    }

    fn work_below(&self, left: NodeId, right: NodeId) -> Vec<Work> {
        let (Some(one), Some(other)) = (self.nodes.get(left), self.nodes.get(right)) else {
            return Vec::new();
        };
        let (fewer, more) = if one.children.len() <= other.children.len() {
            (one, other)
        } else {
            (other, one)
        };
        let same = fewer
            .children
            .iter()
            .filter_map(|(segment, child)| Some(Work::Nodes(*child, *more.children.get(segment)?)));
        let patterns = [(one, left, right), (other, right, left)];
        let children = patterns.into_iter().flat_map(|(node, of, with)| {
            node.patterns
                .iter()
                .map(move |pattern| Work::Child(of, *pattern, with))
        });
        children.chain(same).collect()
    }

    /// The children of one node that some text leads to as well as to a given child of another.
    fn matches(&mut self, of: NodeId, pattern: SegmentId, with: NodeId) -> Vec<Work> {
        let child = self
            .nodes
            .get(of)
            .and_then(|node| node.children.get(&pattern));
        let (Some(&child), Some(node)) = (child, self.nodes.get(with)) else {
            return Vec::new();
        };
        let candidates = node.children.range(self.segments.led_by(pattern));
        let candidates: Vec<_> = candidates
            .map(|(segment, node)| (*segment, *node))
            .collect();
        let mut found = Vec::new();
        for (segment, candidate) in candidates {
            if segment != pattern
                && self.is_worth(child, candidate)
                && self.segments.meet(pattern, segment, self.effort)
            {
                found.push(Work::Nodes(child, candidate));
            }
        }
        found
    }

    /// Whether there can be news: a cache below one of the nodes, not found to collide yet, and an earlier one below
    /// the other.
    fn is_worth(&mut self, left: NodeId, right: NodeId) -> bool {
        let firsts = [left, right].map(|node| self.nodes.get(node)?.below.first().copied());
        let lasts = [left, right].map(|node| self.last_unfound(node));
        let is_later = |last: Option<CacheId>, first: Option<CacheId>| {
            last.zip(first).is_some_and(|(last, first)| last > first)
        };
        let ([first_left, first_right], [last_left, last_right]) = (firsts, lasts);
        is_later(last_left, first_right) || is_later(last_right, first_left)
    }

    fn last_unfound(&mut self, node: NodeId) -> Option<CacheId> {
        let below = &mut self.nodes.get_mut(node)?.below;
        // The first one stays: later ones may still collide with it.
        while below.len() > 1
            && below
                .last()
                .is_some_and(|last| self.found.contains_key(last))
        {
            below.pop();
        }
        below
            .last()
            .copied()
            .filter(|last| !self.found.contains_key(last))
    }

    fn compare_ends(&mut self, left: NodeId, right: NodeId) {
        let (Some(one), Some(other)) = (self.nodes.get(left), self.nodes.get(right)) else {
            return;
        };
        for (these, those) in [(&one.ends, &other.ends), (&other.ends, &one.ends)] {
            for this in these {
                compare(self.templates, &mut self.found, *this, those, self.effort);
            }
        }
    }
}

/// Takes down the first of `others` that belongs to an earlier cache and can yield the same key. One text leads to
/// all of them, unless a value stands in several places; then a witness decides.
fn compare(
    templates: &[Template],
    found: &mut Found,
    this: TemplateId,
    others: &[TemplateId],
    effort: &mut Effort,
) {
    let Some(template) = templates.get(this) else {
        return;
    };
    let earlier = others
        .iter()
        .filter_map(|id| Some((*id, templates.get(*id)?)));
    for (other, first) in earlier.take_while(|(_, other)| other.cache < template.cache) {
        let known = found.get(&template.cache);
        if known.is_some_and(|(_, known)| *known <= other) {
            return;
        }
        if !has_repeated(first, template) || witness(first, template, effort).is_some() {
            found.insert(template.cache, (this, other));
            return;
        }
    }
}

fn has_repeated(one: &Template, other: &Template) -> bool {
    !one.repeated().is_empty() || !other.repeated().is_empty()
}

/// All different segments, and which of them can be equal.
struct Segments<'a> {
    /// Ordered by leading text, so that those beginning alike stand together.
    ordered: Vec<&'a Segment>,
    met: BTreeMap<(SegmentId, SegmentId), bool>,
}

impl<'a> Segments<'a> {
    fn new(templates: &'a [Template]) -> Self {
        let mut ordered: Vec<_> = templates
            .iter()
            .flat_map(|template| &template.segments)
            .collect();
        ordered.sort_by_key(|segment| (segment.lead(), *segment));
        ordered.dedup();
        Self {
            ordered,
            met: BTreeMap::new(),
        }
    }

    fn id(&self, segment: &Segment) -> SegmentId {
        let key = (segment.lead(), segment);
        self.ordered
            .partition_point(|other| (other.lead(), *other) < key)
    }

    fn literal(&self, id: SegmentId) -> Option<&str> {
        self.ordered.get(id)?.literal()
    }

    /// Those whose leading text begins with that of a segment.
    fn led_by(&self, id: SegmentId) -> std::ops::Range<SegmentId> {
        let lead = self.ordered.get(id).map_or("", |segment| segment.lead());
        let begin = self
            .ordered
            .partition_point(|segment| segment.lead() < lead);
        let rest = self.ordered.get(begin..).unwrap_or_default();
        begin..begin + rest.partition_point(|segment| segment.lead().starts_with(lead))
    }

    fn meet(&mut self, one: SegmentId, other: SegmentId, effort: &mut Effort) -> bool {
        let (Some(a), Some(b)) = (self.ordered.get(one), self.ordered.get(other)) else {
            return false;
        };
        if !may_meet(a, b) {
            return false;
        }
        let pair = (one.min(other), one.max(other));
        if let Some(known) = self.met.get(&pair) {
            return *known;
        }
        let automata = [a, b].map(|segment| segment.automaton(Strings::All));
        let met = common_text(&automata.each_ref(), effort).is_some();
        self.met.insert(pair, met);
        met
    }
}

/// Whether the texts at both ends leave room for a common key; most pairs are told apart by them.
fn may_meet(one: &Segment, other: &Segment) -> bool {
    let leads = (one.lead(), other.lead());
    let tails = (one.tail(), other.tail());
    (leads.0.starts_with(leads.1) || leads.1.starts_with(leads.0))
        && (tails.0.ends_with(tails.1) || tails.1.ends_with(tails.0))
}
