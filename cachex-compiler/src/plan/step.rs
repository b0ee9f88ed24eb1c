//! One step: made from a `when`, turned by a `cache:` into one of the next cache, compared with others.

use std::collections::BTreeSet;

use super::origin::{Origin, component_of};
use super::rules::{Dependent, Listener, Rules};
use super::{Because, Binding, Source, Step, Test};
use crate::model::{
    AttributeId, Cache, Cardinality, Dimension, DimensionId, DimensionKind, Entity, FieldSet, Only,
    Where, WhereField, WhereValue,
};

/// Dimensions of one step whose value stands for "absent" as well. Each doubles the regions of a change; the rules
/// allow as many optional params in a facet. Beyond it the dimension stays free.
const OR_ABSENT: usize = 4;

/// The step of a listener that an origin's entity meets; its mask is the closure's business.
pub(super) fn from_when(
    rules: &Rules<'_>,
    written: &Entity,
    listener: Listener<'_>,
    origin: &Origin,
) -> Step {
    let entity = rules.entity(origin.entity);
    let because = followed_by(
        &origin.because,
        Because::When(listener.cache, listener.index),
    );
    let mut step = Step {
        cache: listener.cache,
        bindings: Vec::new(),
        mask: FieldSet::ALL,
        tests: Vec::new(),
        present: origin.present.clone(),
        because,
    };
    let cache = rules.schema.cache(listener.cache);
    for clause in &listener.when.wheres {
        let Some(from) = origin.reads.source(entity, clause.left.value) else {
            continue;
        };
        match &clause.right.value {
            WhereValue::Literal(literal) => step.test(from, literal),
            WhereValue::Dimension(dimension) => {
                step.require(&from, written, cache, *dimension);
                step.bind(*dimension, from, false);
            }
        }
    }
    step.fix(&listener.when.only);
    step.sorted()
}

/// What a step of the upstream cache means for a dependent one; `None` where it can't reach it.
///
/// It is the region the rules name that is turned, not the facet it may be widened to when it is cleared: an entry
/// built from one that was cleared without need is as fresh as before.
pub(super) fn cascade(
    rules: &Rules<'_>,
    written: &Entity,
    step: &Step,
    dependent: Dependent<'_>,
) -> Option<Step> {
    let upstream = rules.schema.cache(step.cache);
    let cache = rules.schema.cache(dependent.cache);
    let mut next = Step {
        cache: dependent.cache,
        bindings: Vec::new(),
        mask: step.mask,
        tests: step.tests.clone(),
        present: step.present.clone(),
        because: followed_by(
            &step.because,
            Because::Cascade(dependent.cache, dependent.index),
        ),
    };
    for clause in &dependent.upstream.wheres {
        let Some(bound) = step.binding(clause.left.value) else {
            continue;
        };
        match &clause.right.value {
            WhereValue::Literal(literal) => match &bound.from {
                Source::Literal(fixed) if fixed != literal => return None,
                Source::Literal(_) => {}
                from => next.test(from.clone(), literal),
            },
            WhereValue::Dimension(dimension) => {
                next.require(&bound.from, written, cache, *dimension);
                let or_absent = or_absent(upstream, bound, cache.dimension(*dimension));
                next.bind(*dimension, bound.from.clone(), or_absent);
            }
        }
    }
    next.fix(&dependent.upstream.only);
    Some(next.sorted())
}

/// The reference or field a clause names.
pub(super) fn attribute(clause: &Where<WhereField>) -> Option<AttributeId> {
    match clause.left.value {
        WhereField::Attribute(attribute) => Some(attribute),
        WhereField::Identity | WhereField::Component(_) => None,
    }
}

/// How many values a source has on the written entity; what is a component of an identity is always there.
fn cardinality(written: &Entity, from: &Source) -> Cardinality {
    match from {
        Source::Field(WhereField::Attribute(attribute))
            if component_of(written, *attribute).is_none() =>
        {
            written.attribute(*attribute).cardinality
        }
        _ => Cardinality::One,
    }
}

/// Whether a dimension bound to an upstream's value is bound to "absent" as well. Of a param that needs no saying.
fn or_absent(upstream: &Cache, bound: &Binding, dimension: &Dimension) -> bool {
    let unrestricted = bound.or_absent || is_optional_param(upstream.dimension(bound.dimension));
    unrestricted
        && dimension.kind == DimensionKind::Tag
        && dimension.cardinality == Cardinality::Optional
}

fn is_optional_param(dimension: &Dimension) -> bool {
    dimension.kind == DimensionKind::Param && dimension.cardinality == Cardinality::Optional
}

/// A path and its next rule; of one that is too long the middle is left out.
pub(super) fn followed_by(path: &[Because], hop: Because) -> Vec<Because> {
    let mut because = Vec::with_capacity(path.len() + 1);
    because.extend_from_slice(path);
    if because.len() == Step::HOPS {
        because.remove(Step::HOPS / 2);
    }
    because.push(hop);
    because
}

impl Step {
    /// Rules a step names at most. Nobody reads more, and the paths of a chain of caches as long as a file allows
    /// would otherwise take the square of its length.
    pub const HOPS: usize = 64;

    /// The binding of a dimension.
    pub fn binding(&self, dimension: DimensionId) -> Option<&Binding> {
        self.bindings
            .iter()
            .find(|binding| binding.dimension == dimension)
    }

    /// Every source it reads.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let bound = self.bindings.iter().map(|binding| &binding.from);
        bound.chain(self.tests.iter().map(|test| &test.from))
    }

    /// The dimensions it binds, ascending.
    pub fn dimensions(&self) -> Vec<DimensionId> {
        self.bindings
            .iter()
            .map(|binding| binding.dimension)
            .collect()
    }

    /// Whether all that `other` clears is cleared by this one too.
    pub(super) fn subsumes(&self, other: &Self) -> bool {
        self.mask.contains(other.mask) && self.holds(other)
    }

    /// Whether every region of `other` lies in one of this step.
    pub(super) fn holds(&self, other: &Self) -> bool {
        self.cache == other.cache
            && self.bindings.iter().all(|binding| {
                other.binding(binding.dimension).is_some_and(|bound| {
                    bound.from == binding.from && (binding.or_absent || !bound.or_absent)
                })
            })
            && self.tests.iter().all(|test| other.tests.contains(test))
            && self.present.iter().all(|one| other.present.contains(one))
    }

    /// Whether both have the same regions.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        self.bindings == other.bindings
            && self.tests == other.tests
            && self.present == other.present
    }

    /// What both have in common: a step of which each region of either is a part.
    pub(super) fn common(mut self, other: &Self) -> Self {
        self.bindings.retain_mut(|binding| {
            let Some(same) = other.binding(binding.dimension) else {
                return false;
            };
            binding.or_absent |= same.or_absent;
            same.from == binding.from
        });
        self.tests.retain(|test| other.tests.contains(test));
        self.present.retain(|one| other.present.contains(one));
        self
    }

    /// Binds a dimension. The first binding of it holds: a second one (twice in a `where`, or in `where` and `only`)
    /// could only narrow the region, so leaving it out is never stale.
    fn bind(&mut self, dimension: DimensionId, from: Source, or_absent: bool) {
        let doubled = self.bindings.iter().filter(|bound| bound.or_absent).count();
        let too_many = or_absent && doubled >= OR_ABSENT;
        if self.binding(dimension).is_none() && !too_many {
            self.bindings.push(Binding {
                dimension,
                from,
                or_absent,
            });
        }
    }

    fn fix(&mut self, only: &[Only]) {
        for only in only {
            self.bind(
                only.dimension.value,
                Source::Literal(only.literal.value.clone()),
                false,
            );
        }
    }

    fn test(&mut self, from: Source, literal: &str) {
        self.tests.push(Test {
            from,
            literal: literal.to_owned(),
        });
    }

    /// A value that is absent is in no region of a required param, an empty set in none at all; and what is built
    /// from no region is none either, even where it doesn't bind the value any more. A required *tag* is no reason: its
    /// region holds no entry whose tags are known, and those whose tags aren't belong to every region bound by a tag.
    fn require(&mut self, from: &Source, written: &Entity, cache: &Cache, dimension: DimensionId) {
        if self.binding(dimension).is_some() {
            return;
        }
        let declared = cache.dimension(dimension);
        let required = match cardinality(written, from) {
            Cardinality::One => false,
            Cardinality::Many => true,
            Cardinality::Optional => {
                declared.kind == DimensionKind::Param
                    && declared.cardinality != Cardinality::Optional
            }
        };
        if let (true, Source::Field(WhereField::Attribute(attribute))) = (required, from) {
            self.present.push(*attribute);
        }
    }

    fn sorted(mut self) -> Self {
        self.bindings.sort_by_key(|binding| binding.dimension);
        self.tests = self
            .tests
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        self.present.sort();
        self.present.dedup();
        self
    }
}
