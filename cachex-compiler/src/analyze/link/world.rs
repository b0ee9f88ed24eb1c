//! Everything that is defined in the sources, and where: crates, modules, functions, types, traits, impls.
//!
//! Built once from the files' trees; names are looked up in it by [`resolve`](super::resolve). Expressions are not
//! looked at here.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::symbols::{Sym, Symbols};
use crate::analyze::FileFacts;
use crate::analyze::later::Later;
use crate::analyze::rust::Fold;
use crate::analyze::rust::tree::{Bound, Generics, Item, ItemId, ItemKind, Name, Path, Tree, Ty};
use crate::analyze::workspace::{Options, TargetKind, Tests, Texts, Workspace};
use crate::source::FileId;

macro_rules! ids {
    ($($name:ident)*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub(crate) struct $name(pub u32);
        impl $name {
            pub(crate) fn index(self) -> usize { self.0 as usize }
        }
    )*};
}
ids! { FileIx ModId FnId AdtId TraitId ImplId AliasId ConstId MacroId TableId CrateIx }

pub(crate) type Map<K, V> = HashMap<K, V, Fold>;

/// What has a name: nearly always one.
pub(crate) type Named<T> = SmallVec<[T; 1]>;

/// What a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    pub said: Said<'a>,
    /// Name of the file → name of the program.
    pub syms: OnceCell<Vec<Sym>>,
}

/// What stands in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said<'a> {
    Read(&'a FileFacts),
    /// Read when somebody asks.
    Kept(&'a Later<'a>),
}

impl<'a> File<'a> {
    pub(crate) fn facts(&self) -> &'a FileFacts {
        match self.said {
            Said::Read(facts) => facts,
            Said::Kept(later) => later.facts(),
        }
    }

    pub(crate) fn tree(&self) -> &'a Tree {
        &self.facts().tree
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Crate {
    pub kind: TargetKind,
    pub root: ModId,
    /// The folder of its manifest.
    pub folder: String,
    /// Name in paths → its root module.
    pub externs: BTreeMap<Sym, ModId>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Module {
    pub krate: CrateIx,
    pub parent: Option<ModId>,
    /// The scope of a function's body: names are looked up in the parent too.
    pub block: bool,
    pub path: String,
    pub file: FileIx,
    pub names: Map<Sym, Named<Def>>,
    pub imports: Map<Sym, Vec<Import>>,
    /// And traits imported as `_`.
    pub globs: Vec<Import>,
    /// The `mod` that declares it.
    pub item: Option<(FileIx, ItemId)>,
    /// It holds `cachex::schema!`: any path into it exists.
    pub schema: bool,
}

/// What a `use` names, less what it names it as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Import {
    pub global: bool,
    pub path: Box<[Sym]>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct FnDef {
    pub file: FileIx,
    pub item: ItemId,
    /// The scope its signature and body are read in.
    pub scope: ModId,
    pub owner: Owner,
    pub name: Sym,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Owner {
    Free,
    Impl(ImplId),
    Trait(TraitId),
}

#[derive(Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Role {
    Plain,
    /// SeaORM's entity, model and active model of a table.
    Entity,
    Model,
    ActiveModel,
    Column,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TraitDef {
    pub path: String,
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
    pub methods: Map<Sym, FnId>,
    pub impls: Vec<ImplId>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ImplDef {
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
    pub methods: Map<Sym, Named<FnId>>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Located {
    pub file: FileIx,
    pub item: ItemId,
    pub scope: ModId,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Table {
    /// As the database knows it, its schema before a dot.
    pub name: String,
    pub columns: BTreeMap<Sym, String>,
}

pub(crate) struct World<'a> {
    pub symbols: Symbols<'a>,
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
    /// SQL files beside the sources.
    pub texts: Texts<'a>,
    pub(super) memo: super::resolve::Memo,
    pub(super) types: super::types::Types,
    pub(super) heads: super::heads::Heads,
    pub(super) shapes: super::lookup::Shapes,
    /// How many associated types are being looked up inside of each other.
    pub(super) project_depth: usize,
    pub(super) tests: Tests,
    pub(super) by_path: BTreeMap<&'a str, FileIx>,
    pub(super) taken: BTreeSet<FileIx>,
}

impl<'a> World<'a> {
    pub(crate) fn of(workspace: &'a Workspace<'a>, options: &Options, texts: Texts<'a>) -> Self {
        let mut symbols = Symbols::default();
        let mut sources: Vec<_> = workspace.files.iter().collect();
        sources.sort_by_key(|file| file.path);
        let files: Vec<File<'a>> = sources
            .iter()
            .map(|source| File {
                path: source.path,
                id: source.id,
                said: Said::Read(source.facts),
                syms: OnceCell::from(symbols.intern_names(&source.facts.tree.names)),
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
            texts,
            memo: super::resolve::Memo::default(),
            types: super::types::Types::default(),
            heads: super::heads::Heads::default(),
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

    /// What is known of a file by itself.
    pub(super) fn facts(&self, file: FileIx) -> Option<&'a FileFacts> {
        self.files.get(file.index()).map(File::facts)
    }

    pub(crate) fn tree(&self, file: FileIx) -> Option<&'a Tree> {
        self.files.get(file.index()).map(File::tree)
    }

    pub(super) fn file_of(&self, id: FileId) -> Option<FileIx> {
        let at = self.files.iter().position(|file| file.id == id)?;
        Some(file_ix(at))
    }

    pub(super) fn path(&self, file: FileIx) -> &'a str {
        self.files.get(file.index()).map_or("", |file| file.path)
    }

    pub(super) fn module(&mut self, module: Module) -> ModId {
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

    pub(super) fn add(&mut self, module: ModId, name: Sym, def: Def) {
        if let Some(module) = self.modules.get_mut(module.index()) {
            module.names.entry(name).or_default().push(def);
        }
    }

    pub(crate) fn sym(&self, file: FileIx, name: Name) -> Sym {
        let syms = self.files.get(file.index()).map(|file| {
            let known = || self.symbols.names(&file.tree().names);
            file.syms.get_or_init(known)
        });
        let sym = syms.and_then(|syms| syms.get(name.0 as usize));
        sym.copied().unwrap_or(Sym(0))
    }

    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.symbols.text(sym)
    }

    pub(crate) fn item(&self, file: FileIx, item: ItemId) -> Option<&'a Item> {
        self.tree(file)?.items.get(item.0 as usize)
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
    pub(super) fn new(krate: CrateIx, parent: Option<ModId>, path: String, file: FileIx) -> Self {
        Self {
            krate,
            parent,
            block: false,
            path,
            file,
            names: Map::default(),
            imports: Map::default(),
            globs: Vec::new(),
            item: None,
            schema: false,
        }
    }
}

pub(super) fn u32_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

pub(super) fn file_ix(index: usize) -> FileIx {
    FileIx(u32_of(index))
}
