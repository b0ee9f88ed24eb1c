//! One cache: its key and tags, each one of a few shapes, and what it says of itself.

mod shapes;

pub(super) use shapes::{Shapes, shapes};

use super::field;
use super::names;
use super::text::Text;
use super::types::{Place, Types};
use crate::model::{
    Cache, CacheId, Dimension, DimensionKind, DimensionType, KeyPart, Scalar, Schema, Type,
};

/// Everything of one cache.
pub(super) fn cache(
    out: &mut Text,
    types: &Types<'_>,
    schema: &Schema,
    shapes: &Shapes,
    id: CacheId,
) {
    let cache = schema.cache(id);
    let key = key_fields(types, schema, cache);
    let tags = tag_fields(types, cache);
    let (name, marker) = (&cache.name.value, marker(cache));
    out.gap();
    documented(out, cache);
    let shape = shapes.key(&key);
    let alias = names::key(name);
    out.line(&format!("pub type {alias} = _keys::{shape}<{marker}>;"));
    if key.is_empty() {
        out.gap();
        out.doc("The only key of its cache.");
        out.line("#[allow(non_upper_case_globals)]");
        out.line(&format!(
            "pub const {alias}: {alias} = _keys::{shape}::KEY;"
        ));
    }
    if !tags.is_empty() {
        let (alias, shape, fields) = (names::tags(name), shapes.tags(&tags), list(&tags));
        out.gap();
        out.doc(&format!(
            "What an entry of `{name}` shows, known from its value."
        ));
        out.line(&format!("pub type {alias} = _tags::{shape}<{fields}>;"));
    }
    out.gap();
    out.block(
        &format!("impl _codegen::Cached for {marker} {{"),
        "}",
        |out| {
            let number = types.std(Place::Root, "u32");
            out.line(&format!("const INDEX: {number} = {};", id.0));
            out.line(&format!("type Key = {};", list(&key)));
            out.line(&format!("type Entry = {};", entry(cache, !tags.is_empty())));
            out.line(&format!("type Made = {alias};"));
            if let Some(value) = &cache.value {
                home(out, &alias, &value.value);
            }
        },
    );
}

/// Where the process's runtime keeps the cache: a static, as a hit that had to ask for the type of its values would cost
/// a fifth more.
fn home(out: &mut Text, key: &str, value: &str) {
    out.gap();
    out.line("#[inline]");
    out.block("fn home() -> _codegen::AnyHome {", "}", |out| {
        out.line(&format!(
            "static HOME: _codegen::Home<{key}, {value}> = _codegen::Home::new();"
        ));
        out.line("&HOME");
    });
}

/// What tells keys of one shape apart: `_caches::post_by_id`.
fn marker(cache: &Cache) -> String {
    format!("_caches::{}", names::identifier(&cache.name.value))
}

fn documented(out: &mut Text, cache: &Cache) {
    let (name, template) = (&cache.name.value, template(cache));
    match &cache.description {
        Some(description) => {
            out.doc(description);
            out.doc(&format!("(cache `{name}`, key `{template}`)"));
        }
        None => out.doc(&format!("Key of `{name}`: `{template}`.")),
    }
}

/// The key template as written.
fn template(cache: &Cache) -> String {
    let mut template = String::new();
    for part in &cache.key.value {
        match part {
            KeyPart::Text(text) => template.push_str(text),
            KeyPart::Hole(dimension, _) => {
                template.push('{');
                template.push_str(&cache.dimension(*dimension).name.value);
                template.push('}');
            }
        }
    }
    template
}

/// `_codegen::Entry<_codegen::Declared<crate::posts::PostView>, PostByIdTags, _codegen::Perhaps>`, what is as by default
/// left out.
fn entry(cache: &Cache, has_tags: bool) -> String {
    let value = cache.value.as_ref().map_or_else(
        || "_codegen::Anything".to_owned(),
        |value| format!("_codegen::Declared<{}>", value.value),
    );
    let tags = if has_tags {
        names::tags(&cache.name.value)
    } else {
        "_codegen::NoTags".to_owned()
    };
    let parts = match (presence(cache), has_tags, &cache.value) {
        (ALWAYS, false, None) => return "_codegen::Entry".to_owned(),
        (ALWAYS, false, Some(_)) => vec![value],
        (ALWAYS, true, _) => vec![value, tags],
        (presence, ..) => vec![value, tags, presence.to_owned()],
    };
    format!("_codegen::Entry<{}>", parts.join(", "))
}

const ALWAYS: &str = "_codegen::Always";

/// What a loader of the cache may give, and whether it may run behind its reader.
fn presence(cache: &Cache) -> &'static str {
    let window = cache.stale_while_revalidate.as_ref();
    let is_revalidated = window.is_some_and(|window| !window.value.is_zero());
    match (&cache.negative_ttl, is_revalidated) {
        (None, false) => ALWAYS,
        (Some(_), false) => "_codegen::Perhaps",
        (None, true) => "_codegen::Revalidated<_codegen::Always>",
        (Some(_), true) => "_codegen::Revalidated<_codegen::Perhaps>",
    }
}

/// A field of a key or of tags.
pub(super) struct Field {
    name: String,
    /// What it holds: `_codegen::Plain<post::Id>`.
    holds: String,
}

/// `(‹first›, (‹second›, ()))`
fn list(fields: &[Field]) -> String {
    let holds: Vec<&str> = fields.iter().map(|field| field.holds.as_str()).collect();
    field::list(&holds)
}

fn key_fields(types: &Types<'_>, schema: &Schema, cache: &Cache) -> Vec<Field> {
    let scope = schema.scope.as_ref().filter(|_| cache.scoped);
    let scope = scope.map(|(name, scalar)| {
        let written = types.written(Place::Root, &scope_type(*scalar));
        Field {
            name: name.value.clone(),
            holds: format!("_codegen::InScope<{}>", field::one(&written)),
        }
    });
    let params = dimensions(cache, DimensionKind::Param).map(|param| {
        let hashed = matches!(&param.ty, DimensionType::Scalar(ty) if ty.scalar == Scalar::Hash);
        Field {
            name: param.name.value.clone(),
            holds: if hashed {
                "_codegen::Digest".to_owned()
            } else {
                field::all(&types.written(Place::Root, &param.ty), param.cardinality)
            },
        }
    });
    scope.into_iter().chain(params).collect()
}

fn tag_fields(types: &Types<'_>, cache: &Cache) -> Vec<Field> {
    dimensions(cache, DimensionKind::Tag)
        .map(|tag| Field {
            name: tag.name.value.clone(),
            holds: field::all(&types.written(Place::Root, &tag.ty), tag.cardinality),
        })
        .collect()
}

/// The type of a scope.
pub(super) fn scope_type(scalar: Scalar) -> DimensionType {
    DimensionType::Scalar(Type {
        scalar,
        normalisers: Vec::new(),
        rust: None,
    })
}

fn dimensions(cache: &Cache, kind: DimensionKind) -> impl Iterator<Item = &Dimension> {
    cache
        .dimensions
        .iter()
        .filter(move |dimension| dimension.kind == kind)
}
