//! Everything that is defined in the sources, and where: crates, modules, functions, types, traits, impls.
//!
//! Built once from the files' trees; names are looked up in it by [`resolve`](super::resolve). Expressions are not
//! looked at here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::symbols::{Sym, Symbols};
use crate::analyze::rust::Fold;
use crate::analyze::rust::tree::{
    Attr, Bound, Generics, Item, ItemId, ItemKind, Name, Path, Tree, Ty, UseLeaf,
};
use crate::analyze::workspace::{Options, TargetKind, Tests, Workspace};
use crate::source::FileId;

macro_rules! ids {
    ($($name:ident)*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(pub u32);
        impl $name {
            pub(crate) fn index(self) -> usize { self.0 as usize }
        }
    )*};
}
ids! { FileIx ModId FnId AdtId TraitId ImplId AliasId ConstId MacroId TableId CrateIx }

pub(crate) type Map<K, V> = HashMap<K, V, Fold>;

/// What a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Def {
    Mod(ModId),
    Fn(FnId),
    Adt(AdtId),
    Variant(AdtId, u32),
    Trait(TraitId),
    Alias(AliasId),
    Const(ConstId),
    Macro(MacroId),
    Table(TableId),
    Column(TableId, Sym),
    /// Something outside of the sources, by its path.
    External(Sym),
}

pub(crate) struct File<'a> {
    pub path: &'a str,
    pub id: FileId,
    pub tree: &'a Tree,
    pub lines: &'a [u32],
    pub error: Option<(u32, &'a str)>,
    /// Name of the file → name of the program.
    pub syms: Vec<Sym>,
}

pub(crate) struct Crate {
    pub kind: TargetKind,
    pub root: ModId,
    /// The folder of its manifest.
    pub folder: String,
    /// Name in paths → its root module.
    pub externs: BTreeMap<Sym, ModId>,
}

pub(crate) struct Module {
    pub krate: CrateIx,
    pub parent: Option<ModId>,
    /// The scope of a function's body: names are looked up in the parent too.
    pub block: bool,
    pub path: String,
    pub file: FileIx,
    pub names: Map<Sym, Vec<Def>>,
    pub imports: Map<Sym, Vec<(FileIx, UseLeaf)>>,
    pub globs: Vec<(FileIx, UseLeaf)>,
    /// Traits imported as `_`, kept for nothing but completeness of `globs`.
    pub attributes: Vec<(FileIx, Attr)>,
    /// It holds `cachex::schema!`: any path into it exists.
    pub schema: bool,
}

pub(crate) struct FnDef {
    pub file: FileIx,
    pub item: ItemId,
    /// The scope its signature and body are read in.
    pub scope: ModId,
    pub owner: Owner,
    pub name: Sym,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Free,
    Impl(ImplId),
    Trait(TraitId),
}

pub(crate) struct Adt {
    pub name: Sym,
    pub path: String,
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
    pub role: Role,
    /// The table that its attributes or its module name.
    pub table: Option<String>,
}

/// What a type is to an ORM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    /// SeaORM's entity, model and active model of a table.
    Entity,
    Model,
    ActiveModel,
    Column,
}

pub(crate) struct TraitDef {
    pub path: String,
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
    pub methods: Map<Sym, FnId>,
    pub impls: Vec<ImplId>,
}

pub(crate) struct ImplDef {
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
    pub methods: Map<Sym, Vec<FnId>>,
}

pub(crate) struct Located {
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
}

pub(crate) struct Table {
    /// As the database knows it, its schema before a dot.
    pub name: String,
    pub columns: BTreeMap<Sym, String>,
}

pub(crate) struct World<'a> {
    pub symbols: Symbols,
    pub files: Vec<File<'a>>,
    pub crates: Vec<Crate>,
    pub modules: Vec<Module>,
    pub fns: Vec<FnDef>,
    pub adts: Vec<Adt>,
    pub traits: Vec<TraitDef>,
    pub impls: Vec<ImplDef>,
    pub aliases: Vec<Located>,
    pub consts: Vec<Located>,
    pub macros: Vec<Located>,
    pub tables: Vec<Table>,
    /// Items that hold functions nothing can name (`const _: () = { … }`), with their place.
    pub texts: &'a BTreeMap<String, String>,
    /// Macros called where items stand, to be looked at once names can be resolved.
    pub item_macros: Vec<Located>,
    pub(super) memo: super::resolve::Memo,
    pub(super) types: super::types::Types,
    pub(super) heads: super::solve::Heads,
    pub(super) shapes: super::lookup::Shapes,
    /// How many associated types are being looked up inside of each other.
    pub(super) project_depth: usize,
    tests: Tests,
    by_path: BTreeMap<&'a str, FileIx>,
    taken: BTreeSet<FileIx>,
}

impl<'a> World<'a> {
    pub(crate) fn of(workspace: &'a Workspace<'a>, options: &Options) -> Self {
        let mut symbols = Symbols::default();
        let mut sources: Vec<_> = workspace.files.iter().collect();
        sources.sort_by_key(|file| file.path);
        let files: Vec<File<'a>> = sources
            .iter()
            .map(|source| File {
                path: source.path,
                id: source.id,
                tree: &source.facts.tree,
                lines: &source.facts.lines,
                error: source
                    .facts
                    .error
                    .as_ref()
                    .map(|error| (error.at, error.reason.as_str())),
                syms: source
                    .facts
                    .tree
                    .names
                    .iter()
                    .map(|name| symbols.intern(name.strip_prefix("r#").unwrap_or(name)))
                    .collect(),
            })
            .collect();
        let by_path = files
            .iter()
            .enumerate()
            .map(|(index, file)| (file.path, file_ix(index)))
            .collect();
        let mut world = Self {
            symbols,
            files,
            crates: Vec::new(),
            modules: Vec::new(),
            fns: Vec::new(),
            adts: Vec::new(),
            traits: Vec::new(),
            impls: Vec::new(),
            aliases: Vec::new(),
            consts: Vec::new(),
            macros: Vec::new(),
            tables: Vec::new(),
            texts: &workspace.texts,
            item_macros: Vec::new(),
            memo: super::resolve::Memo::default(),
            types: super::types::Types::default(),
            heads: super::solve::Heads::default(),
            shapes: super::lookup::Shapes::default(),
            project_depth: 0,
            tests: options.tests,
            by_path,
            taken: BTreeSet::new(),
        };
        world.crates_of(workspace);
        world.orphans();
        world
    }

    fn crates_of(&mut self, workspace: &'a Workspace<'a>) {
        let mut targets: Vec<_> = workspace
            .targets
            .iter()
            .filter(|target| {
                self.tests == Tests::Included || target.kind != TargetKind::Development
            })
            .collect();
        targets.sort();
        let mut roots = BTreeMap::new();
        for target in &targets {
            let Some(file) = self.by_path.get(target.root.as_str()).copied() else {
                continue;
            };
            let module = self.crate_root(&target.name, target.kind, &target.folder, file);
            roots.insert(target.root.as_str(), module);
        }
        for target in &targets {
            let Some(root) = roots.get(target.root.as_str()) else {
                continue;
            };
            let externs: BTreeMap<Sym, ModId> = target
                .dependencies
                .iter()
                .filter_map(|(name, library)| {
                    Some((self.symbols.intern(name), *roots.get(library.as_str())?))
                })
                .collect();
            let krate = self.modules.get(root.index()).map(|module| module.krate);
            if let Some(krate) = krate.and_then(|krate| self.crates.get_mut(krate.0 as usize)) {
                krate.externs = externs;
            }
        }
    }

    /// Files that no crate reaches are crates of their own: nothing given is dropped in silence.
    fn orphans(&mut self) {
        let mut left: Vec<(u8, FileIx)> = (0..self.files.len())
            .map(file_ix)
            .filter(|file| {
                !self.taken.contains(file)
                    && (self.tests == Tests::Included || !is_development(self.path(*file)))
            })
            .map(|file| {
                let path = self.path(file);
                (
                    u8::from(
                        !["lib.rs", "main.rs", "mod.rs"]
                            .iter()
                            .any(|root| path.rsplit('/').next() == Some(root)),
                    ),
                    file,
                )
            })
            .collect();
        left.sort();
        for (_, file) in left {
            if self.taken.contains(&file) {
                continue;
            }
            let path = self.path(file);
            let kind = if path.ends_with("main.rs") {
                TargetKind::Program
            } else {
                TargetKind::Library
            };
            let stem = path
                .trim_end_matches(".rs")
                .trim_end_matches("/mod")
                .trim_end_matches("/lib")
                .trim_end_matches("/main")
                .trim_end_matches("/src");
            let name = stem
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace('-', "_");
            self.crate_root(&name, kind, parent_directory(path), file);
        }
    }

    fn crate_root(&mut self, name: &str, kind: TargetKind, folder: &str, file: FileIx) -> ModId {
        let krate = CrateIx(u32_of(self.crates.len()));
        let root = self.module(Module::new(krate, None, name.to_owned(), file));
        self.crates.push(Crate {
            kind,
            root,
            folder: folder.to_owned(),
            externs: BTreeMap::new(),
        });
        self.taken.insert(file);
        let Some(tree) = self.files.get(file.index()).map(|file| file.tree) else {
            return root;
        };
        self.collect(file, &tree.top, root, &directory_of_root(self.path(file)));
        root
    }

    fn path(&self, file: FileIx) -> &'a str {
        self.files.get(file.index()).map_or("", |file| file.path)
    }

    fn module(&mut self, module: Module) -> ModId {
        let id = ModId(u32_of(self.modules.len()));
        self.modules.push(module);
        id
    }

    pub(super) fn define(&mut self, module: ModId, name: Sym, def: Def) {
        self.add(module, name, def);
    }

    /// An empty module below another.
    pub(super) fn submodule_of(&mut self, parent: ModId, name: &str) -> ModId {
        let Some(found) = self.modules.get(parent.index()) else {
            return parent;
        };
        let (krate, path, file) = (found.krate, format!("{}::{name}", found.path), found.file);
        self.module(Module::new(krate, Some(parent), path, file))
    }

    fn add(&mut self, module: ModId, name: Sym, def: Def) {
        if let Some(module) = self.modules.get_mut(module.index()) {
            module.names.entry(name).or_default().push(def);
        }
    }

    pub(crate) fn sym(&self, file: FileIx, name: Name) -> Sym {
        self.files
            .get(file.index())
            .and_then(|file| file.syms.get(name.0 as usize))
            .copied()
            .unwrap_or(Sym(0))
    }

    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.symbols.text(sym)
    }

    pub(crate) fn item(&self, file: FileIx, item: ItemId) -> Option<&'a Item> {
        self.files
            .get(file.index())?
            .tree
            .items
            .get(item.0 as usize)
    }

    /// Items of a module or of a function's body. `directory` is where `mod a;` looks for its file.
    pub(super) fn collect(
        &mut self,
        file: FileIx,
        items: &[ItemId],
        scope: ModId,
        directory: &str,
    ) {
        for id in items {
            let Some(item) = self.item(file, *id) else {
                continue;
            };
            if item.test && self.tests == Tests::Skipped {
                self.leave_out(file, item, directory);
                continue;
            }
            self.collect_item(file, *id, item, scope, directory);
        }
        self.entities(file, items, scope);
    }

    /// The files of `#[cfg(test)] mod tests;` are no crates of their own.
    fn leave_out(&mut self, file: FileIx, item: &Item, directory: &str) {
        let (ItemKind::Mod { inline: None, path }, Some(name)) = (&item.kind, item.name) else {
            return;
        };
        let name = self.sym(file, name);
        let stem = match path {
            Some(path) => normal(&join(parent_directory(self.path(file)), path))
                .trim_end_matches(".rs")
                .to_owned(),
            None => join(directory, self.text(name)),
        };
        let below = format!("{stem}/");
        let own = format!("{stem}.rs");
        let left: Vec<FileIx> = self
            .by_path
            .iter()
            .filter(|(path, _)| **path == own || path.starts_with(&below))
            .map(|(_, file)| *file)
            .collect();
        self.taken.extend(left);
    }

    fn collect_item(
        &mut self,
        file: FileIx,
        id: ItemId,
        item: &'a Item,
        scope: ModId,
        directory: &str,
    ) {
        let name = item.name.map(|name| self.sym(file, name));
        let located = || Located {
            file,
            item: id,
            scope,
        };
        match (&item.kind, name) {
            (ItemKind::Mod { inline, path }, Some(name)) => self.submodule(
                file,
                item,
                name,
                scope,
                inline.as_deref(),
                path.as_deref(),
                directory,
            ),
            (ItemKind::Use(leaves), _) => self.uses(file, leaves, scope),
            (ItemKind::Fn(function), Some(name)) => {
                let def = self.function(
                    file,
                    id,
                    name,
                    scope,
                    Owner::Free,
                    &function.inner,
                    directory,
                );
                self.add(scope, name, Def::Fn(def));
            }
            (ItemKind::Struct { .. } | ItemKind::Enum { .. }, Some(name)) => {
                let table = table_attribute(&item.attributes)
                    .or_else(|| super::orm::default_table(self.text(name), &item.attributes));
                let adt = self.adt(file, id, name, scope, Role::Plain, table);
                self.add(scope, name, Def::Adt(adt));
            }
            (ItemKind::Alias { .. }, Some(name)) => {
                let alias = AliasId(u32_of(self.aliases.len()));
                self.aliases.push(located());
                self.add(scope, name, Def::Alias(alias));
            }
            (ItemKind::Const { .. }, Some(name)) => {
                let constant = ConstId(u32_of(self.consts.len()));
                self.consts.push(located());
                self.add(scope, name, Def::Const(constant));
            }
            (ItemKind::Trait { items, .. }, Some(name)) => {
                self.interface(file, id, name, scope, items, directory);
            }
            (ItemKind::Impl { items, .. }, _) => {
                self.implementation(file, id, scope, items, directory);
            }
            (ItemKind::MacroRules(_), Some(name)) => {
                let def = MacroId(u32_of(self.macros.len()));
                self.macros.push(located());
                self.add(scope, name, Def::Macro(def));
                self.export(item, name, scope, def);
            }
            (
                ItemKind::Macro {
                    path,
                    items,
                    tables,
                    ..
                },
                _,
            ) => {
                self.collect(file, items, scope, directory);
                self.tables(file, tables, scope);
                let last = path
                    .segments
                    .last()
                    .map(|segment| self.sym(file, segment.name));
                if last.is_some_and(|last| self.text(last) == "schema")
                    && let Some(module) = self.modules.get_mut(scope.index())
                {
                    module.schema = true;
                }
                self.item_macros.push(located());
            }
            _ => {}
        }
    }

    /// `#[macro_export]` and textual scope: a macro is also found from the crate's root.
    fn export(&mut self, item: &Item, name: Sym, scope: ModId, def: MacroId) {
        let root = self
            .modules
            .get(scope.index())
            .and_then(|module| self.crates.get(module.krate.0 as usize))
            .map(|krate| krate.root);
        let _ = item;
        if let Some(root) = root.filter(|root| *root != scope) {
            self.add(root, name, Def::Macro(def));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one `mod` item")]
    fn submodule(
        &mut self,
        file: FileIx,
        item: &'a Item,
        name: Sym,
        scope: ModId,
        inline: Option<&'a [ItemId]>,
        path: Option<&str>,
        directory: &str,
    ) {
        let text = self.text(name).to_owned();
        let Some((krate, parent_path)) = self
            .modules
            .get(scope.index())
            .map(|module| (module.krate, module.path.clone()))
        else {
            return;
        };
        let mut module = Module::new(krate, Some(scope), format!("{parent_path}::{text}"), file);
        module.attributes = item
            .attributes
            .iter()
            .map(|attribute| (file, attribute.clone()))
            .collect();
        if let Some(items) = inline {
            let id = self.module(module);
            self.add(scope, name, Def::Mod(id));
            self.collect(file, items, id, &join(directory, &text));
            return;
        }
        let candidates = match path {
            Some(path) => vec![
                normal(&join(parent_directory(self.path(file)), path)),
                normal(&join(directory, path)),
            ],
            None => vec![
                format!("{}.rs", join(directory, &text)),
                format!("{}/mod.rs", join(directory, &text)),
            ],
        };
        let Some(found) = candidates
            .iter()
            .find_map(|path| self.by_path.get(path.as_str()).copied())
        else {
            return;
        };
        // A file that names itself through `#[path]` ends here.
        if self.depth(scope) > 200 {
            return;
        }
        module.file = found;
        let id = self.module(module);
        self.add(scope, name, Def::Mod(id));
        self.taken.insert(found);
        let Some(tree) = self.files.get(found.index()).map(|file| file.tree) else {
            return;
        };
        let own = self.path(found);
        let below = if own.ends_with("/mod.rs") || path.is_some() {
            parent_directory(own).to_owned()
        } else {
            own.trim_end_matches(".rs").to_owned()
        };
        self.collect(found, &tree.top, id, &below);
    }

    fn depth(&self, module: ModId) -> usize {
        std::iter::successors(Some(module), |module| {
            self.modules.get(module.index())?.parent
        })
        .take(300)
        .count()
    }

    fn uses(&mut self, file: FileIx, leaves: &[UseLeaf], scope: ModId) {
        for leaf in leaves {
            let alias = leaf.alias.map(|alias| self.sym(file, alias));
            let Some(module) = self.modules.get_mut(scope.index()) else {
                continue;
            };
            match alias {
                Some(alias) => module
                    .imports
                    .entry(alias)
                    .or_default()
                    .push((file, leaf.clone())),
                None => module.globs.push((file, leaf.clone())),
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one function item")]
    fn function(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        owner: Owner,
        inner: &'a [ItemId],
        directory: &str,
    ) -> FnId {
        let id = FnId(u32_of(self.fns.len()));
        self.fns.push(FnDef {
            file,
            item,
            scope,
            owner,
            name,
        });
        if !inner.is_empty() {
            let (krate, path) = self
                .modules
                .get(scope.index())
                .map_or((CrateIx(0), String::new()), |module| {
                    (module.krate, module.path.clone())
                });
            let mut block = Module::new(
                krate,
                Some(scope),
                format!("{path}::{}", self.text(name)),
                file,
            );
            block.block = true;
            let block = self.module(block);
            self.collect(file, inner, block, directory);
            if let Some(function) = self.fns.get_mut(id.index()) {
                function.scope = block;
            }
        }
        id
    }

    pub(super) fn adt(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        role: Role,
        table: Option<String>,
    ) -> AdtId {
        let id = AdtId(u32_of(self.adts.len()));
        let path = format!(
            "{}::{}",
            self.modules
                .get(scope.index())
                .map_or("", |module| module.path.as_str()),
            self.text(name)
        );
        self.adts.push(Adt {
            name,
            path,
            file,
            item,
            scope,
            role,
            table,
        });
        id
    }

    fn interface(
        &mut self,
        file: FileIx,
        item: ItemId,
        name: Sym,
        scope: ModId,
        items: &'a [ItemId],
        directory: &str,
    ) {
        let id = TraitId(u32_of(self.traits.len()));
        let path = format!(
            "{}::{}",
            self.modules
                .get(scope.index())
                .map_or("", |module| module.path.as_str()),
            self.text(name)
        );
        self.traits.push(TraitDef {
            path,
            file,
            item,
            scope,
            methods: Map::default(),
            impls: Vec::new(),
        });
        self.add(scope, name, Def::Trait(id));
        for (name, function) in self.own_methods(file, scope, Owner::Trait(id), items, directory) {
            if let Some(found) = self.traits.get_mut(id.index()) {
                found.methods.insert(name, function);
            }
        }
    }

    fn implementation(
        &mut self,
        file: FileIx,
        item: ItemId,
        scope: ModId,
        items: &'a [ItemId],
        directory: &str,
    ) {
        let id = ImplId(u32_of(self.impls.len()));
        self.impls.push(ImplDef {
            file,
            item,
            scope,
            methods: Map::default(),
        });
        for (name, function) in self.own_methods(file, scope, Owner::Impl(id), items, directory) {
            if let Some(found) = self.impls.get_mut(id.index()) {
                found.methods.entry(name).or_default().push(function);
            }
        }
    }

    fn own_methods(
        &mut self,
        file: FileIx,
        scope: ModId,
        owner: Owner,
        items: &'a [ItemId],
        directory: &str,
    ) -> Vec<(Sym, FnId)> {
        let mut found = Vec::new();
        for id in items {
            let Some(item) = self.item(file, *id) else {
                continue;
            };
            if item.test && self.tests == Tests::Skipped {
                continue;
            }
            if let ItemKind::Macro { items, .. } = &item.kind {
                found.extend(self.own_methods(file, scope, owner, items, directory));
            }
            let (ItemKind::Fn(function), Some(name)) = (&item.kind, item.name) else {
                continue;
            };
            let name = self.sym(file, name);
            found.push((
                name,
                self.function(file, *id, name, scope, owner, &function.inner, directory),
            ));
        }
        found
    }

    /// The generics of an item.
    pub(crate) fn generics(&self, file: FileIx, item: ItemId) -> Option<&'a Generics> {
        match &self.item(file, item)?.kind {
            ItemKind::Fn(function) => Some(&function.generics),
            ItemKind::Struct { generics, .. }
            | ItemKind::Enum { generics, .. }
            | ItemKind::Alias { generics, .. }
            | ItemKind::Trait { generics, .. }
            | ItemKind::Impl { generics, .. } => Some(generics),
            _ => None,
        }
    }

    /// The trait and the type of an impl.
    pub(crate) fn impl_head(&self, id: ImplId) -> Option<(&'a ImplHead, &'a Ty)> {
        let found = self.impls.get(id.index())?;
        match &self.item(found.file, found.item)?.kind {
            ItemKind::Impl { of, ty, .. } => Some((of, ty)),
            _ => None,
        }
    }

    pub(crate) fn supers(&self, id: TraitId) -> &'a [Bound] {
        let Some(found) = self.traits.get(id.index()) else {
            return &[];
        };
        match self.item(found.file, found.item).map(|item| &item.kind) {
            Some(ItemKind::Trait { supers, .. }) => supers,
            _ => &[],
        }
    }
}

pub(crate) type ImplHead = Option<Path>;

impl Module {
    fn new(krate: CrateIx, parent: Option<ModId>, path: String, file: FileIx) -> Self {
        Self {
            krate,
            parent,
            block: false,
            path,
            file,
            names: Map::default(),
            imports: Map::default(),
            globs: Vec::new(),
            attributes: Vec::new(),
            schema: false,
        }
    }
}

pub(super) fn u32_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn file_ix(index: usize) -> FileIx {
    FileIx(u32_of(index))
}

/// `#[diesel(table_name = path::to::table)]` and its older form; `#[sea_orm(table_name = "…")]`.
pub(super) fn table_attribute(attributes: &[Attr]) -> Option<String> {
    attributes
        .iter()
        .filter(|attribute| matches!(attribute.path.as_str(), "diesel" | "sea_orm" | "table_name"))
        .find_map(|attribute| {
            if attribute.path == "table_name" {
                return Some(unquoted(&attribute.tokens));
            }
            let value = value_of(&attribute.tokens, "table_name")?;
            let schema = (attribute.path == "sea_orm")
                .then(|| value_of(&attribute.tokens, "schema_name"))
                .flatten();
            Some(schema.map_or_else(|| value.clone(), |schema| format!("{schema}.{value}")))
        })
}

/// The value behind `key =` among an attribute's tokens, unquoted.
pub(super) fn value_of(tokens: &str, key: &str) -> Option<String> {
    let mut rest = tokens;
    loop {
        let at = rest.find(key)?;
        let behind = rest.get(at + key.len()..)?.trim_start();
        let whole = rest.get(..at).is_none_or(|before| {
            !before.ends_with(|next: char| next.is_alphanumeric() || next == '_')
        });
        if let Some(value) = behind.strip_prefix('=').filter(|_| whole) {
            let value = value.trim_start();
            let end = if value.starts_with('"') {
                value.get(1..)?.find('"').map(|end| end + 2)
            } else {
                value.find(',')
            };
            return Some(unquoted(
                value.get(..end.unwrap_or(value.len())).unwrap_or_default(),
            ));
        }
        rest = behind;
    }
}

fn unquoted(text: &str) -> String {
    text.trim()
        .trim_start_matches('=')
        .trim()
        .trim_matches('"')
        .to_owned()
}

fn is_development(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    parts.next() == Some("build.rs")
        || parts.any(|part| matches!(part, "tests" | "benches" | "examples"))
}

fn parent_directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// `src/main.rs`, `src/lib.rs` and any other root: their modules stand beside them.
fn directory_of_root(path: &str) -> String {
    parent_directory(path).to_owned()
}

fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// Takes `.` and `..` out of a path.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
