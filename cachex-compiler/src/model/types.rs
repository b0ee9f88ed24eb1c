//! Types of identities, fields and dimensions.

use super::EntityId;

/// The scalars of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `uuid::Uuid`
    Uuid,
    /// `time::Date`
    Date,
    /// `time::OffsetDateTime`
    DateTime,
    /// Any `Serialize` argument as 128 bits; no `where` can bind it.
    Hash,
}

/// What a value goes through before it is compared or stands in a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normaliser {
    /// Lower case (Unicode).
    Lower,
    /// Without white space at both ends.
    Trim,
}

/// `scalar [| normaliser…] [as path]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// The scalar that is encoded.
    pub scalar: Scalar,
    /// In the order written.
    pub normalisers: Vec<Normaliser>,
    /// The application's own type (`crate::ids::UserId`), `From<scalar> + Into<scalar> + Clone`.
    pub rust: Option<String>,
}

impl Type {
    /// A value's canonical text after the normalisers, in the order written: what keys, tags, literals and changed
    /// values are compared by.
    pub fn normalise(&self, text: &str) -> String {
        self.normalisers
            .iter()
            .fold(text.to_owned(), |text, normaliser| match normaliser {
                Normaliser::Lower => text.to_lowercase(),
                Normaliser::Trim => text.trim().to_owned(),
            })
    }
}

/// How many values an attribute or a dimension has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cardinality {
    /// `user`
    One,
    /// `user?`: perhaps none.
    Optional,
    /// `[user]`: a set, perhaps empty.
    Many,
}

/// What a dimension or an attribute holds: two are comparable when these are equal up to the Rust path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DimensionType {
    /// The identity of an entity (composite ones included).
    Identity(EntityId),
    /// A scalar, a field's type, or one component of a composite identity.
    Scalar(Type),
}
