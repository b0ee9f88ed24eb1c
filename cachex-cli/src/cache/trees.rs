//! What each file says, kept beside the facts: of use where a body was edited, and read then only.

use std::sync::Arc;

use cachex_compiler::analyze::{Expressions, FileFacts};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// By file, in the order of the list: what stands outside of expressions, and those.
#[derive(Serialize, Deserialize)]
struct Trees<'a>(#[serde(borrow)] Vec<(&'a [u8], &'a [u8])>);

pub(super) fn encoded(parsed: &[&FileFacts]) -> postcard::Result<Vec<u8>> {
    let halves = parsed.par_iter().map(|file| {
        let outside = postcard::to_stdvec(&file.outside())?;
        Ok((outside, postcard::to_stdvec(&file.expressions())?))
    });
    let halves: Vec<(Vec<u8>, Vec<u8>)> = halves.collect::<postcard::Result<_>>()?;
    let borrowed = halves.iter().map(|(one, other)| (&**one, &**other));
    postcard::to_stdvec(&Trees(borrowed.collect()))
}

/// `None` where it can't be read. Expressions that can't be read show when they are asked for.
pub(super) fn read(bytes: Vec<u8>) -> Option<Vec<FileFacts>> {
    let bytes = Arc::new(bytes);
    let Trees(halves) = postcard::from_bytes(&bytes).ok()?;
    let file = |(index, (outside, _)): (usize, (&[u8], &[u8]))| {
        let facts: FileFacts = postcard::from_bytes(outside).ok()?;
        let bytes = Arc::clone(&bytes);
        Some(facts.later(move || expressions(&bytes, index)))
    };
    halves.into_par_iter().enumerate().map(file).collect()
}

/// Few files are asked for theirs.
fn expressions(bytes: &[u8], file: usize) -> Option<Expressions<'static>> {
    let Trees(halves) = postcard::from_bytes(bytes).ok()?;
    let (_, expressions) = halves.get(file)?;
    postcard::from_bytes(expressions).ok()
}
