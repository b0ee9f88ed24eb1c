//! Questions about types that bodies ask.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::solve::Method;
use super::symbols::Sym;
use super::types::{Ctx, Subst, TyId, Type, UNKNOWN};
use super::world::{AdtId, Def, Map, ModId, Role, World, u32_of};
use crate::analyze::rust::tree::{FieldDef, Generics, ItemKind, Path};

/// A struct's fields, or a variant's: name and type.
pub(crate) type Fields = Rc<[(Sym, TyId)]>;

/// What was already found of types: bodies ask the same again at every field and every literal.
#[derive(Default)]
pub(super) struct Shapes {
    /// By type, and variant of an enum.
    fields: Map<(TyId, Option<u32>), Fields>,
    generic: Map<(TyId, Option<u32>), Fields>,
    pub(super) derefs: Map<TyId, Option<TyId>>,
    /// The derive macros of these sources.
    pub(super) derivers: Option<Rc<super::derived::Derivers>>,
    /// The folders that hold one.
    pub(super) deriving: Option<Rc<BTreeSet<String>>>,
    /// Of a type's own impls, by name.
    pub(super) methods: Map<(TyId, Sym), Rc<[Method]>>,
}

impl<'a> World<'a> {
    /// A path in an expression as a type.
    pub(crate) fn lower_path_value(&mut self, path: &'a Path, ctx: &Ctx) -> TyId {
        self.lower_segments(path, path.segments.len(), ctx)
    }

    /// The type that the first segments of a path name.
    pub(crate) fn lower_prefix(&mut self, path: &'a Path, taken: usize, ctx: &Ctx) -> TyId {
        self.lower_segments(path, taken, ctx)
    }

    fn lower_segments(&mut self, path: &'a Path, taken: usize, ctx: &Ctx) -> TyId {
        let (Some(scope), Some(file)) = (ctx.scope, ctx.file) else {
            return UNKNOWN;
        };
        let segments: Vec<Sym> = path
            .segments
            .iter()
            .take(taken)
            .map(|segment| self.sym(file, segment.name))
            .collect();
        if let [only] = segments.as_slice() {
            let known = if self.text(*only) == "Self" {
                ctx.self_ty
            } else {
                ctx.get(*only)
            };
            if let Some(known) = known {
                return known;
            }
        }
        let args: Vec<TyId> = path
            .segments
            .get(taken.saturating_sub(1))
            .map_or(&[][..], |segment| &segment.args)
            .iter()
            .map(|arg| self.lower(arg, ctx))
            .collect();
        let resolved = self.segments(scope, &segments, path.global);
        for def in resolved
            .defs
            .iter()
            .filter(|_| resolved.taken == segments.len())
        {
            match def {
                Def::Adt(adt) => return self.ty(Type::Adt(*adt, args.into())),
                Def::Variant(adt, _) => return self.ty(Type::Adt(*adt, Box::default())),
                Def::Alias(alias) => return self.lower_alias(*alias, &args, 0),
                Def::Table(table) => return self.ty(Type::Table(*table)),
                Def::External(path) => return self.ty(Type::External(*path, args.into())),
                _ => {}
            }
        }
        let sym = self.external(&segments);
        self.ty(Type::External(sym, args.into()))
    }

    /// The fields of a struct, or of an enum's variant.
    pub(crate) fn all_fields(&mut self, ty: TyId, variant: Option<u32>) -> Fields {
        if let Some(found) = self.shapes.fields.get(&(ty, variant)) {
            return Rc::clone(found);
        }
        let found: Fields = self.read_fields(ty, variant).into();
        self.shapes.fields.insert((ty, variant), Rc::clone(&found));
        found
    }

    fn read_fields(&mut self, ty: TyId, variant: Option<u32>) -> Vec<(Sym, TyId)> {
        let Type::Adt(adt, args) = self.type_of(ty).clone() else {
            return Vec::new();
        };
        let Some((mut ctx, generics, fields)) = self.declared_fields(adt, variant) else {
            return Vec::new();
        };
        for (index, param) in generics.params.iter().enumerate() {
            let given = args.get(index).copied().unwrap_or(UNKNOWN);
            let name = ctx.file.map(|file| self.sym(file, param.name));
            ctx.subst.extend(name.map(|name| (name, given)));
        }
        ctx.self_ty = Some(ty);
        let mut found = self.lowered_fields(fields, &ctx);
        // What SeaORM derives for a model holds each of its fields in one of these.
        if self.role_of(ty) == Some(Role::ActiveModel) {
            for (_, field) in &mut found {
                *field = self.external_ty("ActiveValue", &[*field]);
            }
        }
        found
    }

    /// The fields of a type with its parameters standing for themselves; none where it has no parameters.
    pub(crate) fn identity_fields(&mut self, ty: TyId, variant: Option<u32>) -> Fields {
        if let Some(found) = self.shapes.generic.get(&(ty, variant)) {
            return Rc::clone(found);
        }
        let found: Fields = self.read_identity_fields(ty, variant).into();
        self.shapes.generic.insert((ty, variant), Rc::clone(&found));
        found
    }

    fn read_identity_fields(&mut self, ty: TyId, variant: Option<u32>) -> Vec<(Sym, TyId)> {
        let Type::Adt(adt, _) = *self.type_of(ty) else {
            return Vec::new();
        };
        match self.declared_fields(adt, variant) {
            Some((mut ctx, generics, fields)) if !generics.params.is_empty() => {
                self.params(generics, &mut ctx);
                self.lowered_fields(fields, &ctx)
            }
            _ => Vec::new(),
        }
    }

    /// Where fields are declared, and how.
    fn declared_fields(
        &self,
        adt: AdtId,
        variant: Option<u32>,
    ) -> Option<(Ctx, &'a Generics, &'a [FieldDef])> {
        let found = self.adts.get(adt.index())?;
        let ctx = Ctx::at(found.scope, found.file);
        match &self.item(found.file, found.item)?.kind {
            ItemKind::Struct { generics, fields } => Some((ctx, generics, fields)),
            ItemKind::Enum { generics, variants } => {
                let variant = variants.get(variant? as usize)?;
                Some((ctx, generics, &variant.fields))
            }
            _ => None,
        }
    }

    fn lowered_fields(&mut self, fields: &'a [FieldDef], ctx: &Ctx) -> Vec<(Sym, TyId)> {
        let Some(file) = ctx.file else {
            return Vec::new();
        };
        fields
            .iter()
            .map(|field| (self.sym(file, field.name), self.lower(&field.ty, ctx)))
            .collect()
    }

    /// A generic type with what was learnt of its parameters.
    pub(crate) fn with_args(&mut self, ty: TyId, subst: &Subst) -> TyId {
        let Type::Adt(adt, args) = self.type_of(ty).clone() else {
            return ty;
        };
        if subst.is_empty() || args.iter().any(|arg| *arg != UNKNOWN) {
            return ty;
        }
        let Some((file, item)) = self.adts.get(adt.index()).map(|adt| (adt.file, adt.item)) else {
            return ty;
        };
        let Some(generics) = self.generics(file, item) else {
            return ty;
        };
        let args: Vec<TyId> = generics
            .params
            .iter()
            .map(|param| {
                let name = self.sym(file, param.name);
                subst
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map_or(UNKNOWN, |(_, ty)| *ty)
            })
            .collect();
        self.ty(Type::Adt(adt, args.into()))
    }

    pub(crate) fn variant_index(&self, adt: AdtId, name: Sym) -> Option<u32> {
        let found = self.adts.get(adt.index())?;
        let ItemKind::Enum { variants, .. } = &self.item(found.file, found.item)?.kind else {
            return None;
        };
        variants
            .iter()
            .position(|variant| self.sym(found.file, variant.name) == name)
            .map(u32_of)
    }

    /// What a module brings in by `*` from outside of these sources.
    pub(crate) fn external_globs(&mut self, scope: ModId) -> Vec<String> {
        let mut found = Vec::new();
        let mut at = Some(scope);
        while let Some(module) = at {
            let Some((globs, next)) = self
                .modules
                .get(module.index())
                .map(|module| (module.globs.clone(), module.parent.filter(|_| module.block)))
            else {
                break;
            };
            for import in globs {
                for def in self.import(module, &import) {
                    if let Def::External(path) = def {
                        found.push(self.text(path).to_owned());
                    }
                }
            }
            at = next;
        }
        found
    }

    /// The table that Diesel's `HasTable` gives for a row's type.
    pub(crate) fn diesel_table_type(&mut self, ty: TyId) -> Option<TyId> {
        let name = self.diesel_table(ty)?;
        let index = self.tables.iter().position(|table| table.name == name);
        Some(match index {
            Some(index) => self.ty(Type::Table(super::world::TableId(u32_of(index)))),
            None => ty,
        })
    }

    /// The folder of the manifest of a module's crate.
    pub(crate) fn folder_of(&self, scope: Option<ModId>) -> String {
        let krate = scope
            .and_then(|scope| self.modules.get(scope.index()))
            .map(|module| module.krate);
        krate
            .and_then(|krate| self.crates.get(krate.index()))
            .map_or_else(String::new, |krate| krate.folder.clone())
    }

    /// Without smart pointers, guards and extractors.
    pub(crate) fn unwrapped(&self, ty: TyId) -> TyId {
        let mut at = ty;
        for _ in 0..8 {
            match self.external_name(at) {
                Some((
                    "Arc" | "Box" | "Rc" | "Cow" | "Pin" | "Guard" | "Data" | "State" | "Extension"
                    | "MutexGuard" | "RwLockReadGuard" | "RwLockWriteGuard" | "Ref" | "RefMut"
                    | "LazyLock" | "Lazy" | "OnceLock" | "OnceCell" | "ThinData",
                    args,
                )) => match args.first() {
                    Some(inner) if *inner != UNKNOWN => at = *inner,
                    _ => return at,
                },
                _ => return at,
            }
        }
        at
    }

    pub(crate) fn role_of(&self, ty: TyId) -> Option<Role> {
        match self.type_of(self.unwrapped(ty)) {
            Type::Adt(adt, _) => self
                .adts
                .get(adt.index())
                .map(|adt| adt.role)
                .filter(|role| *role != Role::Plain),
            _ => None,
        }
    }

    /// The table of one of SeaORM's types.
    pub(crate) fn table_of(&self, ty: TyId) -> Option<String> {
        match self.type_of(self.unwrapped(ty)) {
            Type::Adt(adt, _) => self
                .adts
                .get(adt.index())
                .filter(|adt| adt.role != Role::Plain)?
                .table
                .clone(),
            _ => None,
        }
    }

    /// The table that Diesel means by a type: a table's own, or that of a row.
    pub(crate) fn diesel_table(&mut self, ty: TyId) -> Option<String> {
        let ty = self.unwrapped(ty);
        match *self.type_of(ty) {
            Type::Table(table) => self
                .tables
                .get(table.index())
                .map(|table| table.name.clone()),
            Type::Adt(adt, _) => {
                let found = self
                    .adts
                    .get(adt.index())
                    .filter(|adt| adt.role == Role::Plain)?;
                let (declared, scope) = (found.table.clone()?, found.scope);
                Some(self.table_named(&declared, scope))
            }
            _ => None,
        }
    }

    /// `#[diesel(table_name = schema::posts)]`: the table behind the path, or its last segment.
    fn table_named(&mut self, path: &str, scope: ModId) -> String {
        let mut segments: Vec<Sym> = path
            .split("::")
            .map(|part| self.symbols.intern(part.trim()))
            .collect();
        let last = segments
            .last()
            .map_or(String::new(), |last| self.text(*last).to_owned());
        segments.push(self.symbols.intern("table"));
        let resolved = self.segments(scope, &segments, false);
        let table = resolved.defs.iter().find_map(|def| {
            if let Def::Table(table) = def {
                Some(*table)
            } else {
                None
            }
        });
        table
            .and_then(|table| self.tables.get(table.index()))
            .map_or(last, |table| table.name.clone())
    }
}
