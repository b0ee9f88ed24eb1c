//! Types as far as the receiver of a call needs them. References are dropped; what is not known is [`Type::Unknown`].

use super::symbols::Sym;
use super::world::{AdtId, Def, FileIx, FnId, Map, ModId, TableId, World, u32_of};
use crate::analyze::rust::tree::{Bound, ItemKind, Path, Ty};

/// A type, once each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TyId(pub u32);

pub(crate) type Subst = Vec<(Sym, TyId)>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Unknown,
    Adt(AdtId, Box<[TyId]>),
    /// A type of another crate, by its path.
    External(Sym, Box<[TyId]>),
    /// A type parameter in the body it belongs to.
    Param(Sym),
    Dyn(Box<[TraitRef]>),
    /// `impl Trait`.
    Opaque(Box<[TraitRef]>),
    Tuple(Box<[TyId]>),
    Slice(TyId),
    /// A function as a value.
    Func(FnId, Box<[(Sym, TyId)]>),
    /// A function type or a closure: what it returns.
    Returns(TyId),
    /// A table of Diesel, or a query on it.
    Table(TableId),
    /// A write that Diesel is building: index of its site in the body at hand.
    Write(u32),
    /// SeaORM's select: of an entity's model.
    Select(TyId),
    /// Routes: node of the route table, and what answers on one path.
    Router(u32),
    Methods(u32),
    /// The API of `schema!`: module, path, methods called so far.
    Schema(Sym, Sym, Box<[Sym]>),
    /// A string.
    Text,
    /// A text given to a parameter that a statement's table is made of.
    Literal(Sym),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TraitRef {
    pub def: Def,
    pub args: Box<[TyId]>,
    pub assoc: Box<[(Sym, TyId)]>,
}

#[derive(Default)]
pub(crate) struct Types {
    index: Map<Type, TyId>,
    list: Vec<Type>,
}

pub(crate) const UNKNOWN: TyId = TyId(0);

/// How deep types may nest before their arguments are dropped: recursive generics end here.
const DEPTH: usize = 12;

impl Types {
    fn intern(&mut self, ty: Type) -> TyId {
        if self.list.is_empty() {
            self.list.push(Type::Unknown);
            self.index.insert(Type::Unknown, UNKNOWN);
        }
        if let Some(found) = self.index.get(&ty) {
            return *found;
        }
        let id = TyId(u32_of(self.list.len()));
        self.list.push(ty.clone());
        self.index.insert(ty, id);
        id
    }
}

/// Where a type is written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ctx {
    pub scope: Option<ModId>,
    pub file: Option<FileIx>,
    pub subst: Subst,
    pub self_ty: Option<TyId>,
}

impl Ctx {
    pub(crate) fn at(scope: ModId, file: FileIx) -> Self {
        Self {
            scope: Some(scope),
            file: Some(file),
            subst: Vec::new(),
            self_ty: None,
        }
    }

    pub(crate) fn get(&self, name: Sym) -> Option<TyId> {
        self.subst
            .iter()
            .rev()
            .find(|(known, _)| *known == name)
            .map(|(_, ty)| *ty)
    }
}

impl<'a> World<'a> {
    pub(crate) fn ty(&mut self, ty: Type) -> TyId {
        self.types.intern(ty)
    }

    pub(crate) fn type_of(&self, id: TyId) -> &Type {
        self.types.list.get(id.0 as usize).unwrap_or(&Type::Unknown)
    }

    pub(crate) fn external_ty(&mut self, path: &str, args: &[TyId]) -> TyId {
        let path = self.symbols.intern(path);
        self.ty(Type::External(path, args.into()))
    }

    pub(crate) fn tuple(&mut self, elements: Vec<TyId>) -> TyId {
        self.ty(Type::Tuple(elements.into()))
    }

    /// The last segment of an external type's path, and its arguments.
    pub(crate) fn external_name(&self, id: TyId) -> Option<(&str, &[TyId])> {
        match self.type_of(id) {
            Type::External(path, args) => {
                let text = self.text(*path);
                Some((text.rsplit("::").next().unwrap_or(text), args))
            }
            _ => None,
        }
    }

    /// A written type's meaning.
    pub(crate) fn lower(&mut self, ty: &'a Ty, ctx: &Ctx) -> TyId {
        self.lower_at(ty, ctx, 0)
    }

    fn lower_at(&mut self, ty: &'a Ty, ctx: &Ctx, depth: usize) -> TyId {
        if depth > DEPTH {
            return UNKNOWN;
        }
        match ty {
            Ty::Infer => UNKNOWN,
            Ty::Ref(inner) => self.lower_at(inner, ctx, depth),
            Ty::Slice(inner) => {
                let inner = self.lower_at(inner, ctx, depth + 1);
                self.ty(Type::Slice(inner))
            }
            Ty::Tuple(elements) => {
                let elements = elements
                    .iter()
                    .map(|element| self.lower_at(element, ctx, depth + 1))
                    .collect();
                self.ty(Type::Tuple(elements))
            }
            Ty::Fn(_, returns) => {
                let returns = self.lower_at(returns, ctx, depth + 1);
                self.ty(Type::Returns(returns))
            }
            Ty::Dyn(bounds) => {
                let bounds = self.lower_bounds(bounds, ctx, depth + 1);
                self.ty(Type::Dyn(bounds.into()))
            }
            Ty::Impl(bounds) => {
                let bounds = self.lower_bounds(bounds, ctx, depth + 1);
                self.ty(Type::Opaque(bounds.into()))
            }
            Ty::Path(path) => self.lower_path(path, ctx, depth),
        }
    }

    pub(crate) fn lower_bounds(
        &mut self,
        bounds: &'a [Bound],
        ctx: &Ctx,
        depth: usize,
    ) -> Vec<TraitRef> {
        bounds
            .iter()
            .filter_map(|bound| self.lower_bound(&bound.path, ctx, depth))
            .collect()
    }

    pub(crate) fn lower_bound(
        &mut self,
        path: &'a Path,
        ctx: &Ctx,
        depth: usize,
    ) -> Option<TraitRef> {
        let (scope, file) = (ctx.scope?, ctx.file?);
        let resolved = self.resolve(scope, file, path);
        let found = resolved
            .defs
            .iter()
            .find(|def| matches!(def, Def::Trait(_)))
            .or_else(|| {
                resolved
                    .defs
                    .iter()
                    .find(|def| matches!(def, Def::External(_)))
            })
            .copied();
        let def = match found.filter(|_| resolved.taken == path.segments.len()) {
            Some(def) => def,
            None => Def::External(self.path_sym(path, file)),
        };
        let last = path.segments.last()?;
        let args = last
            .args
            .iter()
            .map(|arg| self.lower_at(arg, ctx, depth + 1))
            .collect();
        let assoc = last
            .assoc
            .iter()
            .map(|(name, ty)| (self.sym(file, *name), self.lower_at(ty, ctx, depth + 1)))
            .collect();
        Some(TraitRef { def, args, assoc })
    }

    pub(crate) fn path_sym(&mut self, path: &Path, file: FileIx) -> Sym {
        let segments: Vec<Sym> = path
            .segments
            .iter()
            .map(|segment| self.sym(file, segment.name))
            .collect();
        self.external(&segments)
    }

    fn lower_path(&mut self, path: &'a Path, ctx: &Ctx, depth: usize) -> TyId {
        let (Some(scope), Some(file)) = (ctx.scope, ctx.file) else {
            return UNKNOWN;
        };
        if let Some(qualified) = &path.qualified {
            let base = self.lower_at(&qualified.0, ctx, depth + 1);
            let rest = path
                .segments
                .get(qualified.1 as usize..)
                .unwrap_or_default();
            return match rest {
                [name] => {
                    let name = self.sym(file, name.name);
                    self.project(base, name, depth + 1)
                }
                _ => UNKNOWN,
            };
        }
        let Some(first) = path.segments.first() else {
            return UNKNOWN;
        };
        let first_sym = self.sym(file, first.name);
        let known = if self.text(first_sym) == "Self" {
            ctx.self_ty
        } else {
            ctx.get(first_sym)
        };
        if let Some(base) = known {
            return match path.segments.get(1) {
                Some(assoc) => {
                    let name = self.sym(file, assoc.name);
                    self.project(base, name, depth + 1)
                }
                None => base,
            };
        }
        let resolved = self.resolve(scope, file, path);
        let args: Vec<TyId> = path
            .segments
            .last()
            .map_or(&[][..], |segment| &segment.args)
            .iter()
            .map(|arg| self.lower_at(arg, ctx, depth + 1))
            .collect();
        for def in &resolved.defs {
            match def {
                Def::Adt(adt) if resolved.taken == path.segments.len() => {
                    return self.ty(Type::Adt(*adt, args.into()));
                }
                Def::Adt(adt) => {
                    let base = self.ty(Type::Adt(*adt, Box::default()));
                    let Some(name) = path
                        .segments
                        .get(resolved.taken)
                        .map(|segment| self.sym(file, segment.name))
                    else {
                        return base;
                    };
                    return self.project(base, name, depth + 1);
                }
                Def::Variant(adt, _) => return self.ty(Type::Adt(*adt, Box::default())),
                Def::Alias(alias) => return self.lower_alias(*alias, &args, depth + 1),
                Def::Table(table) => return self.ty(Type::Table(*table)),
                Def::Trait(_) => {
                    let bound = self.lower_bound(path, ctx, depth + 1);
                    return self.ty(Type::Dyn(bound.into_iter().collect()));
                }
                _ => {}
            }
        }
        let sym = match resolved.defs.first() {
            Some(Def::External(path)) => *path,
            _ => self.path_sym(path, file),
        };
        self.ty(Type::External(sym, args.into()))
    }

    pub(super) fn lower_alias(
        &mut self,
        alias: super::world::AliasId,
        args: &[TyId],
        depth: usize,
    ) -> TyId {
        let Some(found) = self.aliases.get(alias.index()) else {
            return UNKNOWN;
        };
        let (file, scope) = (found.file, found.scope);
        let Some(ItemKind::Alias {
            generics,
            ty: Some(ty),
        }) = self.item(file, found.item).map(|item| &item.kind)
        else {
            return UNKNOWN;
        };
        let mut ctx = Ctx::at(scope, file);
        for (index, param) in generics.params.iter().enumerate() {
            let name = self.sym(file, param.name);
            let given = args.get(index).copied().or_else(|| {
                param
                    .default
                    .as_ref()
                    .map(|default| self.lower_at(default, &ctx, depth + 1))
            });
            ctx.subst.push((name, given.unwrap_or(UNKNOWN)));
        }
        self.lower_at(ty, &ctx, depth + 1)
    }

    /// Puts types for parameters.
    pub(crate) fn apply(&mut self, ty: TyId, subst: &Subst) -> TyId {
        if subst.is_empty() {
            ty
        } else {
            self.apply_at(ty, subst, 0)
        }
    }

    fn apply_at(&mut self, ty: TyId, subst: &Subst, depth: usize) -> TyId {
        if depth > DEPTH {
            return UNKNOWN;
        }
        let all = |world: &mut Self, types: &[TyId]| -> Box<[TyId]> {
            types
                .iter()
                .map(|ty| world.apply_at(*ty, subst, depth + 1))
                .collect()
        };
        match self.type_of(ty).clone() {
            Type::Param(name) => subst
                .iter()
                .rev()
                .find(|(known, _)| *known == name)
                .map_or(ty, |(_, ty)| *ty),
            Type::Adt(adt, args) if !args.is_empty() => {
                let args = all(self, &args);
                self.ty(Type::Adt(adt, args))
            }
            Type::External(path, args) if !args.is_empty() => {
                let args = all(self, &args);
                self.ty(Type::External(path, args))
            }
            Type::Tuple(args) if !args.is_empty() => {
                let args = all(self, &args);
                self.ty(Type::Tuple(args))
            }
            Type::Slice(inner) => {
                let inner = self.apply_at(inner, subst, depth + 1);
                self.ty(Type::Slice(inner))
            }
            Type::Returns(inner) => {
                let inner = self.apply_at(inner, subst, depth + 1);
                self.ty(Type::Returns(inner))
            }
            Type::Select(inner) => {
                let inner = self.apply_at(inner, subst, depth + 1);
                self.ty(Type::Select(inner))
            }
            Type::Opaque(bounds) => {
                let bounds = self.apply_bounds(&bounds, subst, depth + 1);
                self.ty(Type::Opaque(bounds))
            }
            Type::Dyn(bounds) => {
                let bounds = self.apply_bounds(&bounds, subst, depth + 1);
                self.ty(Type::Dyn(bounds))
            }
            _ => ty,
        }
    }

    fn apply_bounds(
        &mut self,
        bounds: &[TraitRef],
        subst: &Subst,
        depth: usize,
    ) -> Box<[TraitRef]> {
        bounds
            .iter()
            .map(|bound| TraitRef {
                def: bound.def,
                args: bound
                    .args
                    .iter()
                    .map(|ty| self.apply_at(*ty, subst, depth + 1))
                    .collect(),
                assoc: bound
                    .assoc
                    .iter()
                    .map(|(name, ty)| (*name, self.apply_at(*ty, subst, depth + 1)))
                    .collect(),
            })
            .collect()
    }

    /// Finds what the parameters in a pattern stand for.
    pub(crate) fn unify(&self, pattern: TyId, actual: TyId, found: &mut Subst) -> bool {
        if pattern == actual || actual == UNKNOWN || pattern == UNKNOWN {
            return true;
        }
        let all = |first: &[TyId], second: &[TyId], found: &mut Subst| {
            let mut fits = true;
            for (pattern, actual) in first.iter().zip(second) {
                fits &= self.unify(*pattern, *actual, found);
            }
            fits
        };
        match (self.type_of(pattern), self.type_of(actual)) {
            (Type::Param(name), _) => {
                if !found
                    .iter()
                    .any(|(known, ty)| known == name && *ty != UNKNOWN)
                {
                    found.push((*name, actual));
                }
                true
            }
            (_, Type::Param(_)) => true,
            (Type::Adt(first, left), Type::Adt(second, right)) => {
                first == second && all(left, right, found)
            }
            (Type::External(_, left), Type::External(_, right)) => {
                let same = self.external_name(pattern).map(|(name, _)| name)
                    == self.external_name(actual).map(|(name, _)| name);
                if same {
                    return all(left, right, found);
                }
                // `&T` may be given as `Arc<T>`.
                false
            }
            (Type::Tuple(left), Type::Tuple(right)) => {
                left.len() == right.len() && all(left, right, found)
            }
            (Type::Slice(left), Type::Slice(right))
            | (Type::Returns(left), Type::Returns(right)) => self.unify(*left, *right, found),
            (Type::Slice(left), Type::External(_, right)) => right
                .first()
                .is_some_and(|right| self.unify(*left, *right, found)),
            (Type::Dyn(left), Type::Dyn(right)) => {
                left.first().map(|bound| bound.def) == right.first().map(|bound| bound.def)
            }
            (Type::Opaque(bounds), _) => {
                if let Type::Returns(returned) = self.type_of(actual) {
                    for bound in bounds {
                        for (_, output) in &bound.assoc {
                            self.unify(*output, *returned, found);
                        }
                    }
                }
                true
            }
            _ => false,
        }
    }

    /// A type for people: canonical paths, arguments kept.
    pub(crate) fn show(&self, ty: TyId) -> String {
        self.show_at(ty, 0)
    }

    fn show_at(&self, ty: TyId, depth: usize) -> String {
        if depth > DEPTH {
            return "_".to_owned();
        }
        let with = |name: String, args: &[TyId]| {
            if args.iter().all(|arg| *arg == UNKNOWN) {
                name
            } else {
                format!(
                    "{name}<{}>",
                    args.iter()
                        .map(|arg| self.show_at(*arg, depth + 1))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            }
        };
        let bounds = |bounds: &[TraitRef]| {
            bounds
                .iter()
                .map(|bound| self.show_def(bound.def))
                .collect::<Vec<_>>()
                .join(" + ")
        };
        match self.type_of(ty) {
            Type::Adt(adt, args) => with(
                self.adts
                    .get(adt.index())
                    .map_or(String::new(), |adt| adt.path.clone()),
                args,
            ),
            Type::External(path, args) => with(self.text(*path).to_owned(), args),
            Type::Param(name) => self.text(*name).to_owned(),
            Type::Dyn(traits) => format!("dyn {}", bounds(traits)),
            Type::Opaque(traits) => format!("impl {}", bounds(traits)),
            Type::Tuple(elements) => format!(
                "({})",
                elements
                    .iter()
                    .map(|ty| self.show_at(*ty, depth + 1))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            Type::Slice(inner) => format!("[{}]", self.show_at(*inner, depth + 1)),
            Type::Table(table) => self
                .tables
                .get(table.index())
                .map_or(String::new(), |table| table.name.clone()),
            Type::Text => "str".to_owned(),
            _ => "_".to_owned(),
        }
    }

    pub(crate) fn show_def(&self, def: Def) -> String {
        match def {
            Def::Trait(id) => self
                .traits
                .get(id.index())
                .map_or(String::new(), |found| found.path.clone()),
            Def::Adt(id) => self
                .adts
                .get(id.index())
                .map_or(String::new(), |found| found.path.clone()),
            Def::Mod(id) => self
                .modules
                .get(id.index())
                .map_or(String::new(), |found| found.path.clone()),
            Def::External(path) => self.text(path).to_owned(),
            _ => String::new(),
        }
    }
}
