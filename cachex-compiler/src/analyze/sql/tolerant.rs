//! The verbs of a text that no dialect reads: pieces of statements, and forms that a parser does not know.

use super::Statement;
use crate::analyze::facts::Operation;

/// The writes of a text, and the tables behind `FROM` and `JOIN` where it has none.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(statement) = write_at(&words, at) {
            found.push(statement);
        }
        at += 1;
    }
    if found.is_empty() {
        found = reads(&words);
    }
    found
}

/// Words, names with their dots and quotes, and single characters.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            '\'' => {
                // Quoted text: `''` is a quote in it.
                while let Some(inside) = chars.next() {
                    if inside == '\'' && chars.next_if_eq(&'\'').is_none() {
                        break;
                    }
                }
                words.push("''".to_owned());
            }
            // PostgreSQL's `$$ … $$`: text, mostly of a function that only the database runs. `DO $$ … $$` runs at once.
            '$' if chars.peek() == Some(&'$') => {
                chars.next();
                let runs = words.iter().rev().take_while(|word| *word != ";").last();
                if runs.is_some_and(|first| first.eq_ignore_ascii_case("do")) {
                    words.push(";".to_owned());
                    continue;
                }
                let mut last = ' ';
                for inside in chars.by_ref() {
                    if inside == '$' && last == '$' {
                        break;
                    }
                    last = inside;
                }
            }
            '-' if chars.peek() == Some(&'-') => {
                while chars.next_if(|next| *next != '\n').is_some() {}
            }
            '"' | '`' | '[' => {
                let close = if next == '[' { ']' } else { next };
                let mut name = String::new();
                while let Some(inside) = chars.next_if(|inside| *inside != close) {
                    name.push(inside);
                }
                chars.next();
                attach(&mut words, name);
            }
            _ if next.is_alphanumeric() || next == '_' => {
                let mut word = String::from(next);
                while let Some(more) = chars.next_if(|more| more.is_alphanumeric() || *more == '_')
                {
                    word.push(more);
                }
                attach(&mut words, word);
            }
            _ if next.is_whitespace() => {}
            _ => words.push(next.to_string()),
        }
    }
    words
}

/// `schema` `.` `table` is one word.
fn attach(words: &mut Vec<String>, word: String) {
    if words.last().is_some_and(|last| last == ".") && words.len() >= 2 {
        words.pop();
        if let Some(owner) = words.last_mut() {
            owner.push('.');
            owner.push_str(&word);
            return;
        }
    }
    words.push(word);
}

fn is(words: &[String], at: usize, word: &str) -> bool {
    words
        .get(at)
        .is_some_and(|found| found.eq_ignore_ascii_case(word))
}

fn table(words: &[String], at: usize) -> Option<String> {
    let name = words.get(at)?;
    name.chars()
        .next()
        .filter(|first| first.is_alphabetic() || *first == '_')?;
    Some(name.clone())
}

fn write_at(words: &[String], at: usize) -> Option<Statement> {
    // `ON CONFLICT DO UPDATE SET`, `FOR UPDATE`, `ON DELETE CASCADE` are no statements of their own.
    if at > 0
        && ["do", "for", "on", "key"]
            .iter()
            .any(|before| is(words, at - 1, before))
    {
        return None;
    }
    if is(words, at, "insert") || is(words, at, "replace") {
        return insert_at(words, at);
    }
    if is(words, at, "update") {
        let mut name_at = at + 1;
        while [
            "only", "or", "ignore", "replace", "rollback", "abort", "fail",
        ]
        .iter()
        .any(|word| is(words, name_at, word))
        {
            name_at += 1;
        }
        // `WHEN MATCHED THEN UPDATE SET`
        let name = table(words, name_at).filter(|name| !name.eq_ignore_ascii_case("set"))?;
        // An alias may stand between.
        let set = (name_at + 1..name_at + 4).find(|at| is(words, *at, "set"))?;
        let mut statement = Statement::on(Operation::Update, name);
        statement.columns = set_columns(words, set + 1);
        statement.updated_columns.clone_from(&statement.columns);
        return Some(statement);
    }
    if is(words, at, "delete") && is(words, at + 1, "from") {
        let name_at = at + 2 + usize::from(is(words, at + 2, "only"));
        return Some(Statement::on(Operation::Delete, table(words, name_at)?));
    }
    if at == 0 && is(words, at, "copy") {
        let from = words
            .iter()
            .position(|word| word.eq_ignore_ascii_case("from"))?;
        let mut statement = Statement::on(Operation::Insert, table(words, at + 1)?);
        statement.columns = listed(words, at + 2);
        return is(words, from + 1, "stdin").then_some(statement);
    }
    if is(words, at, "truncate") && is(words, at + 1, "table") {
        return Some(Statement::on(Operation::Truncate, table(words, at + 2)?));
    }
    None
}

fn insert_at(words: &[String], at: usize) -> Option<Statement> {
    let into = (at + 1..at + 4).find(|at| is(words, *at, "into"))?;
    let name = table(words, into + 1)?;
    let follows = words.get(into + 2).map(String::as_str);
    let plausible = match follows {
        None | Some("(") => true,
        Some(word) => ["values", "select", "default", "with", "as", "on", "set"]
            .iter()
            .any(|next| word.eq_ignore_ascii_case(next)),
    };
    if !plausible {
        return None;
    }
    let replaces =
        is(words, at, "replace") || (is(words, at + 1, "or") && is(words, at + 2, "replace"));
    let end = (into..words.len())
        .find(|at| words.get(*at).is_some_and(|word| word == ";"))
        .unwrap_or(words.len());
    let conflict = (into..end)
        .find(|at| (is(words, *at, "do") || is(words, *at, "key")) && is(words, at + 1, "update"));
    let operation = if replaces || conflict.is_some() {
        Operation::Upsert
    } else {
        Operation::Insert
    };
    let mut statement = Statement::on(operation, name);
    statement.columns = listed(words, into + 2);
    statement.updated_columns = match conflict {
        Some(update) => set_columns(
            words,
            update + 2 + usize::from(is(words, update + 2, "set")),
        ),
        None => statement.columns.clone(),
    };
    Some(statement)
}

/// `(a, b, c)`
fn listed(words: &[String], at: usize) -> Option<Vec<String>> {
    if !is(words, at, "(") {
        return None;
    }
    let mut columns = Vec::new();
    for word in words.get(at + 1..)? {
        match word.as_str() {
            ")" => return (!columns.is_empty()).then_some(columns),
            "," => {}
            _ if word.contains(super::HOLE)
                || !word
                    .chars()
                    .all(|next| next.is_alphanumeric() || next == '_' || next == '.') =>
            {
                return None;
            }
            _ => columns.push(word.clone()),
        }
    }
    None
}

/// The columns of `a = …, b = …`; `None` where the list breaks off, so that more may follow at run time.
fn set_columns(words: &[String], at: usize) -> Option<Vec<String>> {
    let mut columns = Vec::new();
    let mut depth = 0usize;
    let mut expecting = true;
    for (index, word) in words.iter().enumerate().skip(at) {
        match word.as_str() {
            "(" => depth += 1,
            ")" | ";" if depth == 0 => break,
            ")" => depth -= 1,
            "," if depth == 0 => expecting = true,
            _ if depth == 0
                && ["where", "from", "returning"]
                    .iter()
                    .any(|end| word.eq_ignore_ascii_case(end)) =>
            {
                break;
            }
            _ if depth == 0 && expecting => {
                if word.contains(super::HOLE) || !is(words, index + 1, "=") {
                    return None;
                }
                columns.push(word.rsplit('.').next().unwrap_or_default().to_owned());
                expecting = false;
            }
            // Behind a value it may be another column.
            _ if depth == 0 && word.contains(super::HOLE) && !is_value(words, index) => {
                return None;
            }
            _ => {}
        }
    }
    (!columns.is_empty() && !expecting).then_some(columns)
}

/// Whether what is put in at run time stands where a value must.
fn is_value(words: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let whole = words
        .get(at)
        .is_some_and(|word| word.starts_with(super::HOLE));
    let operators = ["=", "+", "-", "*", "/", "|", "%", "$", ":", "@"];
    whole && before.is_some_and(|before| operators.contains(&before.as_str()))
}

fn reads(words: &[String]) -> Vec<Statement> {
    if !words.iter().any(|word| word.eq_ignore_ascii_case("select")) {
        return Vec::new();
    }
    let mut found: Vec<Statement> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let names = word.eq_ignore_ascii_case("from") || word.eq_ignore_ascii_case("join");
        // `name (…)` is a function's call.
        if let Some(name) = table(words, at + 1).filter(|_| names && !is(words, at + 2, "("))
            && !["select", "lateral"]
                .iter()
                .any(|keyword| name.eq_ignore_ascii_case(keyword))
            && !found.iter().any(|known| known.table == name)
        {
            found.push(Statement::on(Operation::Select, name));
        }
    }
    found
}
