//! The tags of a cache's entries.

use super::super::names;
use super::super::text::Text;
use super::super::types::{Place, Types};
use super::{dimensions, encode};
use crate::model::{Cache, Cardinality, Dimension, DimensionKind};

/// `PostByIdTags { … }`.
pub(super) fn tags(out: &mut Text, types: &Types<'_>, cache: &Cache) {
    let name = names::tags(&cache.name.value);
    out.gap();
    out.doc(&format!(
        "What an entry of `{}` shows, known from its value.",
        cache.name.value
    ));
    out.line("#[derive(Clone)]");
    out.block(&format!("pub struct {name} {{"), "}", |out| {
        for tag in dimensions(cache, DimensionKind::Tag) {
            out.doc(&doc(types, tag));
            let ty = types.whole(Place::Root, &tag.ty, tag.cardinality);
            out.line(&format!(
                "pub {}: {ty},",
                names::identifier(&tag.name.value)
            ));
        }
    });
    implementation(out, types, cache, &name);
}

fn doc(types: &Types<'_>, tag: &Dimension) -> String {
    let what = types.described(&tag.ty);
    match tag.cardinality {
        Cardinality::One => format!("Its {what}."),
        Cardinality::Optional => format!("Its {what}, if it has one."),
        Cardinality::Many => format!("Every {what} it shows."),
    }
}

fn implementation(out: &mut Text, types: &Types<'_>, cache: &Cache, name: &str) {
    let vec = types.std(Place::Root, "Vec");
    let values: Vec<String> = dimensions(cache, DimensionKind::Tag)
        .map(|tag| values(types, tag))
        .collect();
    out.gap();
    out.block(&format!("impl _codegen::Tags for {name} {{"), "}", |out| {
        let head = format!("fn values(&self) -> {vec}<{vec}<_codegen::Value>> {{");
        out.block(&head, "}", |out| out.list("vec![", &values, "]"));
    });
}

fn values(types: &Types<'_>, tag: &Dimension) -> String {
    let written = types.written(Place::Root, &tag.ty);
    let values = encode(&tag.name.value, &written, tag.cardinality);
    match tag.cardinality {
        Cardinality::Many => values,
        Cardinality::One | Cardinality::Optional => format!("vec![{values}]"),
    }
}
