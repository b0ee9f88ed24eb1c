//! The key of a cache: a struct of the scope and the params, and what makes it a key.

use super::super::compare;
use super::super::names;
use super::super::text::Text;
use super::super::types::{Place, Types};
use super::{Field, Key, encode, has_tags};
use crate::model::{Cache, CacheId, KeyPart};

/// `PostById { id }`.
pub(super) fn key(out: &mut Text, cache: &Cache, key: &Key) {
    let name = &key.name;
    out.gap();
    let doc = format!("Key of `{}`: `{}`.", cache.name.value, template(cache));
    out.described(cache.description.as_deref(), &doc);
    let compared: Vec<_> = key.fields().map(compared).collect();
    out.line(compare::derives(&compared));
    if key.fields().next().is_none() {
        out.line(&format!("pub struct {name};"));
        return;
    }
    out.block(&format!("pub struct {name} {{"), "}", |out| {
        for field in key.fields() {
            out.doc(&field.doc);
            out.line(&format!(
                "pub {}: {},",
                names::identifier(&field.name),
                field.ty
            ));
        }
    });
    compare::compare(out, name, &compared);
}

/// The key template as written.
fn template(cache: &Cache) -> String {
    let part = |part: &KeyPart| match part {
        KeyPart::Text(text) => text.clone(),
        KeyPart::Hole(dimension, _) => format!("{{{}}}", cache.dimension(*dimension).name.value),
    };
    cache.key.value.iter().map(part).collect()
}

fn compared(field: &Field) -> compare::Field<'_> {
    compare::Field {
        name: &field.name,
        ty: &field.ty,
        written: &field.written,
        cardinality: field.cardinality,
    }
}

/// What the runtime asks of a key, and what its cache holds.
pub(super) fn implementation(
    out: &mut Text,
    types: &Types<'_>,
    cache: &Cache,
    id: CacheId,
    key: &Key,
) {
    let name = &key.name;
    let tags = if has_tags(cache) {
        names::tags(&cache.name.value)
    } else {
        "_codegen::NoTags".to_owned()
    };
    out.gap();
    out.block(&format!("impl _codegen::Key for {name} {{"), "}", |out| {
        out.line(&format!("type Tags = {tags};"));
        out.line(&format!("type Presence = {};", presence(cache)));
        out.line(&format!("const CACHE: u32 = {};", id.0));
        out.gap();
        out.block(
            "fn schema() -> &'static _codegen::SchemaDef {",
            "}",
            |out| {
                out.line("&SCHEMA");
            },
        );
        scope(out, types, key);
        params(out, types, key);
    });
    out.gap();
    match &cache.value {
        Some(value) => out.line(&format!(
            "impl _codegen::Holds<{}> for {name} {{}}",
            value.value
        )),
        None => out.line(&format!("impl<V> _codegen::Holds<V> for {name} {{}}")),
    }
}

/// What a loader of the cache may give, and whether it may run behind its reader.
fn presence(cache: &Cache) -> &'static str {
    let window = cache.stale_while_revalidate.as_ref();
    let is_revalidated = window.is_some_and(|window| !window.value.is_zero());
    match (&cache.negative_ttl, is_revalidated) {
        (None, false) => "_codegen::Always",
        (Some(_), false) => "_codegen::Perhaps",
        (None, true) => "_codegen::Revalidated<_codegen::Always>",
        (Some(_), true) => "_codegen::Revalidated<_codegen::Perhaps>",
    }
}

fn scope(out: &mut Text, types: &Types<'_>, key: &Key) {
    if let Some(field) = &key.scope {
        let (option, some) = (
            types.std(Place::Root, "Option"),
            types.std(Place::Root, "Some"),
        );
        let value = encode(&field.name, &field.written, field.cardinality);
        out.gap();
        out.block(
            &format!("fn scope(&self) -> {option}<_codegen::Value> {{"),
            "}",
            |out| {
                out.line(&format!("{some}({value})"));
            },
        );
    }
}

fn params(out: &mut Text, types: &Types<'_>, key: &Key) {
    let vec = types.std(Place::Root, "Vec");
    let values: Vec<String> = key
        .params
        .iter()
        .map(|field| encode(&field.name, &field.written, field.cardinality))
        .collect();
    out.gap();
    out.block(
        &format!("fn params(&self) -> {vec}<_codegen::Value> {{"),
        "}",
        |out| {
            out.list("vec![", &values, "]");
        },
    );
}
