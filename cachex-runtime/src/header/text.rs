//! `X-Cache-Invalidate`: what the answer to a request tells its own client.
//!
//! Owns the header's text: a list of RFC 9651 items, one for each identity of what an event lists. Knows no HTTP
//! library. Keeps true: the text is ASCII of at most 4 kB, whatever the identities are.

use std::fmt::Write as _;

use crate::event::{Event, Told};
use crate::values::percent;

/// Above it the list is cut to [`EVERYTHING`].
const LONGEST: usize = 4096;
/// Whatever the client holds.
const EVERYTHING: &str = "*";

/// The header of an answer whose unit of work sent these events.
pub(crate) fn invalidate(events: &[&Event]) -> Option<String> {
    let last = events.last()?;
    let items: Vec<String> = events
        .iter()
        .flat_map(|&event| event.told().iter().map(move |told| (event, told)))
        .flat_map(|(event, told)| items(event, told))
        .collect();
    let joined = items.join(", ");
    if joined.len() > LONGEST {
        return Some(format!("{}{}", string(EVERYTHING), places(last)));
    }
    Some(joined)
}

/// The header where nobody knows what is stale: an event would have been a `reset`.
#[cfg(feature = "axum")]
pub(crate) fn everything() -> String {
    string(EVERYTHING)
}

/// `"post"; id="abc"; action=update; ev="…"; seq="7f-41"`, once for each identity.
fn items(event: &Event, told: &Told) -> Vec<String> {
    let item = |id: &str| {
        let entity = string(told.entity);
        format!("{entity}{id}; action={}{}", told.action, places(event))
    };
    if told.keys.is_empty() {
        return vec![item("")];
    }
    told.keys
        .iter()
        .map(|key| item(&format!("; id={}", string(&key.0))))
        .collect()
}

fn places(event: &Event) -> String {
    format!("; ev={}; seq={}", string(&event.ev), string(&event.seq))
}

/// A string of RFC 9651: printable ASCII in quotes. What isn't is percent-encoded, as in a key.
fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                // Writing to a String can't fail.
                let _ = write!(quoted, "\\{character}");
            }
            ' '..='~' => quoted.push(character),
            _ => percent(character, &mut quoted),
        }
    }
    quoted.push('"');
    quoted
}
