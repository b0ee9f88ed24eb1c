//! Entities: identity, references, fields, tables.

use super::{
    Action, AttributeId, Cardinality, DimensionType, EntityId, FieldSet, Name, Spanned, Type,
    WhereField,
};
use crate::source::Span;

/// A thing that is written.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its name, snake case, unescaped.
    pub name: Name,
    /// Shown in hover, docs and rustdoc.
    pub description: Option<String>,
    /// What tells one from another.
    pub identity: Identity,
    /// References, then fields. A component of the identity that is named as a reference *is* that reference.
    pub attributes: Vec<Attribute>,
    /// What `cachex check` watches.
    pub tables: Vec<Table>,
    /// References whose entity counts as updated when this one changes.
    pub touches: Vec<Touch>,
    /// The actions told to clients.
    pub notify: Actions,
    /// The name clients see.
    pub event: Name,
    /// False behind `scope: none`: its changes clear scoped caches in all scopes.
    pub scoped: bool,
    /// Of references that could not be resolved what is known: an outline has their names, a valid schema has none.
    pub unresolved: Vec<(Name, Cardinality)>,
    /// ORM types that hold it, where the table name doesn't give them away.
    pub model: Vec<Name>,
    /// Its whole declaration.
    pub span: Span,
}

impl Entity {
    /// The attribute of an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by resolve, which makes them valid"
    )]
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        &self.attributes[id.0 as usize]
    }

    /// All attributes with their ids.
    pub fn attribute_ids(&self) -> impl Iterator<Item = (AttributeId, &Attribute)> {
        (0..).map(AttributeId).zip(&self.attributes)
    }

    /// The references with their ids, in order of declaration.
    pub fn references(&self) -> impl Iterator<Item = (AttributeId, &Attribute, EntityId)> {
        self.attribute_ids()
            .filter_map(|(id, attribute)| match attribute.kind {
                AttributeKind::Reference(target) => Some((id, attribute, target)),
                AttributeKind::Field(_) => None,
            })
    }
}

/// What identifies an entity.
#[derive(Debug, Clone)]
pub struct Identity {
    /// One for `id: uuid` (its name is then `id`), several for a composite one, in order of declaration.
    pub components: Vec<Component>,
    /// Where it stands.
    pub span: Span,
}

impl Identity {
    /// Several components.
    pub fn is_composite(&self) -> bool {
        self.components.len() > 1
    }
}

/// One part of an identity.
#[derive(Debug, Clone)]
pub struct Component {
    /// `id`, or the component's name.
    pub name: Name,
    /// A scalar, or the identity of the referenced entity.
    pub ty: DimensionType,
    /// The reference it is, where it is one.
    pub reference: Option<AttributeId>,
}

/// A reference or a field.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Which of the two, and its type.
    pub kind: AttributeKind,
    /// How many values it has.
    pub cardinality: Cardinality,
}

impl Attribute {
    /// What a dimension that is compared with it must hold; `None` for a field without a type.
    pub fn ty(&self) -> Option<DimensionType> {
        match &self.kind {
            AttributeKind::Reference(target) => Some(DimensionType::Identity(*target)),
            AttributeKind::Field(ty) => ty.clone().map(DimensionType::Scalar),
        }
    }
}

/// A reference to an entity, or a field.
#[derive(Debug, Clone)]
pub enum AttributeKind {
    /// To this entity.
    Reference(EntityId),
    /// With a type where a key, tag or literal uses it.
    Field(Option<Type>),
}

/// A set of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actions {
    /// In it.
    pub create: bool,
    /// In it.
    pub update: bool,
    /// In it.
    pub delete: bool,
}

impl Actions {
    /// All three.
    pub const ALL: Self = Self {
        create: true,
        update: true,
        delete: true,
    };
    /// None.
    pub const NONE: Self = Self {
        create: false,
        update: false,
        delete: false,
    };

    /// Whether an action is in it.
    pub fn has(self, action: Action) -> bool {
        match action {
            Action::Create => self.create,
            Action::Update => self.update,
            Action::Delete => self.delete,
        }
    }
}

/// A table an entity lies in.
#[derive(Debug, Clone)]
pub struct Table {
    /// As written, perhaps schema-qualified (`auth.user`).
    pub name: Name,
    /// The entity's own, or a part of it.
    pub kind: TableKind,
}

/// How a table's writes are read.
#[derive(Debug, Clone)]
pub enum TableKind {
    /// Its rows are the entity's.
    Own {
        /// Setting this column is a delete.
        delete: Option<Name>,
        /// Setting these columns is no change.
        ignore: Vec<Name>,
        /// Column of an attribute, of the identity or of a component of it, where it isn't the default
        /// (`‹field›`, `‹ref›_id` or `‹ref›`, `id`, the component's name).
        columns: Vec<(WhereField, Name)>,
    },
    /// Any write of it is an update of this attribute.
    Part(PartTable),
}

/// A table that holds one attribute (`posts_topics: topics`).
#[derive(Debug, Clone)]
pub struct PartTable {
    /// The attribute.
    pub attribute: Spanned<AttributeId>,
}

/// `touches: [post]` or `touches: { post: [likes] }`.
#[derive(Debug, Clone)]
pub struct Touch {
    /// The reference whose entity counts as updated.
    pub reference: AttributeId,
    /// The fields of the *referenced* entity it counts as; `NONE`: `update()`.
    pub fields: FieldSet,
    /// Where it stands.
    pub span: Span,
}
