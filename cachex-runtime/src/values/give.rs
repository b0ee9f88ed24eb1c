//! One side of a value of a change: known, or not.
//!
//! Attributes give every value by reference (`&(post.author)`), so that fields behind a borrow can be given: hence the
//! places for references to references.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// A value on one side of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side<T> {
    /// This value.
    Known(T),
    /// Not known: it binds nothing, which clears more.
    Unknown,
}

impl<T> Side<T> {
    /// The value, if known.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

/// The values of a many-valued reference or field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many<T>(pub Vec<T>);

/// What can be given where a `T` is asked for: a `T`, a reference to one (cloned), a text for a `String`, a `T` for an
/// `Option<T>`, a collection for [`Many`], or `Unknown`. No place takes an `Option<&T>`: beside it a plain `None` would
/// not say which of the two it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is given where `{T}` is asked for",
    label = "expected `{T}`, a reference to one, or `Unknown`"
)]
pub trait Give<T> {
    /// The side it stands for.
    fn give(self) -> Side<T>;
}

impl<T> Give<T> for T {
    fn give(self) -> Side<T> {
        Side::Known(self)
    }
}

impl<T> Give<T> for Side<T> {
    fn give(self) -> Side<T> {
        self
    }
}

impl<T> Give<Option<T>> for T {
    fn give(self) -> Side<Option<T>> {
        Side::Known(Some(self))
    }
}

/// What was read of a success value, for a place that asks for a `T`: unknown where there is none.
pub fn side<T, K: Give<T>>(known: Option<K>) -> Side<T> {
    known.map_or(Side::Unknown, Give::give)
}

/// Values of another type than the place's: given by a conversion that may clone.
macro_rules! give {
    ($([$($generic:ident)?] $from:ty => $to:ty, $value:ident => $given:expr;)*) => {$(
        impl $(<$generic: Clone>)? Give<$to> for $from {
            fn give(self) -> Side<$to> {
                let $value = self;
                Side::Known($given)
            }
        }
    )*};
}

give! {
    [T] &T => T, value => value.clone();
    [T] &&T => T, value => T::clone(value);
    [T] &T => Option<T>, value => Some(value.clone());
    [T] &&T => Option<T>, value => Some(T::clone(value));
    [T] Vec<T> => Many<T>, values => Many(values);
    [T] &Vec<T> => Many<T>, values => Many(values.clone());
    [T] &&Vec<T> => Many<T>, values => Many(Vec::clone(values));
    [T] &[T] => Many<T>, values => Many(values.to_vec());
    [T] &&[T] => Many<T>, values => Many(values.to_vec());
    [T] BTreeSet<T> => Many<T>, values => Many(values.into_iter().collect());
    [T] &BTreeSet<T> => Many<T>, values => Many(values.iter().cloned().collect());
    [] &str => String, text => text.to_owned();
    [] &&str => String, text => (*text).to_owned();
    [] Arc<str> => String, text => text.as_ref().to_owned();
    [] &Arc<str> => String, text => text.as_ref().to_owned();
    [] Box<str> => String, text => text.into_string();
    [] Cow<'_, str> => String, text => text.into_owned();
    [] &Cow<'_, str> => String, text => text.clone().into_owned();
    [] &str => Option<String>, text => Some(text.to_owned());
    [] &&str => Option<String>, text => Some((*text).to_owned());
}

impl<T: Clone> Give<T> for &Side<T> {
    fn give(self) -> Side<T> {
        self.clone()
    }
}

impl<T: Clone, const N: usize> Give<Many<T>> for [T; N] {
    fn give(self) -> Side<Many<T>> {
        Side::Known(Many(self.into()))
    }
}

impl<T: Clone, const N: usize> Give<Many<T>> for &[T; N] {
    fn give(self) -> Side<Many<T>> {
        Side::Known(Many(self.to_vec()))
    }
}

impl<T, S> Give<Many<T>> for HashSet<T, S> {
    fn give(self) -> Side<Many<T>> {
        Side::Known(Many(self.into_iter().collect()))
    }
}

impl<T: Clone, S> Give<Many<T>> for &HashSet<T, S> {
    fn give(self) -> Side<Many<T>> {
        Side::Known(Many(self.iter().cloned().collect()))
    }
}

#[cfg(feature = "axum")]
mod axum {
    use super::{Give, Side};

    impl<T> Give<T> for axum::extract::Path<T> {
        fn give(self) -> Side<T> {
            Side::Known(self.0)
        }
    }

    impl<T: Clone> Give<T> for &axum::extract::Path<T> {
        fn give(self) -> Side<T> {
            Side::Known(self.0.clone())
        }
    }
}
