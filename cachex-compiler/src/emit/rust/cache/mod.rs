//! One cache: its key, its tags, its static.

mod key;
mod parameters;
mod tags;

use super::names;
use super::text::Text;
use super::types::{Place, Types, Written};
use crate::model::{
    Cache, CacheId, Cardinality, Dimension, DimensionKind, DimensionType, Scalar, Schema, Type,
};

/// Everything of one cache.
pub(super) fn cache(out: &mut Text, types: &Types<'_>, schema: &Schema, id: CacheId) {
    let cache = schema.cache(id);
    let key = Key::of(types, schema, cache);
    key::key(out, cache, &key);
    key::implementation(out, types, cache, id, &key);
    parameters::parameters(out, types, &key);
    if has_tags(cache) {
        tags::tags(out, types, cache);
    }
}

/// A key as it is written.
struct Key {
    name: String,
    scope: Option<Field>,
    params: Vec<Field>,
}

/// A field of a key.
struct Field {
    name: String,
    doc: String,
    /// Of all of it, `Option` included.
    ty: String,
    written: Written,
    cardinality: Cardinality,
    taken: Taken,
}

/// How a field is taken from a loader's parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// As a value of its type.
    AsGiven,
    /// As anything that can be hashed.
    Hashed,
}

impl Key {
    fn of(types: &Types<'_>, schema: &Schema, cache: &Cache) -> Self {
        let scope = schema.scope.as_ref().filter(|_| cache.scoped);
        Self {
            name: names::key(&cache.name.value),
            scope: scope.map(|(name, scalar)| {
                let ty = scope_type(*scalar);
                field(
                    types,
                    &name.value,
                    "The scope.".to_owned(),
                    &ty,
                    Cardinality::One,
                )
            }),
            params: dimensions(cache, DimensionKind::Param)
                .map(|param| {
                    let doc = types.described_param(schema, param);
                    field(types, &param.name.value, doc, &param.ty, param.cardinality)
                })
                .collect(),
        }
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.scope.iter().chain(&self.params)
    }
}

fn field(
    types: &Types<'_>,
    name: &str,
    doc: String,
    ty: &DimensionType,
    cardinality: Cardinality,
) -> Field {
    let hashed = matches!(ty, DimensionType::Scalar(ty) if ty.scalar == Scalar::Hash);
    Field {
        name: name.to_owned(),
        doc,
        ty: types.whole(Place::Root, ty, cardinality),
        written: types.written(Place::Root, ty),
        cardinality,
        taken: if hashed {
            Taken::Hashed
        } else {
            Taken::AsGiven
        },
    }
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

fn has_tags(cache: &Cache) -> bool {
    dimensions(cache, DimensionKind::Tag).next().is_some()
}

/// The canonical value of a field of `self`.
fn encode(name: &str, written: &Written, cardinality: Cardinality) -> String {
    let (name, scalar) = (names::identifier(name), &written.scalar);
    match cardinality {
        Cardinality::One => format!("_codegen::value::<{scalar}>(&self.{name})"),
        Cardinality::Optional => format!("_codegen::optional::<{scalar}>(self.{name}.as_ref())"),
        Cardinality::Many => format!("_codegen::set::<{scalar}>(&self.{name})"),
    }
}
