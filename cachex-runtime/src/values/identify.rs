//! The identity of a change: one, several, or unknown.

use super::give::{Give, Side};

/// Several identities at once: one image of the change for each of them. Made by [`each`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each<T>(Option<Vec<T>>);

/// The identities of a change of many: `picture::delete(each(ids))`. One that isn't known makes them all unknown.
pub fn each<T>(ids: impl IntoIterator<Item = impl Give<T>>) -> Each<T> {
    Each(ids.into_iter().map(|id| id.give().known()).collect())
}

/// What can identify the entities of a change: what can be given for a `T`, or [`each`] of several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is given where a change asks for the identity `{T}`",
    label = "expected `{T}`, a reference to one, or `Unknown`",
    note = "several are given as such: `each = ids` in an attribute, `cachex::each(ids)` in code"
)]
pub trait Identify<T> {
    /// The identities; `None`: not known.
    fn identify(self) -> Option<Vec<T>>;
}

impl<T> Identify<T> for Each<T> {
    fn identify(self) -> Option<Vec<T>> {
        self.0
    }
}

impl<T> Identify<T> for T {
    fn identify(self) -> Option<Vec<T>> {
        Some(vec![self])
    }
}

impl<T> Identify<T> for Side<T> {
    fn identify(self) -> Option<Vec<T>> {
        self.known().map(|id| vec![id])
    }
}

impl<T: Clone> Identify<T> for &T {
    fn identify(self) -> Option<Vec<T>> {
        Some(vec![self.clone()])
    }
}

impl<T: Clone> Identify<T> for &&T {
    fn identify(self) -> Option<Vec<T>> {
        Some(vec![T::clone(self)])
    }
}

impl<T: Clone> Identify<T> for &Side<T> {
    fn identify(self) -> Option<Vec<T>> {
        self.clone().identify()
    }
}

impl Identify<String> for &str {
    fn identify(self) -> Option<Vec<String>> {
        Some(vec![self.to_owned()])
    }
}

impl Identify<String> for &&str {
    fn identify(self) -> Option<Vec<String>> {
        Some(vec![(*self).to_owned()])
    }
}

#[cfg(feature = "axum")]
impl<T> Identify<T> for axum::extract::Path<T> {
    fn identify(self) -> Option<Vec<T>> {
        Some(vec![self.0])
    }
}

#[cfg(feature = "axum")]
impl<T: Clone> Identify<T> for &axum::extract::Path<T> {
    fn identify(self) -> Option<Vec<T>> {
        Some(vec![self.0.clone()])
    }
}
