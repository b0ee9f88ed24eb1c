//! All templates in one tree, and what a common character leads two places of it to.
//!
//! Owns the walk's map: a node for each beginning that templates share, character by character and value by value.
//! Where they share it they are one, so a thousand keys that differ in their last word cost no more than their text.
//! What a value may be written as is one automaton for each shape, however often it stands.

use std::collections::BTreeMap;

use super::alphabet::Class;
use super::automaton::{Automaton, START, State};
use super::effort::Effort;
use super::shape::{Shape, Strings};
use super::template::Template;

/// Index of a template in the list that was searched.
pub(super) type TemplateId = usize;
/// What templates must not share a key across: a cache, by its number, or one layout of it.
pub(super) type Owner = u32;
type ShapeId = u16;

/// Where a text may have led.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The node; within a value, the one behind it.
    pub(super) node: u32,
    /// The state within the value that leads to the node.
    pub(super) within: Option<(ShapeId, u32)>,
}

/// All templates.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    shapes: Vec<Automaton>,
}

/// Behind a beginning that some templates share.
#[derive(Debug, Default)]
pub(super) struct Node {
    symbols: BTreeMap<char, u32>,
    values: BTreeMap<ShapeId, u32>,
    /// Templates that end here.
    pub(super) ends: Vec<TemplateId>,
    /// Whose templates lie here and below, ascending.
    pub(super) owners: Vec<Owner>,
}

const NO_NODE: &Node = &Node {
    symbols: BTreeMap::new(),
    values: BTreeMap::new(),
    ends: Vec::new(),
    owners: Vec::new(),
};

impl Tree {
    /// Lays templates into a tree. They are given in the order of their owners.
    pub(super) fn grow(templates: &[Template], owners: &[Owner]) -> Self {
        let mut tree = Self {
            nodes: vec![Node::default()],
            shapes: Vec::new(),
        };
        let mut shapes = BTreeMap::new();
        for ((id, template), owner) in templates.iter().enumerate().zip(owners) {
            let mut at = 0;
            tree.own(at, *owner);
            for part in template.parts() {
                at = match part {
                    Part::Symbol(symbol) => tree.behind_symbol(at, symbol),
                    Part::Value(shape) => {
                        let shape = *shapes.entry(shape).or_insert_with(|| tree.add_shape(shape));
                        tree.behind_value(at, shape)
                    }
                };
                tree.own(at, *owner);
            }
            if let Some(node) = tree.nodes.get_mut(at as usize) {
                node.ends.push(id);
            }
        }
        tree
    }

    fn own(&mut self, node: u32, owner: Owner) {
        if let Some(node) = self.nodes.get_mut(node as usize)
            && node.owners.last() != Some(&owner)
        {
            node.owners.push(owner);
        }
    }

    fn add_shape(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(shape.automaton(Strings::All));
        ShapeId::try_from(self.shapes.len() - 1).unwrap_or(ShapeId::MAX)
    }

    fn behind_symbol(&mut self, at: u32, symbol: char) -> u32 {
        let new = self.next();
        let node = self.nodes.get_mut(at as usize);
        let to = node.map_or(new, |node| *node.symbols.entry(symbol).or_insert(new));
        self.add_if(to == new);
        to
    }

    fn behind_value(&mut self, at: u32, shape: ShapeId) -> u32 {
        let new = self.next();
        let node = self.nodes.get_mut(at as usize);
        let to = node.map_or(new, |node| *node.values.entry(shape).or_insert(new));
        self.add_if(to == new);
        to
    }

    fn next(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    fn add_if(&mut self, new: bool) {
        if new {
            self.nodes.push(Node::default());
        }
    }

    /// The node of a number.
    pub(super) fn node(&self, node: u32) -> &Node {
        self.nodes.get(node as usize).unwrap_or(NO_NODE)
    }

    /// The same, to be changed.
    pub(super) fn node_mut(&mut self, node: u32) -> Option<&mut Node> {
        self.nodes.get_mut(node as usize)
    }

    fn state(&self, place: Place) -> Option<&State> {
        let (shape, state) = place.within?;
        self.shapes.get(usize::from(shape))?.get(state)
    }

    /// Where nothing at all leads: into the values that stand at a node, and out of one that is read to its end.
    pub(super) fn skips(&self, place: Place) -> Vec<Place> {
        let Place { node, within } = place;
        let Some((shape, state)) = within else {
            let values = self.node(node).values.iter();
            let into = |(shape, node): (&ShapeId, &u32)| Place {
                node: *node,
                within: Some((*shape, START)),
            };
            return values.map(into).collect();
        };
        let automaton = self.shapes.get(usize::from(shape));
        let states = self.state(place).map_or(&[][..], State::skips).iter();
        let mut found: Vec<_> = states.map(|state| to(place, *state)).collect();
        if automaton.is_some_and(|automaton| automaton.accepts(state)) {
            found.push(Place { node, within: None });
        }
        found
    }

    fn symbols(&self, place: Place) -> Vec<(char, Place)> {
        if let Some(state) = self.state(place) {
            let symbols = state.symbols().iter();
            return symbols
                .map(|(symbol, state)| (*symbol, to(place, *state)))
                .collect();
        }
        let symbols = self.node(place.node).symbols.iter();
        symbols.map(|(symbol, node)| (*symbol, at(*node))).collect()
    }

    fn symbol_count(&self, place: Place) -> usize {
        let state = self.state(place).map(|state| state.symbols().len());
        state.unwrap_or_else(|| self.node(place.node).symbols.len())
    }

    fn behind(&self, place: Place, symbol: char) -> Vec<Place> {
        if let Some(state) = self.state(place) {
            let led = state.symbols().range((symbol, 0)..=(symbol, u32::MAX));
            return led.map(|(_, state)| to(place, *state)).collect();
        }
        let led = self.node(place.node).symbols.get(&symbol);
        led.map(|node| at(*node)).into_iter().collect()
    }

    fn classes(&self, place: Place) -> &[(Class, u32)] {
        self.state(place).map_or(&[], State::classes)
    }

    /// The pairs of places that some character leads two places to; none where that takes more effort than is left.
    pub(super) fn reads(
        &self,
        one: Place,
        other: Place,
        effort: &mut Effort,
    ) -> Option<Vec<(Place, Place)>> {
        let mut found = Vec::new();
        let (few, many) = if self.symbol_count(one) <= self.symbol_count(other) {
            (one, other)
        } else {
            (other, one)
        };
        let mut steps = 1;
        for (symbol, to) in self.symbols(few) {
            steps += 1;
            found.extend(self.behind(many, symbol).into_iter().map(|with| (to, with)));
        }
        for (these, those) in [(one, other), (other, one)] {
            if self.classes(those).is_empty() {
                continue;
            }
            for (symbol, led) in self.symbols(these) {
                let classes = self.classes(those).iter();
                steps += classes.len();
                let meeting = classes.filter(|(class, _)| class.has(symbol));
                found.extend(meeting.map(|(_, state)| (led, to(those, *state))));
            }
        }
        for (class, state) in self.classes(one) {
            let classes = self.classes(other).iter();
            steps += classes.len();
            let meeting = classes.filter(|(with, _)| class.and(*with).is_some());
            found.extend(meeting.map(|(_, with)| (to(one, *state), to(other, *with))));
        }
        effort.spend(steps).then_some(found)
    }
}

/// A place within the same value.
fn to(place: Place, state: u32) -> Place {
    let within = place.within.map(|(shape, _)| (shape, state));
    Place { within, ..place }
}

/// A node itself.
pub(super) fn at(node: u32) -> Place {
    Place { node, within: None }
}

/// A character of a template, or a value in it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// As it stands.
    Symbol(char),
    /// Of this shape.
    Value(Shape),
}
