//! Derive macros of these sources that write: for `#[derive(Model)]`, which table a type means, and what is done to it.
//!
//! What such a macro makes is not read: its text names functions and tables that only the expansion has. But the
//! statements in it say what it can do, and the type it stands on says to which table.
//!
//! Keeps true: a derive of another package, or one without a statement, means nothing here.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::meta::{unquoted, value_of};
use super::orm::snake;
use super::paths::parent_directory;
use super::symbols::Sym;
use super::world::{AdtId, FileIx, FnDef, FnId, World};
use crate::analyze::facts::Operation;
use crate::analyze::rust::tree::{Attr, Expr, ExprKind, Item, Name, Range, Tree};

/// The derive macros of these sources, by name.
pub(super) type Derivers = BTreeMap<String, Rc<Deriver>>;

/// A derive macro that writes.
#[derive(Debug)]
pub(crate) struct Deriver {
    /// The attributes that it reads on a type.
    helpers: Vec<String>,
    operations: BTreeSet<Operation>,
    /// The functions that its statements were read off.
    functions: BTreeSet<FnId>,
    /// Whether it makes a table's name of a type's by lower case alone.
    flat: bool,
}

impl Deriver {
    /// What a function that it makes does, by the function's name.
    pub(crate) fn operation(&self, function: &str) -> Option<Operation> {
        let has = |operation| self.operations.contains(&operation);
        let word = function.split('_').next().unwrap_or(function);
        let meant = match word {
            "save" | "upsert" | "store" | "persist"
                if has(Operation::Insert) && has(Operation::Update) =>
            {
                return Some(Operation::Upsert);
            }
            "save" | "store" | "persist" if has(Operation::Update) => Operation::Update,
            "save" | "store" | "persist" | "insert" | "create" | "add" => Operation::Insert,
            "update" => Operation::Update,
            "delete" | "remove" => Operation::Delete,
            "find" | "get" | "fetch" | "load" | "by" | "all" | "list" | "select" => {
                Operation::Select
            }
            _ => return None,
        };
        has(meant).then_some(meant)
    }
}

impl World<'_> {
    /// The derive macro of these sources that writes for a type.
    pub(crate) fn deriver_of(&mut self, adt: AdtId) -> Option<Rc<Deriver>> {
        let found = self.adts.get(adt.index())?;
        let item = self.item(found.file, found.item)?;
        let derives = item.attributes.iter().filter(|of| of.path == "derive");
        let names = derives.flat_map(|of| of.tokens.split(','));
        let names: Vec<&str> = names
            .filter_map(|path| path.rsplit("::").next())
            .map(str::trim)
            .collect();
        let known = self.derivers();
        names.iter().find_map(|name| known.get(*name)).cloned()
    }

    fn derivers(&mut self) -> Rc<Derivers> {
        if let Some(known) = &self.shapes.derivers {
            return Rc::clone(known);
        }
        let mut found = Derivers::new();
        let deriving = self.deriving_folders();
        let derives = |function: &FnDef| {
            let path = self.path(function.file);
            deriving
                .iter()
                .any(|folder| parent_directory(path) == folder)
        };
        let all = (0..).map(FnId).zip(&self.fns);
        for (id, function) in all.filter(|(_, function)| derives(function)) {
            let item = self.item(function.file, function.item);
            let mut attributes = item.into_iter().flat_map(|item| &item.attributes);
            let Some(attribute) = attributes.find(|of| is_derive_macro(of)) else {
                continue;
            };
            let name = attribute.tokens.split(',').next().unwrap_or_default();
            if let Some(deriver) = self.deriver(id, attribute) {
                found.insert(name.trim().to_owned(), Rc::new(deriver));
            }
        }
        let found = Rc::new(found);
        self.shapes.derivers = Some(Rc::clone(&found));
        found
    }

    fn deriver(&self, function: FnId, attribute: &Attr) -> Option<Deriver> {
        let (mut operations, mut flat, mut snake) = (BTreeSet::new(), false, false);
        let functions = self.reached_in_crate(function);
        for place in &functions {
            for (tree, expr) in self.expressions_of(*place) {
                if let ExprKind::Str { statements, .. } = &expr.kind {
                    operations.extend(statements.iter().map(|of| of.operation));
                }
                let called = called(&expr.kind).and_then(|name| tree.names.get(name.0));
                flat |= called.is_some_and(|name| name.contains("lowercase"));
                snake |= called.is_some_and(|name| name.contains("snake"));
            }
        }
        let writes = operations.iter().any(|of| *of != Operation::Select);
        let behind = attribute.tokens.split_once("attributes");
        let helpers = behind.map_or("", |(_, list)| list);
        let helpers = helpers.split(|next: char| !next.is_alphanumeric() && next != '_');
        writes.then(|| Deriver {
            helpers: helpers
                .filter(|of| !of.is_empty())
                .map(str::to_owned)
                .collect(),
            operations,
            functions,
            flat: flat && !snake,
        })
    }

    /// Whether a function puts statements together that a derive macro writes down for others: what they do is found
    /// where they are called.
    pub(crate) fn writes_for_others(&mut self, file: FileIx, function: FnId) -> bool {
        self.derives_in(file) && {
            let known = self.derivers();
            let mut derivers = known.values();
            derivers.any(|deriver| deriver.functions.contains(&function))
        }
    }

    /// A function, and those of its crate that it and they call, by name.
    fn reached_in_crate(&self, function: FnId) -> BTreeSet<FnId> {
        let Some(first) = self.fns.get(function.index()) else {
            return BTreeSet::new();
        };
        let folder = parent_directory(self.path(first.file));
        let own = (0..).map(FnId).zip(&self.fns);
        let own = own.filter(|(_, found)| lies_in(self.path(found.file), folder));
        let mut by_name: BTreeMap<Sym, Vec<FnId>> = BTreeMap::new();
        for (id, found) in own {
            by_name.entry(found.name).or_default().push(id);
        }
        let (mut reached, mut open) = (BTreeSet::new(), vec![function]);
        while let Some(next) = open.pop() {
            let Some(found) = self.fns.get(next.index()) else {
                continue;
            };
            if reached.insert(next) {
                let names = self.expressions_of(next);
                let names = names.filter_map(|(_, expr)| called(&expr.kind));
                let meant = names.filter_map(|name| by_name.get(&self.sym(found.file, name)));
                open.extend(meant.flatten());
            }
        }
        reached
    }

    /// The expressions of a function, each with its file's tree.
    fn expressions_of<'s>(&'s self, function: FnId) -> impl Iterator<Item = (&'s Tree, &'s Expr)> {
        let place = || {
            let found = self.fns.get(function.index())?;
            let range = self.item(found.file, found.item)?.range;
            Some((self.tree(found.file)?, range))
        };
        let inside = |(tree, range): (&'s Tree, Range)| {
            let all = tree.exprs().iter();
            all.filter(move |expr| range.start <= expr.range.start && expr.range.end <= range.end)
                .map(move |expr| (tree, expr))
        };
        place().into_iter().flat_map(inside)
    }

    /// Whether what a derive macro does may be read off a file's functions.
    pub(crate) fn derives_in(&mut self, file: FileIx) -> bool {
        let path = self.path(file);
        let folders = self.deriving_folders();
        folders.iter().any(|folder| lies_in(path, folder))
    }

    /// The folders of derive macros: what they call lies there, too.
    pub(super) fn deriving_folders(&mut self) -> Rc<BTreeSet<String>> {
        if let Some(known) = &self.shapes.deriving {
            return Rc::clone(known);
        }
        let derives = |item: &Item| item.attributes.iter().any(is_derive_macro);
        let files = self.files.iter();
        let files = files.filter(|file| file.tree().items.iter().any(derives));
        let folders = files.map(|file| parent_directory(file.path).to_owned());
        let folders = Rc::new(folders.collect());
        self.shapes.deriving = Some(Rc::clone(&folders));
        folders
    }

    /// The table that a type means to its derive macro: what an attribute of the macro says, else the type's name.
    pub(crate) fn derived_table(&self, adt: AdtId, deriver: &Deriver) -> Option<String> {
        let found = self.adts.get(adt.index())?;
        let item = self.item(found.file, found.item)?;
        let own = item.attributes.iter();
        let own = own.filter(|of| deriver.helpers.contains(&of.path));
        let declared = own.clone().find_map(|of| {
            let keys = ["table_name", "table"];
            keys.iter().find_map(|key| value_of(&of.tokens, key))
        });
        let named = own.clone().find(|of| of.path.starts_with("table"));
        let name = self.text(found.name);
        let default = || {
            if deriver.flat {
                name.to_lowercase()
            } else {
                snake(name)
            }
        };
        Some(
            declared
                .or_else(|| named.map(|of| unquoted(&of.tokens)))
                .unwrap_or_else(default),
        )
    }
}

fn lies_in(path: &str, folder: &str) -> bool {
    let below = path.strip_prefix(folder);
    folder.is_empty() || below.is_some_and(|below| below.starts_with('/'))
}

fn is_derive_macro(attribute: &Attr) -> bool {
    attribute.path == "proc_macro_derive"
}

/// The name that an expression is, or calls.
fn called(kind: &ExprKind) -> Option<Name> {
    match kind {
        ExprKind::Path(path) => path.segments.last().map(|last| last.name),
        ExprKind::Method { name, .. } => Some(*name),
        _ => None,
    }
}
