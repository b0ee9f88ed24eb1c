//! Small automata over the characters of a key: whether several accept a common text, and whether one accepts a
//! text in two ways.
//!
//! Owns the search within one segment. Knows nothing of caches or types: `shape` builds the automata. A search visits
//! each combination of states once, and no more of them than it may.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::alphabet::Class;
use super::effort::Effort;

/// The state every automaton begins in.
pub(super) const START: u32 = 0;

/// Accepts the texts that lead from its first state to the accepting one.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    accept: u32,
}

/// Where a text may have led.
#[derive(Debug, Default)]
pub(super) struct State {
    /// By single characters.
    symbols: BTreeSet<(char, u32)>,
    classes: Vec<(Class, u32)>,
    /// Without a character.
    skips: Vec<u32>,
    /// Which piece of the template a character read from here belongs to.
    piece: u16,
}

impl State {
    /// Where single characters lead.
    pub(super) fn symbols(&self) -> &BTreeSet<(char, u32)> {
        &self.symbols
    }

    /// Where characters of classes lead.
    pub(super) fn classes(&self) -> &[(Class, u32)] {
        &self.classes
    }

    /// Where nothing at all leads.
    pub(super) fn skips(&self) -> &[u32] {
        &self.skips
    }

    fn edges(&self) -> impl Iterator<Item = (Class, u32)> {
        let symbols = self.symbols.iter();
        symbols
            .map(|(symbol, to)| (Class::One(*symbol), *to))
            .chain(self.classes.iter().copied())
    }
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
        match (self.states.get_mut(from as usize), class) {
            (Some(state), Class::One(symbol)) => {
                state.symbols.insert((symbol, to));
            }
            (Some(state), class) => state.classes.push((class, to)),
            (None, _) => {}
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

    /// Whether a text that led here is accepted.
    pub(super) fn accepts(&self, state: u32) -> bool {
        self.accept == state
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
        let mut led = self
            .get(at)?
            .symbols
            .range((symbol, 0)..=(symbol, u32::MAX));
        led.next().map(|(_, to)| *to)
    }

    /// The state of a number.
    pub(super) fn get(&self, state: u32) -> Option<&State> {
        self.states.get(state as usize)
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
type Reached = BTreeMap<Place, Option<(Place, Option<char>)>>;

fn search(automata: &[&Automaton], wanted: Wanted, effort: &mut Effort) -> Option<Vec<Read>> {
    let start = Place {
        states: vec![START; automata.len()],
        diverged: false,
    };
    let mut reached = Reached::from([(start.clone(), None)]);
    let mut queue = VecDeque::from([start]);
    while let Some(place) = queue.pop_front() {
        let accepted = automata
            .iter()
            .zip(&place.states)
            .all(|(automaton, state)| automaton.accepts(*state));
        if accepted && (wanted == Wanted::Any || place.diverged) {
            return Some(trace(automata, &reached, place));
        }
        for next in skips(automata, &place) {
            // A skip costs no character: what it leads to is as near as the place itself.
            if !reached.contains_key(&next) {
                reached.insert(next.clone(), Some((place.clone(), None)));
                queue.push_front(next);
            }
        }
        for (next, symbol) in reads(automata, &place, effort)? {
            if !reached.contains_key(&next) {
                reached.insert(next.clone(), Some((place.clone(), Some(symbol))));
                queue.push_back(next);
            }
        }
    }
    None
}

fn skips(automata: &[&Automaton], place: &Place) -> Vec<Place> {
    let mut found = Vec::new();
    for (index, (automaton, state)) in automata.iter().zip(&place.states).enumerate() {
        for target in automaton.get(*state).map_or(&[][..], State::skips) {
            let mut next = place.clone();
            if let Some(state) = next.states.get_mut(index) {
                *state = *target;
            }
            found.push(next);
        }
    }
    found
}

/// What one character leads to; none where that takes more effort than is left.
fn reads(
    automata: &[&Automaton],
    place: &Place,
    effort: &mut Effort,
) -> Option<Vec<(Place, char)>> {
    let mut combined: Vec<(Option<Class>, Vec<u32>)> = vec![(None, Vec::new())];
    for (automaton, state) in automata.iter().zip(&place.states) {
        let state = automaton.get(*state)?;
        let mut next = Vec::new();
        for (class, states) in &combined {
            let mut steps = 1;
            for (edge, to) in state.edges() {
                steps += 1;
                let Some(both) = class.map_or(Some(edge), |class| class.and(edge)) else {
                    continue;
                };
                next.push((Some(both), [states.as_slice(), &[to]].concat()));
            }
            if !effort.spend(steps) {
                return None;
            }
        }
        combined = next;
    }
    let pieces = pieces(automata, place);
    let diverged = place.diverged || pieces.windows(2).any(|pair| pair.first() != pair.last());
    let found = combined
        .into_iter()
        .filter_map(|(class, states)| Some((Place { states, diverged }, class?.example())));
    Some(found.collect())
}

/// What a character read from a place belongs to.
fn pieces(automata: &[&Automaton], place: &Place) -> Vec<u16> {
    let states = automata.iter().zip(&place.states);
    states
        .filter_map(|(automaton, state)| Some(automaton.get(*state)?.piece))
        .collect()
}

fn trace(automata: &[&Automaton], reached: &Reached, last: Place) -> Vec<Read> {
    let mut reads = Vec::new();
    let mut place = last;
    while let Some(Some((previous, symbol))) = reached.get(&place) {
        reads.extend(symbol.map(|symbol| Read {
            symbol,
            pieces: pieces(automata, previous),
        }));
        place = previous.clone();
    }
    reads.reverse();
    reads
}
