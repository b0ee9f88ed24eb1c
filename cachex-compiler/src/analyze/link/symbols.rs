//! Names of all files, once each.

use std::collections::HashMap;

use crate::analyze::rust::Fold;

/// A name, or a path of an external item written with `::`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sym(pub u32);

#[derive(Default)]
pub(crate) struct Symbols {
    index: HashMap<Box<str>, Sym, Fold>,
    list: Vec<Box<str>>,
}

impl Symbols {
    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        if let Some(found) = self.index.get(text) {
            return *found;
        }
        let sym = Sym(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.index.insert(Box::from(text), sym);
        self.list.push(Box::from(text));
        sym
    }

    pub(crate) fn get(&self, text: &str) -> Option<Sym> {
        self.index.get(text).copied()
    }

    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.list.get(sym.0 as usize).map_or("", AsRef::as_ref)
    }
}
