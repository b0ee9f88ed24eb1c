//! A cache's whole key behind the namespace, cut at its colons.
//!
//! Owns the layout of keys (3-semantics, "Keys": scope, version, template, components joined by a colon). What makes
//! the cut exact is that no encoded value contains a colon: two keys are equal exactly when their segments are.

use std::collections::BTreeMap;

use super::automaton::Automaton;
use super::effort::Effort;
use super::shape::{self, Shape, Strings};
use super::tree::Part;
use crate::model::{
    Cache, CacheId, Cardinality, DimensionId, DimensionType, EntityId, KeyPart, Schema, Type,
};

/// Optional composite values of one key whose absence is considered: each doubles the layouts.
pub(super) const OPTIONAL_COMPOSITES: usize = 6;
/// Components of one value that are considered: identities may be nested, and each level may double them.
pub(super) const COMPONENTS: usize = 64;

/// One layout of a cache's key. A cache has several where a composite value may be absent, which is written as one
/// segment instead of one for each component.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pub(super) cache: CacheId,
    pub(super) segments: Vec<Segment>,
    /// By segment and piece, what stands there; none for text.
    holes: Vec<Vec<Option<Hole>>>,
}

/// What a value in a key belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hole {
    /// The scope.
    Scope,
    /// A component (most have one) of a param.
    Param(DimensionId, u16),
}

/// What stands between two colons.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Text(String),
    Value(Shape),
}

/// The layouts of a cache's key; none where there are too many to look at, or the effort is used up.
pub(super) fn templates(
    schema: &Schema,
    id: CacheId,
    cache: &Cache,
    effort: &mut Effort,
) -> Option<Vec<Template>> {
    let holes = holes(cache);
    let mut doubled = Vec::new();
    for hole in holes {
        let dimension = cache.dimension(hole);
        let composite = scalars(schema, &dimension.ty)?.len() > 1;
        if composite && dimension.cardinality == Cardinality::Optional {
            doubled.push(hole);
        }
    }
    if doubled.len() > OPTIONAL_COMPOSITES {
        return None;
    }
    let mut layouts = Vec::new();
    for layout in 0..1u32 << doubled.len() {
        let absent = doubled.iter().enumerate();
        let absent = absent.filter(|(bit, _)| layout >> bit & 1 == 1);
        let absent: Vec<_> = absent.map(|(_, hole)| *hole).collect();
        let template = Layout::new(schema, id, cache).lay_out(&absent);
        if !effort.spend(template.length()) {
            return None;
        }
        layouts.push(template);
    }
    Some(layouts)
}

fn holes(cache: &Cache) -> Vec<DimensionId> {
    let mut holes: Vec<_> = cache
        .key
        .value
        .iter()
        .filter_map(|part| match part {
            KeyPart::Hole(dimension, _) => Some(*dimension),
            KeyPart::Text(_) => None,
        })
        .collect();
    holes.sort();
    holes.dedup();
    holes
}

struct Layout<'a> {
    schema: &'a Schema,
    cache: &'a Cache,
    template: Template,
}

impl<'a> Layout<'a> {
    fn new(schema: &'a Schema, id: CacheId, cache: &'a Cache) -> Self {
        let template = Template {
            cache: id,
            segments: vec![Segment::default()],
            holes: vec![Vec::new()],
        };
        Self {
            schema,
            cache,
            template,
        }
    }

    fn lay_out(mut self, absent: &[DimensionId]) -> Template {
        if let (Some((_, scalar)), true) = (&self.schema.scope, self.cache.scoped) {
            let ty = Type {
                scalar: *scalar,
                normalisers: Vec::new(),
                rust: None,
            };
            self.add(
                Piece::Value(Shape::of(&ty, Cardinality::One)),
                Some(Hole::Scope),
            );
            self.cut();
        }
        if self.cache.format > 1 {
            self.text(&format!("v{}:", self.cache.format));
        }
        for part in &self.cache.key.value {
            match part {
                KeyPart::Text(text) => self.text(text),
                KeyPart::Hole(id, _) if absent.contains(id) => self.text(shape::ABSENT),
                KeyPart::Hole(id, _) => self.value(*id),
            }
        }
        self.template
    }

    fn text(&mut self, text: &str) {
        for (index, part) in text.split(':').enumerate() {
            if index > 0 {
                self.cut();
            }
            if !part.is_empty() {
                self.add(Piece::Text(part.to_owned()), None);
            }
        }
    }

    fn value(&mut self, id: DimensionId) {
        let dimension = self.cache.dimension(id);
        let scalars = scalars(self.schema, &dimension.ty).unwrap_or_default();
        let cardinality = match scalars.len() {
            1 => dimension.cardinality,
            _ => Cardinality::One,
        };
        for (ty, component) in scalars.into_iter().zip(0..) {
            if component > 0 {
                self.cut();
            }
            let hole = Hole::Param(id, component);
            self.add(Piece::Value(Shape::of(ty, cardinality)), Some(hole));
        }
    }

    fn cut(&mut self) {
        self.template.segments.push(Segment::default());
        self.template.holes.push(Vec::new());
    }

    fn add(&mut self, piece: Piece, hole: Option<Hole>) {
        let (Some(segment), Some(holes)) = (
            self.template.segments.last_mut(),
            self.template.holes.last_mut(),
        ) else {
            return;
        };
        match (segment.pieces.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => {
                segment.pieces.push(piece);
                holes.push(hole);
            }
        }
    }
}

/// The scalars a value is written as, identities down to their components; none where there are too many.
fn scalars<'a>(schema: &'a Schema, ty: &'a DimensionType) -> Option<Vec<&'a Type>> {
    let mut found = Vec::new();
    let mut waiting: Vec<(&DimensionType, Vec<EntityId>)> = vec![(ty, Vec::new())];
    while let Some((ty, within)) = waiting.pop() {
        match ty {
            DimensionType::Scalar(ty) => found.push(ty),
            // An identity that contains itself is another rule's report.
            DimensionType::Identity(entity) if within.contains(entity) => {}
            DimensionType::Identity(entity) => {
                let mut within = within;
                within.push(*entity);
                let components = schema.entity(*entity).identity.components.iter().rev();
                waiting.extend(components.map(|component| (&component.ty, within.clone())));
            }
        }
        if found.len() + waiting.len() > COMPONENTS {
            return None;
        }
    }
    Some(found)
}

impl Template {
    /// Its characters and values, in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> {
        let segments = self.segments.iter().enumerate();
        segments.flat_map(|(index, segment)| {
            let colon = (index > 0).then_some(Part::Symbol(':'));
            let parts = segment.pieces.iter().flat_map(|piece| {
                let (text, value) = match piece {
                    Piece::Text(text) => (text.as_str(), None),
                    Piece::Value(shape) => ("", Some(Part::Value(*shape))),
                };
                text.chars().map(Part::Symbol).chain(value)
            });
            colon.into_iter().chain(parts)
        })
    }

    /// How many there are, about.
    fn length(&self) -> usize {
        let segment = |segment: &Segment| {
            let pieces = segment.pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text.len(),
                Piece::Value(_) => 1,
            });
            pieces.sum::<usize>() + 1
        };
        self.segments.iter().map(segment).sum()
    }

    /// What a character of a segment belongs to.
    pub(super) fn hole(&self, segment: usize, piece: u16) -> Option<Hole> {
        *self.holes.get(segment)?.get(usize::from(piece))?
    }

    /// Nothing yet for each of its values.
    pub(super) fn empty_values(&self) -> BTreeMap<Hole, String> {
        let holes = self.holes.iter().flatten().flatten();
        holes.map(|hole| (*hole, String::new())).collect()
    }

    /// Nothing yet for each value of one segment.
    pub(super) fn empty_values_of(&self, segment: usize) -> BTreeMap<Hole, String> {
        let holes = self.holes.get(segment).into_iter().flatten().flatten();
        holes.map(|hole| (*hole, String::new())).collect()
    }

    /// The segments that one value is all of, by the first of them: they are equal in every key.
    pub(super) fn repeated(&self) -> Vec<(usize, usize)> {
        let mut first = BTreeMap::new();
        let mut repeated = Vec::new();
        for (index, holes) in self.holes.iter().enumerate() {
            if let [Some(hole)] = holes.as_slice() {
                let first = *first.entry(*hole).or_insert(index);
                if first != index {
                    repeated.push((first, index));
                }
            }
        }
        repeated
    }
}

impl Segment {
    /// Whether its text leaves open where its values end: it has several, and more than one of them comes in different
    /// lengths.
    pub(super) fn is_crowded(&self) -> bool {
        let values = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value(shape) => Some(shape),
            Piece::Text(_) => None,
        });
        values.filter(|shape| !shape.has_one_length()).count() > 1
    }

    /// What it accepts.
    pub(super) fn automaton(&self, strings: Strings) -> Automaton {
        let mut automaton = Automaton::default();
        let mut at = automaton.state(0);
        for (piece, index) in self.pieces.iter().zip(0..) {
            // A character read from a state belongs to the state's piece: each piece begins with one of its own.
            let begin = automaton.state(index);
            automaton.skip(at, begin);
            at = match piece {
                Piece::Text(text) => {
                    let end = automaton.state(index);
                    automaton.text(begin, text, end, index);
                    end
                }
                Piece::Value(shape) => shape::add(&mut automaton, begin, index, *shape, strings),
            };
        }
        automaton.accept(at);
        automaton
    }
}

#[cfg(test)]
impl Template {
    /// `post:{string | lower}:{u32?}` as a template of the cache of a number; a digit behind the type tells values apart
    /// that may differ: `{uuid}` stands twice for one value, `{uuid 2}` for another.
    pub(super) fn parse(cache: u32, text: &str) -> Self {
        let mut template = Self {
            cache: CacheId(cache),
            segments: Vec::new(),
            holes: Vec::new(),
        };
        let mut names: Vec<&str> = Vec::new();
        for segment in text.split(':') {
            let (mut pieces, mut holes) = (Vec::new(), Vec::new());
            for (index, part) in segment.split(['{', '}']).enumerate() {
                if index % 2 == 0 && part.is_empty() {
                    continue;
                }
                if index % 2 == 0 {
                    pieces.push(Piece::Text(part.to_owned()));
                    holes.push(None);
                    continue;
                }
                let name = names
                    .iter()
                    .position(|name| *name == part)
                    .unwrap_or_else(|| {
                        names.push(part);
                        names.len() - 1
                    });
                pieces.push(Piece::Value(Shape::parse(part)));
                holes.push(Some(Hole::Param(DimensionId(name.try_into().unwrap()), 0)));
            }
            template.segments.push(Segment { pieces });
            template.holes.push(holes);
        }
        template
    }
}
