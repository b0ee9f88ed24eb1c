//! One concrete key that two templates can yield, and the values they yield it for.

use std::collections::BTreeMap;

use super::automaton::{Automaton, Read, common_text};
use super::effort::Effort;
use super::shape::Strings;
use super::template::{Hole, Template};

/// A key two templates yield.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Witness {
    /// The key behind the namespace.
    pub(super) key: String,
    /// What stands in it for each value, as encoded, for either template.
    pub(super) values: [Values; 2],
}

/// The values of a template, as encoded.
pub(super) type Values = BTreeMap<Hole, String>;

/// A key that both yield, if there is one. Exact, but for a value that stands twice in a template and is not all of
/// a segment both times: then its places are taken to be independent.
pub(super) fn witness(one: &Template, other: &Template, effort: &mut Effort) -> Option<Witness> {
    if one.segments.len() != other.segments.len() {
        return None;
    }
    let mut texts = BTreeMap::new();
    let mut values = [one, other].map(Template::empty_values);
    for members in equal_segments(one, other) {
        let reads = common([one, other], &members, effort)?;
        for (index, member) in members.iter().enumerate() {
            texts.insert(*member, text(&reads));
            for (side, (template, values)) in [one, other].into_iter().zip(&mut values).enumerate()
            {
                note_values(template, *member, &reads, 2 * index + side, values);
            }
        }
    }
    let segments: Vec<_> = texts.into_values().collect();
    Some(Witness {
        key: segments.join(":"),
        values,
    })
}

/// The segments in groups that hold the same text in every common key: a value that stands in two of them ties
/// them together, and what stands beside it in the other template ties further ones.
fn equal_segments(one: &Template, other: &Template) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..one.segments.len())
        .map(|segment| vec![segment])
        .collect();
    let mut group_of: Vec<usize> = (0..groups.len()).collect();
    for (first, second) in one.repeated().into_iter().chain(other.repeated()) {
        let (Some(&into), Some(&from)) = (group_of.get(first), group_of.get(second)) else {
            continue;
        };
        if into == from {
            continue;
        }
        let moved = groups.get_mut(from).map(std::mem::take).unwrap_or_default();
        for segment in &moved {
            if let Some(group) = group_of.get_mut(*segment) {
                *group = into;
            }
        }
        if let Some(group) = groups.get_mut(into) {
            group.extend(moved);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// A text all these segments of both templates can hold.
fn common(templates: [&Template; 2], members: &[usize], effort: &mut Effort) -> Option<Vec<Read>> {
    let sides = || {
        members
            .iter()
            .flat_map(|member| templates.map(|template| template.segments.get(*member)))
    };
    readable(|strings| {
        let automata: Vec<Automaton> = sides()
            .map(|segment| Some(segment?.automaton(strings)))
            .collect::<Option<_>>()?;
        common_text(&automata.iter().collect::<Vec<_>>(), effort)
    })
}

/// What is found without empty texts, or else with them: a reader sees more in `a-b` than in `-`.
pub(super) fn readable(find: impl FnMut(Strings) -> Option<Vec<Read>>) -> Option<Vec<Read>> {
    [Strings::Filled, Strings::All].into_iter().find_map(find)
}

/// Shares the characters of a segment out among the values of one template.
pub(super) fn note_values(
    template: &Template,
    segment: usize,
    reads: &[Read],
    automaton: usize,
    values: &mut Values,
) {
    let mut here = Values::new();
    for read in reads {
        let piece = read.pieces.get(automaton);
        if let Some(hole) = piece.and_then(|piece| template.hole(segment, *piece)) {
            here.entry(hole).or_default().push(read.symbol);
        }
    }
    values.extend(here);
}

/// The characters of a text that was found.
pub(super) fn text(reads: &[Read]) -> String {
    reads.iter().map(|read| read.symbol).collect()
}
