//! Cheap looks at a text: whether it may be SQL, and where values are put into it.

use super::HOLE;
use crate::analyze::facts::Operation;

/// Whether a text may write or read a table. Most literals of a program are turned away by their first word.
pub(super) fn looks_like_sql(text: &str) -> bool {
    if text.len() < 10 {
        return false;
    }
    let first = first_word(text);
    let begins = VERBS.iter().any(|verb| first.eq_ignore_ascii_case(verb));
    if begins {
        return holds_its_clause(text, first);
    }
    if continues_behind_query(text) {
        return true;
    }
    // Behind another statement, or in a script that begins with one.
    text.contains(';') && VERBS.iter().any(|verb| contains_word(text, verb)) && holds_write(text)
}

/// A piece that ends a `WITH` query and goes on with what it is for: `LIMIT 1) UPDATE t SET …`. Its verb is in capitals,
/// as prose in parentheses isn't.
fn continues_behind_query(text: &str) -> bool {
    text.match_indices(')').any(|(at, _)| {
        let behind = text.get(at + 1..).unwrap_or_default();
        let verb = first_word(behind);
        matches!(verb, "UPDATE" | "INSERT" | "DELETE") && holds_its_clause(behind, verb)
    })
}

const VERBS: [&str; 9] = [
    "select", "insert", "update", "delete", "with", "replace", "merge", "truncate", "copy",
];

/// Prose begins with such verbs too: each needs the word that goes with it.
fn holds_its_clause(text: &str, verb: &str) -> bool {
    match verb.to_ascii_lowercase().as_str() {
        "update" => contains_word(text, "set"),
        "select" | "delete" => contains_word(text, "from"),
        "insert" | "merge" | "replace" => {
            contains_word(text, "into")
                || contains_word(text, "or")
                || contains_word(text, "ignore")
        }
        "with" => contains_word(text, "as") && text.contains('('),
        "copy" => contains_word(text, "from") && contains_word(text, "stdin"),
        "truncate" => {
            verb.bytes().all(|byte| byte.is_ascii_uppercase()) || contains_word(text, "table")
        }
        _ => false,
    }
}

/// Without the `ONLY` of `PostgreSQL` before a table, which is read as the table's name.
pub(super) fn without_only(text: String) -> String {
    if !contains_word(&text, "only") {
        return text;
    }
    let before = ["from", "join", "table", "truncate", "update"];
    let mut out = String::with_capacity(text.len());
    let mut last = "";
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let names = before.iter().any(|it| last.eq_ignore_ascii_case(it));
        if !(names && word.eq_ignore_ascii_case("only")) {
            out.push_str(piece);
        }
        if !word.is_empty() {
            last = word;
        }
    }
    out
}

/// What a piece writes that ends where its table comes: `DELETE FROM `. `UPDATE` alone is a word of prose, unless in
/// capitals.
pub(super) fn breaks_off(text: &str) -> Option<Operation> {
    let rest = text.trim_end_matches(['"', '`', '.']);
    let open = rest.len() < text.len() || text.ends_with(char::is_whitespace);
    if !open || text.len() > LONGEST {
        return None;
    }
    let words: Vec<String> = rest.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["update"] if rest.trim() == "UPDATE" => Some(Operation::Update),
        ["delete", "from"] => Some(Operation::Delete),
        ["insert", .., "into"] if words.len() < 5 => Some(Operation::Insert),
        ["replace", "into"] => Some(Operation::Upsert),
        ["truncate", "table"] => Some(Operation::Truncate),
        _ => None,
    }
}

/// No piece that breaks off before its table is longer.
const LONGEST: usize = 40;

/// Whether more may be set by what is put behind an update's text: nothing ends what it sets.
pub(crate) fn may_set_more(text: &str) -> bool {
    let ends = ["where", "returning"];
    contains_word(text, "set") && !ends.iter().any(|end| contains_word(text, end))
}

fn holds_write(text: &str) -> bool {
    (contains_word(text, "insert") && contains_word(text, "into"))
        || (contains_word(text, "update") && contains_word(text, "set"))
        || (contains_word(text, "delete") && contains_word(text, "from"))
        || contains_word(text, "truncate")
}

/// The first word, comments and opening parentheses skipped.
fn first_word(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|next: char| {
            next.is_whitespace() || next == '(' || next == '\u{feff}'
        });
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n').map_or("", |(_, behind)| behind);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
        } else {
            break;
        }
    }
    let end = rest
        .find(|next: char| !next.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Whether a word stands in a text, in any case, not as a part of another.
pub(super) fn contains_word(text: &str, word: &str) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    bytes.windows(word.len()).enumerate().any(|(at, window)| {
        window.eq_ignore_ascii_case(word)
            && !part(at.checked_sub(1).and_then(|at| bytes.get(at)))
            && !part(bytes.get(at + word.len()))
    })
}

/// Puts a name for every `{…}` outside of quoted SQL text, numbered in order.
pub(super) fn fill_holes(text: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut number = 0;
    let mut quoted = false;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '{'
            && !quoted
            && let Some(behind) = hole(rest)
        {
            out.push_str(HOLE);
            out.push_str(&number.to_string());
            number += 1;
            rest = behind;
            continue;
        }
        quoted ^= next == '\'';
        out.push(next);
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    out
}

/// What stands behind a `{name:format}` that begins here.
fn hole(text: &str) -> Option<&str> {
    let end = text.find('}')?;
    let inner = text.get(1..end)?;
    inner
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_:.#?$<>^*+-".contains(&byte))
        .then(|| text.get(end + 1..))
        .flatten()
}

/// The names in a text's holes, in order: `{table}` has one, `{}` an empty one.
pub(crate) fn hole_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut quoted = false;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '{'
            && !quoted
            && let Some(behind) = hole(rest)
        {
            let inner = rest
                .get(1..rest.len() - behind.len() - 1)
                .unwrap_or_default();
            names.push(inner.split(':').next().unwrap_or_default().to_owned());
            rest = behind;
            continue;
        }
        quoted ^= next == '\'';
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    names
}
