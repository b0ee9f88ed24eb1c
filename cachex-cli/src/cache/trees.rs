//! What each file says, kept beside the facts: of use where a body was edited, and read then only.

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
pub(super) fn read(bytes: &[u8]) -> Option<Vec<FileFacts>> {
    let Trees(halves) = postcard::from_bytes(bytes).ok()?;
    let file = |(outside, expressions): (&[u8], &[u8])| {
        let facts: FileFacts = postcard::from_bytes(outside).ok()?;
        let kept = expressions.to_vec();
        let read = move || postcard::from_bytes::<Expressions<'static>>(&kept).ok();
        Some(facts.later(read))
    };
    halves.into_par_iter().map(file).collect()
}
