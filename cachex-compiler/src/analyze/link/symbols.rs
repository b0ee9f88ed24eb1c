//! Names of all files, once each.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::world::u32_of;
use crate::analyze::rust::Fold;
use crate::analyze::rust::tree::Names;

/// A name, or a path of an external item written with `::`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Sym(pub u32);

/// Most names stand in the files' trees and are not copied.
#[derive(Default)]
pub(crate) struct Symbols<'a> {
    index: HashMap<Cow<'a, str>, Sym, Fold>,
    list: Vec<Cow<'a, str>>,
}

impl<'a> Symbols<'a> {
    /// The names of a tree.
    pub(crate) fn intern_names(&mut self, names: &'a Names) -> Vec<Sym> {
        let plain = names.iter().map(plain);
        plain.map(|name| self.intern_name(name)).collect()
    }

    /// The names of a tree, all of which are known.
    pub(crate) fn names(&self, names: &Names) -> Vec<Sym> {
        let known = |name| self.get(plain(name)).unwrap_or(Sym(0));
        names.iter().map(known).collect()
    }

    /// All of them, one behind the other, and where each ends.
    pub(super) fn joined(&self) -> (String, Vec<u32>) {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for name in &self.list {
            text.push_str(name);
            ends.push(u32_of(text.len()));
        }
        (text, ends)
    }

    /// Those that were [`joined`](Self::joined).
    pub(super) fn apart(text: &'a str, ends: &[u32]) -> Option<Self> {
        let starts = std::iter::once(&0).chain(ends);
        let name = |(start, end): (&u32, &u32)| text.get(*start as usize..*end as usize);
        let list: Option<Vec<Cow<'a, str>>> = starts
            .zip(ends)
            .map(|range| name(range).map(Cow::Borrowed))
            .collect();
        let list = list?;
        let index = list.iter().cloned().zip((0..).map(Sym)).collect();
        Some(Self { index, list })
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    fn intern_name(&mut self, text: &'a str) -> Sym {
        self.get(text)
            .unwrap_or_else(|| self.add(Cow::Borrowed(text)))
    }

    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        self.get(text)
            .unwrap_or_else(|| self.add(Cow::Owned(text.to_owned())))
    }

    fn add(&mut self, text: Cow<'a, str>) -> Sym {
        let sym = Sym(u32_of(self.list.len()));
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

/// Without what makes a name of a word.
pub(super) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The last segment of a path written with `::`.
pub(super) fn last_of(path: &str) -> &str {
    path.rfind(':')
        .and_then(|at| path.get(at + 1..))
        .unwrap_or(path)
}
