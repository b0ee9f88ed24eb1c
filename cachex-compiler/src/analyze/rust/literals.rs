//! The string literals among tokens that are kept as they are written.

use super::escape::unescape;
use super::lex::{Kind, lex};

/// What each literal of a text stands for, and where it begins; none where the text can't be split into tokens.
pub(crate) fn literals(text: &str) -> Vec<(u32, String)> {
    let tokens = lex(text).map(|tokens| tokens.list).unwrap_or_default();
    let literal = |(kind, start, end): (Kind, u32, u32)| {
        let Kind::Str { raw, open, close } = kind else {
            return None;
        };
        let [from, to] = [start + u32::from(open), end - u32::from(close)];
        let within = text.get(from as usize..to as usize)?;
        let said = if raw {
            within.to_owned()
        } else {
            unescape(within)
        };
        Some((start, said))
    };
    let all = tokens
        .into_iter()
        .map(|token| (token.kind, token.start, token.end));
    all.filter_map(literal).collect()
}
