//! Reads the tokens of `#[invalidates(…)]`, `invalidates!(…)` and `#[cachex::allow(…)]`.
//!
//! Knows no schema: names stay text. rustc is the judge of what is well-formed, so what doesn't look as expected
//! yields nothing rather than a finding.

/// `post.update(title, slug), id = path.id, category = old => new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Annotation<'a> {
    /// The change pattern, as written.
    pub(crate) pattern: &'a str,
    /// Its entity.
    pub(crate) entity: &'a str,
    /// Its action, if named.
    pub(crate) action: Option<&'a str>,
    /// Its fields, if named; empty for `update()`.
    pub(crate) fields: Option<Vec<&'a str>>,
    /// What follows the pattern: name and value, as written.
    pub(crate) values: Vec<(&'a str, &'a str)>,
}

/// Reads a change pattern and what follows it.
pub(crate) fn read(tokens: &str) -> Option<Annotation<'_>> {
    let mut items = split(tokens).into_iter();
    let pattern = items.next()?;
    let (path, fields) = match pattern.split_once('(') {
        Some((path, fields)) => {
            let named = fields
                .trim_end()
                .strip_suffix(')')?
                .split(',')
                .map(str::trim);
            (path, Some(named.filter(|name| !name.is_empty()).collect()))
        }
        None => (pattern, None),
    };
    let (entity, action) = match path.split_once('.') {
        Some((entity, action)) => (entity.trim(), Some(action.trim())),
        None => (path.trim(), None),
    };
    Some(Annotation {
        pattern,
        entity: plain(entity),
        action,
        fields,
        values: items.filter_map(value).collect(),
    })
}

/// `uncovered_write, reason = "…", until = "2027-01-31"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowance<'a> {
    /// The rules' names or codes.
    pub(crate) rules: Vec<&'a str>,
    /// Why.
    pub(crate) reason: Option<&'a str>,
    /// Until which day, `2027-01-31`.
    pub(crate) until: Option<&'a str>,
}

/// Reads an exemption.
pub(crate) fn read_allowance(tokens: &str) -> Allowance<'_> {
    let (values, rules): (Vec<_>, Vec<_>) = split(tokens)
        .into_iter()
        .partition(|item| item.contains('='));
    let named = |name: &str| {
        let mut found = values.iter().filter_map(|item| value(item));
        let text = found.find(|(key, _)| *key == name)?.1;
        Some(text.trim_matches('"')).filter(|text| !text.trim().is_empty())
    };
    Allowance {
        reason: named("reason"),
        until: named("until"),
        rules,
    }
}

fn value(item: &str) -> Option<(&str, &str)> {
    let (name, value) = item.split_once('=')?;
    Some((plain(name.trim()), value.trim()))
}

/// A raw identifier is the name it escapes.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Splits at the commas that stand in no bracket, string or closure head.
fn split(tokens: &str) -> Vec<&str> {
    let (mut items, mut start, mut depth, mut quoted, mut escaped) =
        (Vec::new(), 0, 0_u32, false, false);
    for (at, character) in tokens.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                items.push(tokens.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(tokens.get(start..).unwrap_or_default().trim());
    items.retain(|item| !item.is_empty());
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_and_its_values_are_read() {
        let read = read("post.update(title, slug), id = path.id, category = old => new").unwrap();
        assert_eq!(read.pattern, "post.update(title, slug)");
        assert_eq!((read.entity, read.action), ("post", Some("update")));
        assert_eq!(read.fields.unwrap(), ["title", "slug"]);
        assert_eq!(read.values, [("id", "path.id"), ("category", "old => new")]);
    }

    #[test]
    fn a_bare_entity_has_no_action_and_an_empty_list_names_no_field() {
        assert_eq!(read("r#type").unwrap().entity, "type");
        assert_eq!(read("post").unwrap().action, None);
        assert_eq!(read("post.update()").unwrap().fields, Some(Vec::new()));
        assert_eq!(read(""), None);
    }

    #[test]
    fn commas_in_strings_and_brackets_split_nothing() {
        let allowance =
            read_allowance(r#"uncovered_write, reason = "a, \"b\" = c", until = "2027-01-31""#);
        assert_eq!(allowance.rules, ["uncovered_write"]);
        assert_eq!(allowance.reason, Some(r#"a, \"b\" = c"#));
        assert_eq!(allowance.until, Some("2027-01-31"));
        assert_eq!(
            read_allowance("uncovered_write, reason = \" \"").reason,
            None
        );
    }
}
