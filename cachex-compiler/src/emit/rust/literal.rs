//! The literals of `cachex.yaml` in the canonical text of the runtime (`values/encode.rs` there); a test across both
//! crates keeps them alike.

use std::fmt::Write as _;

/// Percent-encodes what has a meaning in keys or patterns of keys, white space and control characters.
pub fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let special = matches!(character, ':' | '%' | '*' | '?' | '[' | ']' | '{' | '}');
        if special || character.is_whitespace() || character.is_control() {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    out
}
