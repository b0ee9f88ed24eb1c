//! Small automata over the characters of a key: whether several accept a common text, and whether one accepts a
//! text in two ways.
//!
//! Owns the search. Knows nothing of caches or types: `shape` builds the automata. A search visits each
//! combination of states once, so it ends on any input.

use std::collections::{BTreeMap, VecDeque};

use super::alphabet::{Class, common};

/// The state every automaton begins in.
const START: u32 = 0;

/// Accepts the texts that lead from its first state to the accepting one.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    accept: u32,
}

#[derive(Debug, Default)]
struct State {
    edges: Vec<(Class, u32)>,
    /// Without a character.
    skips: Vec<u32>,
    /// Which piece of the template a character read from here belongs to.
    piece: u16,
}

impl Automaton {
    /// Adds a state whose characters belong to a piece of the template.
    pub(super) fn state(&mut self, piece: u16) -> u32 {
        self.states.push(State {
            piece,
            ..State::default()
        });
        u32::try_from(self.states.len() - 1).unwrap_or(u32::MAX)
    }

    /// Lets a character of the class lead from one state to another.
    pub(super) fn edge(&mut self, from: u32, class: Class, to: u32) {
        if let Some(state) = self.states.get_mut(from as usize) {
            state.edges.push((class, to));
        }
    }

    /// Lets nothing at all lead from one state to another.
    pub(super) fn skip(&mut self, from: u32, to: u32) {
        if let Some(state) = self.states.get_mut(from as usize) {
            state.skips.push(to);
        }
    }

    /// Makes a state the accepting one.
    pub(super) fn accept(&mut self, state: u32) {
        self.accept = state;
    }

    /// Lets a text lead from one state to another. Texts from one state share their beginnings (unshared, every `%`
    /// of one value would be paired with every `%` of the other).
    pub(super) fn text(&mut self, from: u32, text: &str, to: u32, piece: u16) {
        let mut at = from;
        let mut symbols = text.chars().peekable();
        while let Some(symbol) = symbols.next() {
            if symbols.peek().is_none() {
                self.edge(at, Class::One(symbol), to);
                return;
            }
            at = self.step(at, symbol).unwrap_or_else(|| {
                let next = self.state(piece);
                self.edge(at, Class::One(symbol), next);
                next
            });
        }
        self.skip(at, to);
    }

    fn step(&self, at: u32, symbol: char) -> Option<u32> {
        let edges = &self.get(at)?.edges;
        edges
            .iter()
            .find(|(class, _)| *class == Class::One(symbol))
            .map(|(_, to)| *to)
    }

    fn get(&self, state: u32) -> Option<&State> {
        self.states.get(state as usize)
    }
}

/// How many places searches may still visit, all together. Keys that people write need a few dozen each; thousands of
/// caches whose keys begin with values, in one file, would take minutes. What is not decided when it is used up counts
/// as different.
#[derive(Debug)]
pub(in crate::rules) struct Effort(u32);

impl Default for Effort {
    fn default() -> Self {
        Self(200_000)
    }
}

impl Effort {
    fn spend(&mut self) -> bool {
        self.0 = self.0.saturating_sub(1);
        self.0 > 0
    }
}

/// One character of a text, and the piece it belongs to in each automaton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// The character.
    pub(super) symbol: char,
    /// By automaton.
    pub(super) pieces: Vec<u16>,
}

/// A short text that all automata accept.
pub(super) fn common_text(automata: &[&Automaton], effort: &mut Effort) -> Option<Vec<Read>> {
    search(automata, Wanted::Any, effort)
}

/// A short text that the automaton accepts with its characters shared out among the pieces in two ways.
pub(super) fn ambiguous_text(automaton: &Automaton, effort: &mut Effort) -> Option<Vec<Read>> {
    search(&[automaton, automaton], Wanted::Diverged, effort)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Diverged,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    states: Vec<u32>,
    /// A character was read that belongs to different pieces.
    diverged: bool,
}

/// Where a place was reached from, and by which character (none: by a skip).
type Reached = BTreeMap<Place, Option<(Place, Option<Read>)>>;

fn search(automata: &[&Automaton], wanted: Wanted, effort: &mut Effort) -> Option<Vec<Read>> {
    let start = Place {
        states: vec![START; automata.len()],
        diverged: false,
    };
    let mut reached = Reached::from([(start.clone(), None)]);
    let mut queue = VecDeque::from([start]);
    while let Some(place) = queue.pop_front() {
        if !effort.spend() {
            return None;
        }
        let accepted = automata
            .iter()
            .zip(&place.states)
            .all(|(automaton, state)| automaton.accept == *state);
        if accepted && (wanted == Wanted::Any || place.diverged) {
            return Some(trace(&reached, place));
        }
        for (next, read) in skips(automata, &place) {
            // A skip costs no character: what it leads to is as near as the place itself.
            if !reached.contains_key(&next) {
                reached.insert(next.clone(), Some((place.clone(), read)));
                queue.push_front(next);
            }
        }
        for (next, read) in reads(automata, &place) {
            if !reached.contains_key(&next) {
                reached.insert(next.clone(), Some((place.clone(), read)));
                queue.push_back(next);
            }
        }
    }
    None
}

fn skips(automata: &[&Automaton], place: &Place) -> Vec<(Place, Option<Read>)> {
    let mut found = Vec::new();
    for (index, (automaton, state)) in automata.iter().zip(&place.states).enumerate() {
        for target in automaton.get(*state).map_or(&[][..], |state| &state.skips) {
            let mut next = place.clone();
            if let Some(state) = next.states.get_mut(index) {
                *state = *target;
            }
            found.push((next, None));
        }
    }
    found
}

fn reads(automata: &[&Automaton], place: &Place) -> Vec<(Place, Option<Read>)> {
    let mut combined: Vec<(Vec<Class>, Vec<u32>)> = vec![(Vec::new(), Vec::new())];
    let mut pieces = Vec::with_capacity(automata.len());
    for (automaton, state) in automata.iter().zip(&place.states) {
        let Some(state) = automaton.get(*state) else {
            return Vec::new();
        };
        pieces.push(state.piece);
        combined = combined
            .iter()
            .flat_map(|partial| state.edges.iter().map(move |edge| extend(partial, *edge)))
            .filter(|(classes, _)| common(classes).is_some())
            .collect();
    }
    let diverged = place.diverged || pieces.windows(2).any(|pair| pair.first() != pair.last());
    combined
        .into_iter()
        .filter_map(|(classes, states)| {
            let pieces = pieces.clone();
            let read = common(&classes).map(|symbol| Read { symbol, pieces });
            read.is_some().then_some((Place { states, diverged }, read))
        })
        .collect()
}

fn extend(
    (classes, states): &(Vec<Class>, Vec<u32>),
    (class, target): (Class, u32),
) -> (Vec<Class>, Vec<u32>) {
    let mut classes = classes.clone();
    classes.push(class);
    let mut states = states.clone();
    states.push(target);
    (classes, states)
}

fn trace(reached: &Reached, last: Place) -> Vec<Read> {
    let mut reads = Vec::new();
    let mut place = last;
    while let Some(Some((previous, read))) = reached.get(&place) {
        reads.extend(read.clone());
        place = previous.clone();
    }
    reads.reverse();
    reads
}
