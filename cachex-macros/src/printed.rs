//! What `schema!` expands to is the text that people read, and that a build script would write.

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema;

/// The golden text is what the compiler's library emits and what `cachex gen rust` prints; tests of theirs say so.
const PRINTED: &str = include_str!("../../tests/golden/rust/blog.rs");

#[test]
fn the_macro_gives_the_tokens_of_the_printed_text() {
    let expanded = schema::expand::<TokenStream>(quote!("../schemas/blog.yaml")).to_string();
    let printed = PRINTED.parse::<TokenStream>().expect("Rust").to_string();
    assert!(
        expanded.contains(&printed),
        "`schema!` and `cachex gen rust` differ"
    );
}
