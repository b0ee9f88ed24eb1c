//! Which files call macros, where items stand, that other files define: those are read again with the definitions.
//!
//! Most files call none, so reading each file on its own stays the rule. Pure: the caller reads, in parallel.

use std::collections::{BTreeMap, BTreeSet};

use super::FileFacts;
use super::rust::tree::{Item, ItemKind, Name, Tree};

/// How many definitions one call may lead to.
const MOST: usize = 32;

/// A file to be read again, by its index, with the definitions it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Index into the list of files.
    pub file: usize,
    /// Text to give to [`parse_file_with`](super::parse_file_with).
    pub definitions: String,
}

/// The files that lack definitions. Given are, for each, its path, its text and what was read of it.
pub fn shared_macros(files: &[(&str, &str, &FileFacts)]) -> Vec<Wanted> {
    let called: Vec<BTreeSet<&str>> = files
        .iter()
        .map(|(_, _, facts)| called(&facts.tree))
        .collect();
    let names: BTreeSet<&str> = called.iter().flatten().copied().collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut defined: BTreeMap<&str, Vec<Definition<'_>>> = BTreeMap::new();
    for (path, text, facts) in files {
        for (name, item) in definitions(&facts.tree) {
            let range = item.range.start as usize..item.range.end as usize;
            let text = text.get(range).unwrap_or_default();
            defined
                .entry(name)
                .or_default()
                .push(Definition { path, text });
        }
    }
    let wanted = called.iter().zip(files).enumerate();
    wanted
        .filter_map(|(file, (called, (path, _, facts)))| {
            let definitions = lacking(called, path, &facts.tree, &defined);
            (!definitions.is_empty()).then_some(Wanted { file, definitions })
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Definition<'a> {
    path: &'a str,
    text: &'a str,
}

/// Macros called where items stand, with nothing in them that could be read as items.
fn called(tree: &Tree) -> BTreeSet<&str> {
    let calls = tree.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Macro {
            path,
            items,
            tables,
            ..
        } if items.is_empty() && tables.is_empty() => path.segments.last(),
        _ => None,
    });
    calls.map(|segment| text(tree, segment.name)).collect()
}

fn definitions(tree: &Tree) -> impl Iterator<Item = (&str, &Item)> {
    tree.items.iter().filter_map(|item| match item.kind {
        ItemKind::MacroRules(_) => Some((text(tree, item.name?), item)),
        _ => None,
    })
}

fn text(tree: &Tree, name: Name) -> &str {
    tree.names.get(name.0).unwrap_or_default()
}

/// The definitions, one behind the other, that a file's calls lead to.
fn lacking(
    called: &BTreeSet<&str>,
    path: &str,
    tree: &Tree,
    defined: &BTreeMap<&str, Vec<Definition<'_>>>,
) -> String {
    let own: BTreeSet<&str> = definitions(tree).map(|(name, _)| name).collect();
    let mut open: Vec<&str> = called.iter().copied().collect();
    let mut known: BTreeSet<&str> = own;
    let mut found = String::new();
    let mut count = 0;
    while let Some(name) = open.pop() {
        let Some(definition) = defined
            .get(name)
            .and_then(|all| nearest(all, path))
            .filter(|_| known.insert(name) && count < MOST)
        else {
            continue;
        };
        count += 1;
        found.push_str(definition.text);
        found.push('\n');
        open.extend(calls_in(definition.text).filter(|name| defined.contains_key(name)));
    }
    found
}

/// The one of the same crate, else the only one.
fn nearest<'a>(all: &[Definition<'a>], path: &str) -> Option<Definition<'a>> {
    let of_crate = |path: &str| {
        path.rfind("src/")
            .map(|at| path.get(..at).unwrap_or_default().to_owned())
    };
    let same = |definition: &&Definition<'_>| of_crate(definition.path) == of_crate(path);
    let mut near = all.iter().filter(same);
    match (near.next(), near.next(), all) {
        (Some(only), None, _) | (None, None, [only]) => Some(*only),
        _ => None,
    }
}

/// Names before a `!` and a delimiter.
fn calls_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('!').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let begin = before
            .rfind(|next: char| !next.is_alphanumeric() && next != '_')
            .map_or(0, |at| at + 1);
        before.get(begin..).filter(|name| !name.is_empty())
    })
}
