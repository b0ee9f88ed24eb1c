//! Types as messages name them, and when two can be compared.

use crate::model::{DimensionType, Normaliser, Scalar, Schema, Type};

/// ``the identity of `post` `` or `` `string | lower` ``.
pub(in crate::rules) fn spelled(schema: &Schema, ty: &DimensionType) -> String {
    match ty {
        DimensionType::Identity(entity) => {
            format!("the identity of `{}`", schema.entity(*entity).name.value)
        }
        DimensionType::Scalar(ty) => format!("`{}`", scalar_text(ty)),
    }
}

/// `post.id` or `string | lower`, as a dimension is declared.
pub(in crate::rules) fn written(schema: &Schema, ty: &DimensionType) -> String {
    match ty {
        DimensionType::Identity(entity) => format!("{}.id", schema.entity(*entity).name.value),
        DimensionType::Scalar(ty) => scalar_text(ty),
    }
}

fn scalar_text(ty: &Type) -> String {
    ty.normalisers
        .iter()
        .fold(scalar_name(ty.scalar).to_owned(), |text, normaliser| {
            text + match normaliser {
                Normaliser::Lower => " | lower",
                Normaliser::Trim => " | trim",
            }
        })
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::String => "string",
        Scalar::Bool => "bool",
        Scalar::Uuid => "uuid",
        Scalar::Date => "date",
        Scalar::DateTime => "datetime",
        Scalar::Hash => "hash",
    }
}

/// Equal up to the Rust path: the application's own type is only how a value is held, not what it is.
pub(in crate::rules) fn comparable(one: &DimensionType, other: &DimensionType) -> bool {
    match (one, other) {
        (DimensionType::Identity(one), DimensionType::Identity(other)) => one == other,
        (DimensionType::Scalar(one), DimensionType::Scalar(other)) => {
            one.scalar == other.scalar && one.normalisers == other.normalisers
        }
        _ => false,
    }
}
