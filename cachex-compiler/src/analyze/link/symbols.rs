//! Names of all files, once each.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::analyze::rust::Fold;

/// A name, or a path of an external item written with `::`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sym(pub u32);

/// Most names stand in the files' trees and are not copied.
#[derive(Default)]
pub(crate) struct Symbols<'a> {
    index: HashMap<Cow<'a, str>, Sym, Fold>,
    list: Vec<Cow<'a, str>>,
}

impl<'a> Symbols<'a> {
    /// A name of a tree.
    pub(crate) fn intern_name(&mut self, text: &'a str) -> Sym {
        self.get(text)
            .unwrap_or_else(|| self.add(Cow::Borrowed(text)))
    }

    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        self.get(text)
            .unwrap_or_else(|| self.add(Cow::Owned(text.to_owned())))
    }

    fn add(&mut self, text: Cow<'a, str>) -> Sym {
        let sym = Sym(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.index.insert(text.clone(), sym);
        self.list.push(text);
        sym
    }

    pub(crate) fn get(&self, text: &str) -> Option<Sym> {
        self.index.get(text).copied()
    }

    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.list.get(sym.0 as usize).map_or("", AsRef::as_ref)
    }
}
