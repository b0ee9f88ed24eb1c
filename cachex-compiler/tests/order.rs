//! Facts depend on what the files say: not on the order they come in, nor on threads; facts whose places were moved
//! are those of the text the places are moved to, and amended facts are those of the edited text.
#![cfg(feature = "analyze")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed expectation is the report"
)]

#[path = "order/bodies.rs"]
mod bodies;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cachex_compiler::analyze::{
    Definitions, Edits, Facts, FileFacts, KeptFile, Later, Moves, Options, SourceFile, Workspace,
    amended, link, link_keeping, parse_file, shape, targets_of_paths,
};
use cachex_compiler::model::Dialect;
use cachex_compiler::source::FileId;

/// Path and text of each Rust file of an application, sorted.
type Files = Vec<(String, String)>;

/// The applications of the tests of facts and of findings.
fn applications() -> Vec<Files> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = Vec::new();
    for above in [here.join("tests/analyze"), here.join("../tests/check")] {
        folders.extend(entries(&above));
    }
    let read = |folder: &PathBuf| {
        let mut files = Files::new();
        below(folder, folder, &mut files);
        files
    };
    let all: Vec<Files> = folders.iter().map(read).collect();
    assert!(all.len() > 40, "the applications were found");
    all
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn below(root: &Path, at: &Path, files: &mut Files) {
    for path in entries(at) {
        if path.is_dir() {
            below(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            files.push((name.replace('\\', "/"), text));
        }
    }
}

fn parsed(files: &Files) -> Vec<FileFacts> {
    let parse = |(_, text): &(String, String)| parse_file(text.as_bytes(), Dialect::Postgres);
    files.iter().map(parse).collect()
}

/// The facts as text, the files given in this order.
fn linked(files: &Files, parsed: &[FileFacts], order: &[usize]) -> Facts {
    link(
        &workspace(files, parsed, order),
        &Options::default(),
        &|_| None,
    )
}

fn workspace<'a>(files: &'a Files, parsed: &'a [FileFacts], order: &[usize]) -> Workspace<'a> {
    let source = |index: &usize| SourceFile {
        id: FileId(u32::try_from(*index).unwrap()),
        path: &files[*index].0,
        facts: &parsed[*index],
    };
    let mut targets = targets_of_paths(
        files.iter().map(|(path, _)| path.as_str()),
        &BTreeMap::new(),
    );
    let turn = order.first().copied().unwrap_or(0) % targets.len().max(1);
    targets.rotate_left(turn);
    Workspace {
        files: order.iter().map(source).collect(),
        targets,
    }
}

fn in_order(files: &Files) -> Vec<usize> {
    (0..files.len()).collect()
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap() % most.max(1)
    }
}

#[test]
fn no_order_shows() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for files in applications() {
        let parsed = parsed(&files);
        let mut order = in_order(&files);
        let expected = format!("{:?}", linked(&files, &parsed, &order));
        for _ in 0..6 {
            for index in (1..order.len()).rev() {
                order.swap(index, chance.below(index + 1));
            }
            let found = format!("{:?}", linked(&files, &parsed, &order));
            assert!(found == expected, "{:?} in the order {order:?}", files[0].0);
        }
    }
}

#[test]
fn no_thread_shows() {
    for files in applications() {
        let alone = parsed(&files);
        let together: Vec<FileFacts> = std::thread::scope(|scope| {
            let one = |(_, text): &(String, String)| parse_file(text.as_bytes(), Dialect::Postgres);
            let running: Vec<_> = files
                .iter()
                .rev()
                .map(|file| scope.spawn(move || one(file)))
                .collect();
            let found = running.into_iter().map(|thread| thread.join().unwrap());
            found.collect::<Vec<_>>().into_iter().rev().collect()
        });
        assert!(alone == together);
    }
}

/// Wider gaps and remarks here and there, also where they change what is said.
fn respaced(text: &str, chance: &mut Chance) -> String {
    let mut out = if chance.below(2) == 0 {
        "// a remark\n".to_owned()
    } else {
        String::new()
    };
    for next in text.chars() {
        out.push(next);
        if next == '\n' && chance.below(6) == 0 {
            out.push_str("// a remark\n\n");
        }
        if next == ' ' && chance.below(40) == 0 {
            out.push_str(" /* one */\n");
        }
    }
    out
}

/// How each file's places moved; `None` where more changed.
fn edits(before: &Files, now: &Files) -> Option<BTreeMap<FileId, Moves>> {
    let both = before.iter().zip(now).zip(0..);
    let changed = both.filter(|((old, new), _)| old != new);
    changed
        .map(|(((_, old), (_, new)), id)| {
            let between = Moves::between(&shape(old)?, &shape(new)?, new)?;
            Some((FileId(id), between))
        })
        .collect()
}

#[test]
fn facts_move_with_their_text() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let (mut moved, mut changed) = (0, 0);
    for files in applications() {
        let facts = linked(&files, &parsed(&files), &in_order(&files));
        for _ in 0..4 {
            let now: Files = files
                .iter()
                .map(|(path, text)| (path.clone(), respaced(text, &mut chance)))
                .collect();
            let Some(edits) = edits(&files, &now) else {
                changed += 1;
                continue;
            };
            let Some(found) = facts.clone().moved(&edits, &|id| id) else {
                continue;
            };
            let expected = linked(&now, &parsed(&now), &in_order(&now));
            assert_eq!(
                format!("{found:?}"),
                format!("{expected:?}"),
                "{}",
                files[0].0
            );
            moved += 1;
        }
    }
    assert!(moved > 20, "{moved} moved, {changed} changed");
}

/// One statement less, twice, with another name in it, or one from somewhere else; or a function more, less, or under
/// another name. Some leave no Rust behind.
fn edited(text: &str, others: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (own, others) = (statements(text), statements(others));
    if own.is_empty() || others.is_empty() {
        return text.to_owned();
    }
    let (at, statement) = own[chance.below(own.len())].clone();
    let other = others[chance.below(others.len())].1.clone();
    match chance.below(10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, statement),
        2 => lines[at] = statement.replace("posts", "users").replace("title", "slug"),
        3 => lines.insert(
            at,
            "sqlx::query(\"DELETE FROM users WHERE id = 1\");".to_owned(),
        ),
        4 | 5 => lines.insert(at, other),
        6 => add_function(&mut lines, &other, chance),
        7 => {
            lines.insert(at, "fresh();".to_owned());
            add_function(&mut lines, &other, chance);
        }
        way => change_function(&mut lines, way == 8, chance),
    }
    lines.join("\n") + "\n"
}

fn statements(text: &str) -> Vec<(usize, String)> {
    let is_statement = |line: &str| line.starts_with("    ") && line.ends_with(';');
    let lines = text.lines().map(str::to_owned).enumerate();
    lines.filter(|(_, line)| is_statement(line)).collect()
}

/// Behind one that ends.
fn add_function(lines: &mut Vec<String>, statement: &str, chance: &mut Chance) {
    let ends = |line: &String| ["}", "    }"].contains(&line.as_str());
    let ends: Vec<usize> = (0..lines.len()).filter(|at| ends(&lines[*at])).collect();
    if !ends.is_empty() {
        let at = ends[chance.below(ends.len())] + 1;
        lines.insert(at, format!("pub async fn fresh() {{ {statement} }}"));
    }
}

/// One that isn't a method.
fn change_function(lines: &mut Vec<String>, away: bool, chance: &mut Chance) {
    let begins = |line: &String| {
        let heads = ["fn ", "pub fn ", "async fn ", "pub async fn "];
        heads.iter().any(|head| line.starts_with(head)) && line.ends_with('{')
    };
    let begins: Vec<usize> = (0..lines.len()).filter(|at| begins(&lines[*at])).collect();
    if begins.is_empty() {
        return;
    }
    let at = begins[chance.below(begins.len())];
    let end = (at..lines.len()).find(|end| lines[*end] == "}");
    if let Some(end) = end.filter(|_| away) {
        drop(lines.drain(at..=end));
        return;
    }
    let name = lines[at].split("fn ").nth(1).unwrap();
    let name: String = name
        .chars()
        .take_while(|next| next.is_alphanumeric() || *next == '_')
        .collect();
    for line in lines {
        *line = line.replace(&name, &format!("{name}_too"));
    }
}

fn amended_facts(facts: &Facts, before: &Files, now: &Files) -> Option<Facts> {
    let moves = edits(before, now)?;
    if !moves.values().any(Moves::edits) {
        return None;
    }
    let (old, new) = (parsed(before), parsed(now));
    let known = moves.keys().map(|id| (*id, old[id.0 as usize].clone()));
    let known: BTreeMap<FileId, FileFacts> = known.collect();
    let edits = Edits {
        moves: &moves,
        before: &known,
    };
    let mut kept = Vec::new();
    let keep = |definitions: &Definitions<'_>| kept = postcard::to_stdvec(definitions).unwrap();
    let workspace = workspace(before, &old, &in_order(before));
    link_keeping(&workspace, &Options::default(), &|_| None, keep);
    let mut files: Vec<KeptFile<'_>> = workspace.files.iter().map(as_kept).collect();
    for id in moves.keys() {
        let index = id.0 as usize;
        files[index].facts.replace(new[index].clone());
    }
    amended(
        postcard::from_bytes(&kept).unwrap(),
        facts.clone(),
        edits,
        &files,
        &Options::default(),
        &|_| None,
    )
}

fn as_kept<'a>(file: &SourceFile<'a>) -> KeptFile<'a> {
    let facts = file.facts;
    KeptFile {
        id: file.id,
        path: file.path,
        facts: Later::new(move || Some(facts.clone())),
    }
}

#[test]
fn facts_are_amended_where_bodies_were_edited() {
    let mut chance = Chance(0x0123_4567_89ab_cdef);
    let (mut found, mut left, mut changed_number) = (0, 0, 0);
    for files in applications() {
        let facts = linked(&files, &parsed(&files), &in_order(&files));
        for _ in 0..12 {
            let mut now = files.clone();
            let other = chance.below(files.len());
            for _ in 0..=chance.below(2) {
                let at = chance.below(files.len());
                now[at].1 = edited(&now[at].1, &files[other].1, &mut chance);
            }
            let Some(amended) = amended_facts(&facts, &files, &now) else {
                left += 1;
                continue;
            };
            found += 1;
            changed_number += usize::from(amended.functions.len() != facts.functions.len());
            let expected = linked(&now, &parsed(&now), &in_order(&now));
            let [amended, expected] = [amended, expected].map(|facts| format!("{facts:#?}"));
            if amended != expected {
                let both = amended.lines().zip(expected.lines());
                let differ = both.filter(|(one, other)| one != other).take(5);
                panic!("{}: {:#?}", now[0].1, differ.collect::<Vec<_>>());
            }
        }
    }
    assert!(
        found > 150 && changed_number > 20,
        "{found} amended, {changed_number} of them with other functions, {left} left"
    );
}
