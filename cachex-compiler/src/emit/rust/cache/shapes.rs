//! The structs of keys and tags: one for each list of field names, however many caches have it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::names;
use super::super::text::{Text, quoted};
use super::super::types::Types;
use super::{Field, key_fields, tag_fields};
use crate::model::Schema;

/// The names of a shape's fields.
type Fields = Vec<String>;

/// The shapes of a schema, each with the name of its struct.
pub(in super::super) struct Shapes {
    keys: BTreeMap<Fields, String>,
    tags: BTreeMap<Fields, String>,
}

impl Shapes {
    pub(in super::super) fn of(types: &Types<'_>, schema: &Schema) -> Self {
        let mut shapes = Self {
            keys: BTreeMap::new(),
            tags: BTreeMap::new(),
        };
        for cache in &schema.caches {
            add(&mut shapes.keys, "Key", &key_fields(types, schema, cache));
            let tags = tag_fields(types, cache);
            if !tags.is_empty() {
                add(&mut shapes.tags, "Tags", &tags);
            }
        }
        shapes
    }

    pub(super) fn key(&self, fields: &[Field]) -> &str {
        self.keys.get(&named(fields)).map_or("", String::as_str)
    }

    pub(super) fn tags(&self, fields: &[Field]) -> &str {
        self.tags.get(&named(fields)).map_or("", String::as_str)
    }
}

fn named(fields: &[Field]) -> Fields {
    fields.iter().map(|field| field.name.clone()).collect()
}

/// Names the struct after its fields: `KeyCategoryPage`; of two that would be named alike the later has a number. The
/// word before them keeps it from other types' names, so that rustc shows it without a path.
fn add(shapes: &mut BTreeMap<Fields, String>, what: &str, fields: &[Field]) {
    let fields = named(fields);
    if shapes.contains_key(&fields) {
        return;
    }
    let fields_of: String = fields.iter().map(|name| names::key(name)).collect();
    let plain = format!("{what}{fields_of}");
    let taken = |name: &String| shapes.values().any(|other| other == name);
    let numbered = (2..).map(|number: u32| format!("{plain}{number}"));
    let name = std::iter::once(plain.clone())
        .chain(numbered)
        .find(|name| !taken(name));
    shapes.insert(fields, name.unwrap_or_default());
}

/// `_caches`, `_params`, `_keys` and `_tags`.
pub(in super::super) fn shapes(
    out: &mut Text,
    types: &Types<'_>,
    schema: &Schema,
    shapes: &Shapes,
) {
    let outline = if types.is_outline { "outline " } else { "" };
    out.gap();
    out.doc("The caches, which tell apart keys with fields of the same names.");
    out.line("#[doc(hidden)]");
    out.line("#[allow(non_camel_case_types)]");
    out.block("pub mod _caches {", "}", |out| {
        for cache in &schema.caches {
            out.line(&format!(
                "pub enum {} {{}}",
                names::identifier(&cache.name.value)
            ));
        }
    });
    params(out, shapes);
    out.gap();
    out.doc("The structs of keys, one for each set of fields.");
    out.line("#[doc(hidden)]");
    out.line("#[allow(non_camel_case_types)]");
    out.block("pub mod _keys {", "}", |out| {
        out.line("use super::_codegen;");
        out.gap();
        for (fields, name) in &shapes.keys {
            shape(out, "key", outline, name, fields);
        }
    });
    if shapes.tags.is_empty() {
        return;
    }
    out.gap();
    out.doc("The structs of tags, one for each set of fields.");
    out.line("#[doc(hidden)]");
    out.block("pub mod _tags {", "}", |out| {
        out.line("use super::_codegen;");
        out.gap();
        for (fields, name) in &shapes.tags {
            shape(out, "tags", "", name, fields);
        }
    });
}

/// What a loader's parameters of these names must be, each with what is said where they are not.
fn params(out: &mut Text, shapes: &Shapes) {
    let names: BTreeSet<&str> = shapes.keys.keys().flatten().map(String::as_str).collect();
    if names.is_empty() {
        return;
    }
    out.gap();
    out.doc("The names of params, as a loader has them.");
    out.line("#[doc(hidden)]");
    out.block("pub mod _params {", "}", |out| {
        out.line("use super::_codegen;");
        out.gap();
        out.block("_codegen::params! {", "}", |out| {
            for name in names {
                let missing = format!("this loader has no parameter `{name}: {{T}}`");
                let said = format!("{} {}", quoted(name), quoted(&missing));
                out.line(&format!("{} {said}", names::identifier(name)));
            }
        });
    });
}

/// `_codegen::key!(KeyCategoryPage { category = "category", page = "page" });`
fn shape(out: &mut Text, made_by: &str, how: &str, name: &str, fields: &Fields) {
    if fields.is_empty() {
        out.line(&format!("_codegen::{made_by}!({name});"));
        return;
    }
    let fields: Vec<String> = fields
        .iter()
        .map(|field| format!("{} = {}", names::identifier(field), quoted(field)))
        .collect();
    let fields = fields.join(", ");
    out.line(&format!(
        "_codegen::{made_by}!({how}{name} {{ {fields} }});"
    ));
}
