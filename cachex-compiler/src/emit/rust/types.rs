//! Types as the generated code writes them: what a user gives, and what is encoded.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::model::{
    AttributeKind, DimensionType, Entity, EntityId, Identity, Normaliser, Scalar, Schema, Type,
};

/// Where a type is written: names of the module of `schema!` need `super::` within an entity's module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The module of `schema!`.
    Root,
    /// The module of an entity.
    Entity(EntityId),
    /// Another module of the module of `schema!`.
    Elsewhere,
}

/// A type in the generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// What a user gives.
    pub(super) rust: String,
    /// What is encoded: a scalar, a text with normalisers, a composite identity.
    pub(super) scalar: String,
    /// How a value of the first is compared.
    pub(super) compared: Compared,
}

/// How two values of a type are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    /// By the type's own `Eq` and `Hash`.
    ByItself,
    /// By the scalar it stands for: the application's type need not have `Eq`, and normalisers count.
    ByScalar,
}

/// What the types of one schema are written with.
pub(super) struct Types<'a> {
    schema: &'a Schema,
    /// Names of the standard library that an entity or a cache has taken at the root.
    taken: BTreeSet<String>,
    /// Paths that resolve only in the module of `schema!`, by their alias there.
    aliases: BTreeMap<String, String>,
    /// Written for a schema with mistakes.
    pub(super) is_outline: bool,
}

/// Composite identities may hold composite identities; a rule refuses those that hold themselves.
const DEPTH: usize = 32;

impl<'a> Types<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let modules = schema
            .entities
            .iter()
            .map(|entity| entity.name.value.clone());
        let keys = schema.caches.iter().flat_map(|cache| {
            let name = &cache.name.value;
            [names::key(name), names::tags(name)]
        });
        let relative: BTreeSet<&str> = own_paths(schema)
            .filter(|path| !path.starts_with("crate::") && !path.starts_with("::"))
            .collect();
        let aliases = (0..)
            .zip(relative)
            .map(|(index, path): (u32, &str)| (path.to_owned(), format!("_Own{index}")))
            .collect();
        Self {
            schema,
            taken: modules.chain(keys).collect(),
            aliases,
            is_outline: false,
        }
    }

    /// The same for a schema with mistakes.
    pub(super) fn outlined(self) -> Self {
        Self {
            is_outline: true,
            ..self
        }
    }

    /// Paths that resolve only in the module of `schema!`, each with its alias there.
    pub(super) fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.aliases
            .iter()
            .map(|(path, alias)| (path.as_str(), alias.as_str()))
    }

    /// A name of the prelude (`Option`) or a primitive, in full where the schema has taken it.
    pub(super) fn std(&self, place: Place, short: &'static str) -> String {
        if place != Place::Root || !self.taken.contains(short) {
            return short.to_owned();
        }
        match short {
            "Option" | "Some" | "None" => format!("::core::option::Option{}", variant(short)),
            "String" => "::std::string::String".to_owned(),
            "Vec" => "::std::vec::Vec".to_owned(),
            primitive => format!("::core::primitive::{primitive}"),
        }
    }

    /// The type of one value.
    pub(super) fn written(&self, place: Place, ty: &DimensionType) -> Written {
        match ty {
            DimensionType::Identity(entity) => Written {
                rust: self.id(place, *entity),
                scalar: self.identity_scalar(place, *entity, DEPTH),
                compared: self.identity_compared(*entity, DEPTH),
            },
            DimensionType::Scalar(ty) => Written {
                rust: self.own(place, ty),
                scalar: self.scalar(place, ty),
                compared: compared(ty),
            },
        }
    }

    /// The identity of an entity: `post::Id`.
    pub(super) fn id(&self, place: Place, entity: EntityId) -> String {
        let module = names::identifier(&self.schema.entity(entity).name.value);
        match place {
            Place::Root => format!("{module}::Id"),
            Place::Entity(own) if own == entity => "Id".to_owned(),
            Place::Entity(_) | Place::Elsewhere => format!("super::{module}::Id"),
        }
    }

    /// The identity's components as scalars, references to composite identities flattened.
    pub(super) fn flattened(&self, entity: EntityId) -> Vec<(String, Scalar)> {
        self.flattened_to(entity, DEPTH)
    }

    /// How many scalars a value of a type has.
    pub(super) fn width(&self, ty: &DimensionType) -> usize {
        match ty {
            DimensionType::Identity(entity) => self.flattened(*entity).len(),
            DimensionType::Scalar(_) => 1,
        }
    }

    /// The component of an identity that stands for all of it.
    pub(super) fn only_component(identity: &Identity) -> Option<&DimensionType> {
        match identity.components.as_slice() {
            [component] => Some(&component.ty),
            _ => None,
        }
    }

    fn flattened_to(&self, entity: EntityId, depth: usize) -> Vec<(String, Scalar)> {
        let mut all = Vec::new();
        for component in &self.schema.entity(entity).identity.components {
            let name = &component.name.value;
            match &component.ty {
                DimensionType::Scalar(ty) => all.push((name.clone(), ty.scalar)),
                DimensionType::Identity(target) if depth > 0 => {
                    match self.flattened_to(*target, depth - 1).as_slice() {
                        [(_, scalar)] => all.push((name.clone(), *scalar)),
                        parts => all.extend(
                            parts
                                .iter()
                                .map(|(part, scalar)| (format!("{name}.{part}"), *scalar)),
                        ),
                    }
                }
                DimensionType::Identity(_) => {}
            }
        }
        all
    }

    /// What reads each scalar of a value from text.
    pub(super) fn reads(&self, place: Place, ty: &DimensionType) -> Vec<String> {
        self.reads_to(place, ty, DEPTH)
    }

    fn reads_to(&self, place: Place, ty: &DimensionType, depth: usize) -> Vec<String> {
        match ty {
            DimensionType::Scalar(ty) if ty.scalar == Scalar::Hash => {
                vec!["_codegen::unheard".to_owned()]
            }
            DimensionType::Scalar(ty) => {
                vec![format!("_codegen::heard::<{}>", self.scalar(place, ty))]
            }
            DimensionType::Identity(_) if depth == 0 => Vec::new(),
            DimensionType::Identity(entity) => {
                let components = self.entity(*entity).identity.components.iter();
                components
                    .flat_map(|component| self.reads_to(place, &component.ty, depth - 1))
                    .collect()
            }
        }
    }

    fn identity_scalar(&self, place: Place, entity: EntityId, depth: usize) -> String {
        match Self::only_component(&self.entity(entity).identity) {
            Some(DimensionType::Scalar(ty)) => self.scalar(place, ty),
            Some(DimensionType::Identity(target)) if depth > 0 => {
                self.identity_scalar(place, *target, depth - 1)
            }
            _ => self.id(place, entity),
        }
    }

    fn identity_compared(&self, entity: EntityId, depth: usize) -> Compared {
        match Self::only_component(&self.entity(entity).identity) {
            Some(DimensionType::Scalar(ty)) => compared(ty),
            Some(DimensionType::Identity(target)) if depth > 0 => {
                self.identity_compared(*target, depth - 1)
            }
            // A composite identity is a generated type, which has `Eq` and `Hash`.
            _ => Compared::ByItself,
        }
    }

    fn own(&self, place: Place, ty: &Type) -> String {
        match (&ty.rust, place) {
            (None, _) => self.bare(place, ty.scalar),
            (Some(path), Place::Root) => path.clone(),
            (Some(path), Place::Entity(_) | Place::Elsewhere) => self
                .aliases
                .get(path)
                .map_or_else(|| path.clone(), |alias| format!("super::{alias}")),
        }
    }

    fn scalar(&self, place: Place, ty: &Type) -> String {
        let by = |normaliser: &Normaliser| match normaliser {
            Normaliser::Lower => "_codegen::Lower".to_owned(),
            Normaliser::Trim => "_codegen::Trim".to_owned(),
        };
        let by = ty
            .normalisers
            .iter()
            .map(by)
            .reduce(|first, then| format!("({first}, {then})"));
        by.map_or_else(
            || self.bare(place, ty.scalar),
            |by| format!("_codegen::Text<{by}>"),
        )
    }

    fn bare(&self, place: Place, scalar: Scalar) -> String {
        match scalar {
            Scalar::U32 => self.std(place, "u32"),
            Scalar::U64 => self.std(place, "u64"),
            Scalar::I32 => self.std(place, "i32"),
            Scalar::I64 => self.std(place, "i64"),
            Scalar::Bool => self.std(place, "bool"),
            Scalar::String => self.std(place, "String"),
            Scalar::Uuid => "_codegen::Uuid".to_owned(),
            Scalar::Date => "_codegen::Date".to_owned(),
            Scalar::DateTime => "_codegen::OffsetDateTime".to_owned(),
            Scalar::Hash => "_codegen::Hashed".to_owned(),
        }
    }

    fn entity(&self, id: EntityId) -> &'a Entity {
        self.schema.entity(id)
    }
}

fn variant(short: &str) -> String {
    match short {
        "Option" => String::new(),
        variant => format!("::{variant}"),
    }
}

fn compared(ty: &Type) -> Compared {
    if ty.rust.is_none() && ty.normalisers.is_empty() {
        Compared::ByItself
    } else {
        Compared::ByScalar
    }
}

/// Every type of the application that a change may be given.
fn own_paths(schema: &Schema) -> impl Iterator<Item = &str> {
    schema.entities.iter().flat_map(own_paths_of_entity)
}

fn own_paths_of_entity(entity: &Entity) -> impl Iterator<Item = &str> {
    let components =
        entity
            .identity
            .components
            .iter()
            .filter_map(|component| match &component.ty {
                DimensionType::Scalar(ty) => ty.rust.as_deref(),
                DimensionType::Identity(_) => None,
            });
    let fields = entity
        .attributes
        .iter()
        .filter_map(|attribute| match &attribute.kind {
            AttributeKind::Field(Some(ty)) => ty.rust.as_deref(),
            _ => None,
        });
    components.chain(fields)
}
