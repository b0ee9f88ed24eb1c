//! Which caches can yield the same key.
//!
//! Owns the search over all pairs. Its cost: templates are laid into one tree by their segments, and two branches
//! are only compared where one's leading text begins the other's. So caches that begin with a name of their own,
//! as nearly all do, meet nobody, however many there are.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::Strings;
use super::template::{Segment, Template};
use super::witness::witness;
use crate::model::CacheId;

/// Index of a template in the list that was searched.
type TemplateId = usize;
/// Index of a segment among all different ones, which are ordered by their leading text.
type SegmentId = usize;
type NodeId = usize;

/// For each cache that can yield the same key as one declared before it: a template of it, and one of the first such
/// cache. The templates stand in the order of their caches.
pub(super) fn collisions(templates: &[Template]) -> Vec<(TemplateId, TemplateId)> {
    let mut search = Search {
        templates,
        segments: Segments::new(templates),
        nodes: vec![Node::default()],
        found: BTreeMap::new(),
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
    found: Found,
}

#[derive(Debug, Default)]
struct Node {
    children: BTreeMap<SegmentId, NodeId>,
    /// Children that are no plain text.
    patterns: Vec<SegmentId>,
    ends: Vec<TemplateId>,
}

impl Search<'_> {
    fn grow(&mut self) {
        for (id, template) in self.templates.iter().enumerate() {
            let mut at = 0;
            for segment in &template.segments {
                at = self.child(at, self.segments.id(segment));
            }
            if let Some(node) = self.nodes.get_mut(at) {
                node.ends.push(id);
            }
        }
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

    /// Visits every pair of nodes that some text leads to both of.
    fn walk(&mut self) {
        let mut waiting = vec![(0, 0)];
        let mut seen = BTreeSet::from([(0, 0)]);
        while let Some((left, right)) = waiting.pop() {
            self.compare_ends(left, right);
            for pair in self.common_children(left, right) {
                if seen.insert(pair) {
                    waiting.push(pair);
                }
            }
        }
    }

    fn common_children(&mut self, left: NodeId, right: NodeId) -> Vec<(NodeId, NodeId)> {
        let (Some(one), Some(other)) = (self.nodes.get(left), self.nodes.get(right)) else {
            return Vec::new();
        };
        let mut pairs = same_children(one, other);
        for (one, other) in [(one, other), (other, one)] {
            for pattern in &one.patterns {
                let Some(node) = one.children.get(pattern) else {
                    continue;
                };
                for (candidate, child) in other.children.range(self.segments.led_by(*pattern)) {
                    if candidate != pattern && self.segments.meet(*pattern, *candidate) {
                        pairs.push((*node.min(child), *node.max(child)));
                    }
                }
            }
        }
        pairs
    }

    fn compare_ends(&mut self, left: NodeId, right: NodeId) {
        let (Some(one), Some(other)) = (self.nodes.get(left), self.nodes.get(right)) else {
            return;
        };
        for (these, those) in [(&one.ends, &other.ends), (&other.ends, &one.ends)] {
            for this in these {
                compare(self.templates, &mut self.found, *this, those);
            }
        }
    }
}

/// Takes down the first of `others` that belongs to an earlier cache and can yield the same key. One text leads to
/// all of them, unless a value stands in several places; then a witness decides.
fn compare(templates: &[Template], found: &mut Found, this: TemplateId, others: &[TemplateId]) {
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
        if !has_repeated(first, template) || witness(first, template).is_some() {
            found.insert(template.cache, (this, other));
            return;
        }
    }
}

fn has_repeated(one: &Template, other: &Template) -> bool {
    !one.repeated().is_empty() || !other.repeated().is_empty()
}

fn same_children(one: &Node, other: &Node) -> Vec<(NodeId, NodeId)> {
    let (fewer, more) = if one.children.len() <= other.children.len() {
        (one, other)
    } else {
        (other, one)
    };
    let both = fewer.children.iter().filter_map(|(segment, child)| {
        let twin = more.children.get(segment)?;
        Some((*child.min(twin), *child.max(twin)))
    });
    both.collect()
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

    fn meet(&mut self, one: SegmentId, other: SegmentId) -> bool {
        let pair = (one.min(other), one.max(other));
        if let Some(known) = self.met.get(&pair) {
            return *known;
        }
        let (Some(a), Some(b)) = (self.ordered.get(one), self.ordered.get(other)) else {
            return false;
        };
        let met = may_meet(a, b) && {
            let automata = [a, b].map(|segment| segment.automaton(Strings::All));
            super::automaton::common_text(&automata.each_ref()).is_some()
        };
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
