//! Types as far as the receiver of a call needs them. References are dropped; what is not known is [`Type::Unknown`].

use serde::{Deserialize, Serialize};

use super::symbols::{Sym, last_of};
use super::world::{AdtId, Def, FileIx, FnId, Map, ModId, TableId, World, u32_of};

/// A type, once each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct TyId(pub u32);

pub(crate) type Subst = Vec<(Sym, TyId)>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct TraitRef {
    pub def: Def,
    pub args: Box<[TyId]>,
    pub assoc: Box<[(Sym, TyId)]>,
}

#[derive(Default)]
pub(crate) struct Types {
    pub(super) index: Map<Type, TyId>,
    pub(super) list: Vec<Type>,
}

pub(crate) const UNKNOWN: TyId = TyId(0);

/// How deep types may nest before their arguments are dropped: recursive generics end here.
pub(super) const DEPTH: usize = 12;

impl Types {
    /// Types that were numbered before.
    pub(super) fn of(list: Vec<Type>) -> Self {
        let index = list.iter().cloned().zip((0..).map(TyId)).collect();
        Self { index, list }
    }

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

impl World<'_> {
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
                Some((last_of(text), args))
            }
            _ => None,
        }
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
}
