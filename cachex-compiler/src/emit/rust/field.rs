//! What a field holds, as the runtime's types say it (`values/field.rs` there).

use super::types::{Compared, Written};
use crate::model::Cardinality;

/// One value: `_codegen::Plain<post::Id>`, or `_codegen::By<‹scalar›, ‹type›>` where the two differ.
pub(super) fn one(written: &Written) -> String {
    let Written { rust, scalar, .. } = written;
    match written.compared {
        Compared::ByItself => format!("_codegen::Plain<{rust}>"),
        Compared::ByScalar => format!("_codegen::By<{scalar}, {rust}>"),
    }
}

/// All of its values.
pub(super) fn all(written: &Written, cardinality: Cardinality) -> String {
    let one = one(written);
    match cardinality {
        Cardinality::One => one,
        Cardinality::Optional => format!("_codegen::Maybe<{one}>"),
        Cardinality::Many => format!("_codegen::Several<{one}>"),
    }
}

/// A list of types: `(First, (Second, ()))`.
pub(super) fn list(items: &[&str]) -> String {
    let mut list = String::new();
    for item in items {
        list.push('(');
        list.push_str(item);
        list.push_str(", ");
    }
    list.push_str("()");
    list.extend(items.iter().map(|_| ')'));
    list
}
