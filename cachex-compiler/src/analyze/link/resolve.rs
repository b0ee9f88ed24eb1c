//! Paths → what they mean. Follows imports, globs and re-exports on demand; a circle of imports resolves to nothing.

use super::symbols::Sym;
use super::world::{AdtId, AliasId, Def, FileIx, Import, Map, ModId, World, u32_of};
use crate::analyze::rust::tree::{ItemKind, Path, Ty};

/// What a path led to, and how many of its segments that took.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    pub defs: Vec<Def>,
    pub taken: usize,
}

impl Resolved {
    pub(crate) fn none() -> Self {
        Self {
            defs: Vec::new(),
            taken: 0,
        }
    }
}

/// Names already looked up, and those being looked up.
#[derive(Default)]
pub(super) struct Memo {
    known: Map<(ModId, Sym), Vec<Def>>,
    open: Vec<(ModId, Sym)>,
    /// The outermost open name that a circle led back to: an answer cut short there holds while that name is open.
    reached: Option<usize>,
    /// Such answers, each with the open name it hangs on. Asked anew every time, modules that re-export each other by
    /// globs would be gone through once for each way there is between them.
    passing: Map<(ModId, Sym), (Vec<Def>, usize)>,
    passed: Vec<(ModId, Sym)>,
}

impl Memo {
    /// Notes that what is being looked up hangs on an open name.
    fn hang_on(&mut self, at: usize) {
        self.reached = Some(self.reached.map_or(at, |reached| reached.min(at)));
    }

    /// Keeps an answer: for good, unless it hangs on a name that is open still.
    fn keep(&mut self, key: (ModId, Sym), found: &[Def], passed: usize) {
        let depth = self.open.len();
        if let Some(reached) = self.reached.filter(|reached| *reached < depth) {
            self.passing.insert(key, (found.to_vec(), reached));
            self.passed.push(key);
            return;
        }
        for key in self.passed.drain(passed..) {
            self.passing.remove(&key);
        }
        self.known.insert(key, found.to_vec());
        self.reached = None;
    }
}

/// Whether a path leads to a function in another crate's module, as far as its text tells.
fn is_foreign(path: &str) -> bool {
    let first = path.split("::").next().unwrap_or_default();
    !matches!(first, "crate" | "self" | "super") && path.split("::").count() > 1
}

/// Adds what isn't there yet: by several globs the same definition comes many times.
fn unite(defs: &mut Vec<Def>, more: impl IntoIterator<Item = Def>) {
    for def in more {
        if !defs.contains(&def) {
            defs.push(def);
        }
    }
}

/// How many imports may lead to each other.
const CHAIN: usize = 64;

impl World<'_> {
    /// What a name means in a module, without its parents.
    pub(crate) fn in_module(&mut self, module: ModId, name: Sym) -> Vec<Def> {
        if let Some(found) = self.memo.known.get(&(module, name)) {
            return found.clone();
        }
        let key = (module, name);
        if let Some((found, reached)) = self.memo.passing.get(&key) {
            let (found, reached) = (found.clone(), *reached);
            self.memo.hang_on(reached);
            return found;
        }
        let circle = self.memo.open.iter().position(|open| *open == key);
        if let Some(at) = circle.or((self.memo.open.len() > CHAIN).then_some(0)) {
            self.memo.hang_on(at);
            // `mod post; pub use post::post;`: what the module itself defines leads on, whatever is imported.
            let module = self.modules.get(module.index());
            return module
                .and_then(|module| module.names.get(&name))
                .map_or_else(Vec::new, |defs| defs.to_vec());
        }
        let around = self.memo.reached.take();
        let passed = self.memo.passed.len();
        self.memo.open.push(key);
        let found = self.look(module, name);
        self.memo.open.pop();
        self.memo.keep(key, &found, passed);
        if let Some(around) = around {
            self.memo.hang_on(around);
        }
        found
    }

    fn look(&mut self, module: ModId, name: Sym) -> Vec<Def> {
        let Some(found) = self.modules.get(module.index()) else {
            return Vec::new();
        };
        let own = found.names.get(&name);
        let mut defs = own.map_or_else(Vec::new, |defs| defs.to_vec());
        let imports = found.imports.get(&name).cloned().unwrap_or_default();
        let globs = if found.globs.is_empty() {
            Vec::new()
        } else {
            found.globs.clone()
        };
        for import in &imports {
            defs.extend(self.import(module, import));
        }
        if defs.iter().any(|def| !matches!(def, Def::External(_))) {
            // An import that leads back here by its own name says nothing beside the definition; a function of
            // elsewhere may be named as a module here (`use axum::routing::post; use entity::post;`).
            let modules = defs
                .iter()
                .all(|def| matches!(def, Def::External(_) | Def::Mod(_)));
            let text = |sym: Sym| self.text(sym);
            defs.retain(|def| match def {
                Def::External(sym) => modules && is_foreign(text(*sym)),
                _ => true,
            });
            defs.dedup();
            return defs;
        }
        if !defs.is_empty() && globs.is_empty() {
            return defs;
        }
        for import in &globs {
            for def in self.import(module, import) {
                match def {
                    Def::Mod(target) if target != module => {
                        let more = self.in_module(target, name);
                        unite(&mut defs, more);
                    }
                    Def::Adt(adt) => unite(&mut defs, self.variant(adt, name)),
                    _ => {}
                }
            }
        }
        defs
    }

    /// What a name that is a module's is as a value: `use schema::posts::{self, dsl::*}`.
    pub(crate) fn values_by_glob(&mut self, scope: ModId, name: Sym) -> Vec<Def> {
        let mut defs = Vec::new();
        let mut at = Some(scope);
        while let Some(module) = at {
            let Some(found) = self.modules.get(module.index()) else {
                break;
            };
            let (globs, parent) = (found.globs.clone(), found.parent.filter(|_| found.block));
            for import in &globs {
                for def in self.import(module, import) {
                    if let Def::Mod(target) = def {
                        let mut more = self.in_module(target, name);
                        more.retain(|def| !matches!(def, Def::Mod(_)));
                        unite(&mut defs, more);
                    }
                }
            }
            at = parent.filter(|_| defs.is_empty());
        }
        defs
    }

    /// The path of a `use`. Its first segment is never the name it brings in itself.
    pub(super) fn import(&mut self, module: ModId, import: &Import) -> Vec<Def> {
        let mut segments: &[Sym] = &import.path;
        // `use a::{self}`
        if let [rest @ .., last] = segments
            && !rest.is_empty()
            && self.text(*last) == "self"
        {
            segments = rest;
        }
        if segments.is_empty() {
            return vec![Def::Mod(self.crate_of(module))];
        }
        let resolved = self.segments(module, segments, import.global);
        if resolved.taken == segments.len() {
            return resolved.defs;
        }
        vec![Def::External(self.external(segments))]
    }

    /// Whether a module, or the function's body it stands for, names a definition in one of its imports.
    pub(crate) fn imports_by_name(&mut self, scope: ModId, wanted: Def) -> bool {
        let mut at = Some(scope);
        while let Some(module) = at {
            let Some(found) = self.modules.get(module.index()) else {
                return false;
            };
            let (block, parent) = (found.block, found.parent);
            let names: Vec<Sym> = found.imports.keys().copied().collect();
            if names
                .into_iter()
                .any(|name| self.in_module(module, name).contains(&wanted))
            {
                return true;
            }
            at = parent.filter(|_| block);
        }
        false
    }

    pub(crate) fn external(&mut self, segments: &[Sym]) -> Sym {
        let text = segments
            .iter()
            .map(|segment| self.text(*segment))
            .collect::<Vec<_>>()
            .join("::");
        self.symbols.intern(&text)
    }

    /// What a path means where it stands; nothing where no part of it is known.
    pub(crate) fn resolve(&mut self, scope: ModId, file: FileIx, path: &Path) -> Resolved {
        let segments: Vec<Sym> = path
            .segments
            .iter()
            .map(|segment| self.sym(file, segment.name))
            .collect();
        self.segments(scope, &segments, path.global)
    }

    pub(crate) fn segments(&mut self, scope: ModId, segments: &[Sym], global: bool) -> Resolved {
        let Some((first, rest)) = segments.split_first() else {
            return Resolved::none();
        };
        let mut defs = self.first(scope, *first, global);
        if defs.is_empty() {
            return Resolved::none();
        }
        let mut taken = 1;
        for (index, segment) in rest.iter().enumerate() {
            let next = self.step(&defs, *segment);
            if next.is_empty() {
                break;
            }
            defs = next;
            taken = index + 2;
        }
        Resolved { defs, taken }
    }

    fn step(&mut self, defs: &[Def], segment: Sym) -> Vec<Def> {
        let mut next = Vec::new();
        for def in defs {
            match def {
                Def::Mod(module) if self.text(segment) == "super" => {
                    next.extend(self.parent(*module).map(Def::Mod));
                }
                Def::Mod(module) if self.text(segment) == "self" => next.push(Def::Mod(*module)),
                Def::Mod(module) => next.extend(self.in_module(*module, segment)),
                Def::Adt(adt) => next.extend(self.variant(*adt, segment)),
                Def::Alias(alias) => next.extend(self.alias_variant(*alias, segment)),
                Def::External(path) => next.push(Def::External(self.external(&[*path, segment]))),
                _ => {}
            }
        }
        if next.iter().any(|def| !matches!(def, Def::External(_))) {
            next.retain(|def| !matches!(def, Def::External(_)));
        }
        next
    }

    fn alias_variant(&mut self, alias: AliasId, segment: Sym) -> Option<Def> {
        let found = self.aliases.get(alias.index())?;
        let (file, scope) = (found.file, found.scope);
        let ItemKind::Alias {
            ty: Some(Ty::Path(path)),
            ..
        } = &self.item(file, found.item)?.kind
        else {
            return None;
        };
        // An alias of itself resolves to nothing.
        if self.memo.open.len() > CHAIN {
            return None;
        }
        self.memo.open.push((scope, segment));
        let defs = self.resolve(scope, file, path).defs;
        self.memo.open.pop();
        defs.iter().find_map(|def| match def {
            Def::Adt(adt) => self.variant(*adt, segment),
            _ => None,
        })
    }

    fn first(&mut self, scope: ModId, first: Sym, global: bool) -> Vec<Def> {
        if !global {
            match self.text(first) {
                "crate" => return vec![Def::Mod(self.crate_of(scope))],
                "self" => return vec![Def::Mod(self.plain(scope))],
                "super" => {
                    return self
                        .parent(self.plain(scope))
                        .map(Def::Mod)
                        .into_iter()
                        .collect();
                }
                _ => {}
            }
            let mut at = Some(scope);
            while let Some(module) = at {
                let found = self.in_module(module, first);
                if !found.is_empty() {
                    return found;
                }
                at = self
                    .modules
                    .get(module.index())
                    .filter(|module| module.block)
                    .and_then(|module| module.parent);
            }
        }
        if let Some(root) = self.extern_root(scope, first) {
            return vec![Def::Mod(root)];
        }
        // A macro is found by its bare name, wherever in the crate it was defined.
        let root = self.crate_of(scope);
        let names = self
            .modules
            .get(root.index())
            .and_then(|module| module.names.get(&first));
        names
            .into_iter()
            .flatten()
            .filter(|def| matches!(def, Def::Macro(_)) && !global)
            .copied()
            .collect()
    }

    /// A variant of an enum, by its name.
    pub(crate) fn variant(&self, adt: AdtId, name: Sym) -> Option<Def> {
        let found = self.adts.get(adt.index())?;
        let ItemKind::Enum { variants, .. } = &self.item(found.file, found.item)?.kind else {
            return None;
        };
        let index = variants
            .iter()
            .position(|variant| self.sym(found.file, variant.name) == name)?;
        Some(Def::Variant(adt, u32_of(index)))
    }

    /// The root module of a module's crate.
    pub(crate) fn crate_of(&self, module: ModId) -> ModId {
        let krate = self.modules.get(module.index()).map(|module| module.krate);
        krate
            .and_then(|krate| self.crates.get(krate.index()))
            .map_or(module, |krate| krate.root)
    }

    /// The module around a function's body.
    fn plain(&self, scope: ModId) -> ModId {
        let mut at = scope;
        while let Some(module) = self.modules.get(at.index()).filter(|module| module.block) {
            match module.parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }

    fn parent(&self, module: ModId) -> Option<ModId> {
        self.modules
            .get(module.index())?
            .parent
            .map(|parent| self.plain(parent))
    }

    fn extern_root(&self, scope: ModId, name: Sym) -> Option<ModId> {
        let krate = self.modules.get(scope.index())?.krate;
        self.crates.get(krate.index())?.externs.get(&name).copied()
    }
}
