//! The world of definitions, kept from one run to the next: to look at one function again, nothing else is read but
//! the files that it leads to.
//!
//! Keeps true: a world that is restored is the one that was kept, but for what it was already asked. Files stand for
//! themselves: they are those that it was made of.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::finish::functions;
use super::heads::Heads;
use super::lookup::Shapes;
use super::symbols::Symbols;
use super::types::{Type, Types};
use super::world::{
    Adt, Crate, File, FnDef, FnId, ImplDef, Located, Module, Said, Table, TraitDef, World,
};
use crate::analyze::later::KeptFile;
use crate::analyze::workspace::{Options, Texts};

/// Everything about definitions that takes all files to know. Opaque; kept through `serde`.
#[derive(Serialize, Deserialize)]
pub struct Definitions<'a> {
    #[serde(borrow)]
    names: Cow<'a, str>,
    ends: Vec<u32>,
    /// For each name, how many files have it.
    #[serde(borrow)]
    in_files: Cow<'a, [u8]>,
    functions: Vec<FnId>,
    crates: Cow<'a, [Crate]>,
    modules: Cow<'a, [Module]>,
    fns: Cow<'a, [FnDef]>,
    adts: Cow<'a, [Adt]>,
    traits: Cow<'a, [TraitDef]>,
    impls: Cow<'a, [ImplDef]>,
    /// Aliases, constants, macros.
    located: [Cow<'a, [Located]>; 3],
    tables: Cow<'a, [Table]>,
    types: Cow<'a, [Type]>,
    heads: Cow<'a, Heads>,
    deriving: BTreeSet<String>,
}

impl<'a> Definitions<'a> {
    /// Of a world that was asked nothing yet.
    pub(super) fn of(world: &'a mut World<'_>) -> Self {
        let deriving = world.deriving_folders().iter().cloned().collect();
        let (names, ends) = world.symbols.joined();
        let world = &*world;
        Self {
            names: Cow::Owned(names),
            ends,
            in_files: Cow::Owned(in_files(world)),
            functions: functions(world),
            crates: Cow::Borrowed(&world.crates),
            modules: Cow::Borrowed(&world.modules),
            fns: Cow::Borrowed(&world.fns),
            adts: Cow::Borrowed(&world.adts),
            traits: Cow::Borrowed(&world.traits),
            impls: Cow::Borrowed(&world.impls),
            located: [&world.aliases, &world.consts, &world.macros].map(Cow::from),
            tables: Cow::Borrowed(&world.tables),
            types: Cow::Borrowed(&world.types.list),
            heads: Cow::Borrowed(&world.heads),
            deriving,
        }
    }
}

/// A world that was kept.
pub(super) struct Restored<'a> {
    pub(super) world: World<'a>,
    /// Every function that has a body, in the order of their ids in facts.
    pub(super) functions: Vec<FnId>,
    /// For each name, how many files have it.
    pub(super) in_files: Cow<'a, [u8]>,
}

/// The world that was kept, over the same files; `None` where it can't be.
pub(super) fn restored<'a>(
    kept: Definitions<'a>,
    files: &'a [KeptFile<'a>],
    options: &Options,
    texts: Texts<'a>,
) -> Option<Restored<'a>> {
    let Cow::Borrowed(names) = kept.names else {
        return None;
    };
    let [aliases, consts, macros] = kept.located.map(Cow::into_owned);
    let mut shapes = Shapes::default();
    shapes.deriving = Some(kept.deriving.into());
    let world = World {
        symbols: Symbols::apart(names, &kept.ends)?,
        files: sorted(files),
        crates: kept.crates.into_owned(),
        modules: kept.modules.into_owned(),
        fns: kept.fns.into_owned(),
        adts: kept.adts.into_owned(),
        traits: kept.traits.into_owned(),
        impls: kept.impls.into_owned(),
        aliases,
        consts,
        macros,
        tables: kept.tables.into_owned(),
        texts,
        memo: super::resolve::Memo::default(),
        types: Types::of(kept.types.into_owned()),
        heads: kept.heads.into_owned(),
        shapes,
        project_depth: 0,
        tests: options.tests,
        by_path: BTreeMap::new(),
        taken: BTreeSet::new(),
    };
    Some(Restored {
        world,
        functions: kept.functions,
        in_files: kept.in_files,
    })
}

fn sorted<'a>(files: &'a [KeptFile<'a>]) -> Vec<File<'a>> {
    let mut files: Vec<_> = files.iter().collect();
    files.sort_by_key(|file| file.path);
    let file = |file: &'a KeptFile<'a>| File {
        path: file.path,
        id: file.id,
        said: Said::Kept(&file.facts),
        syms: OnceCell::new(),
    };
    files.into_iter().map(file).collect()
}

fn in_files(world: &World<'_>) -> Vec<u8> {
    let mut files = vec![0_u8; world.symbols.len()];
    for syms in world.files.iter().filter_map(|file| file.syms.get()) {
        for sym in syms {
            if let Some(count) = files.get_mut(sym.0 as usize) {
                *count = count.saturating_add(1);
            }
        }
    }
    files
}
