//! A param that no hole of the key holds: entries that differ in it alone would share a key.

use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::UNUSED_PARAM;
use crate::model::{Cache, DimensionId, DimensionKind, KeyPart};

pub(in crate::rules) fn check(cache: &Cache, out: &mut Diagnostics) {
    // Of a key that was not read whole nobody knows what it would hold.
    if cache.key.value.is_empty() {
        return;
    }
    for (id, dimension) in cache.dimension_ids() {
        if dimension.kind == DimensionKind::Param && !has_hole(cache, id) {
            let name = &dimension.name.value;
            out.push(
                UNUSED_PARAM
                    .at(
                        dimension.name.span,
                        format!(
                            "no hole of the key of `{}` holds its param `{name}`",
                            cache.name.value
                        ),
                    )
                    .labelled(
                        cache.key.span,
                        format!("`{{{name}}}` stands nowhere in this key"),
                    )
                    .help(format!(
                        "put `{{{name}}}` into the key, or remove the param"
                    )),
            );
        }
    }
}

fn has_hole(cache: &Cache, id: DimensionId) -> bool {
    let mut parts = cache.key.value.iter();
    parts.any(|part| matches!(part, KeyPart::Hole(hole, _) if *hole == id))
}
