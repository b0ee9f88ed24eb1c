//! Written types → their meaning, aliases and associated types followed.

use super::symbols::Sym;
use super::types::{Ctx, DEPTH, TraitRef, TyId, Type, UNKNOWN};
use super::world::{AdtId, Def, FileIx, World};
use crate::analyze::rust::tree::{Bound, ItemKind, Path, Ty};

impl<'a> World<'a> {
    /// A written type's meaning.
    pub(crate) fn lower(&mut self, ty: &'a Ty, ctx: &Ctx) -> TyId {
        self.lower_at(ty, ctx, 0)
    }

    pub(super) fn lower_at(&mut self, ty: &'a Ty, ctx: &Ctx, depth: usize) -> TyId {
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

    pub(super) fn lower_path(&mut self, path: &'a Path, ctx: &Ctx, depth: usize) -> TyId {
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
                    let args = self.with_defaults(*adt, args, depth + 1);
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

    /// `Context` of `struct Context<S = Store>` is `Context<Store>`.
    fn with_defaults(&mut self, adt: AdtId, mut args: Vec<TyId>, depth: usize) -> Vec<TyId> {
        let found = self.adts.get(adt.index());
        let Some((file, scope, item)) = found.map(|adt| (adt.file, adt.scope, adt.item)) else {
            return args;
        };
        let all = self.generics(file, item);
        let mut ctx = Ctx::at(scope, file);
        for (index, param) in all.into_iter().flat_map(|all| &all.params).enumerate() {
            let name = self.sym(file, param.name);
            let arg = match (args.get(index), &param.default) {
                (Some(arg), _) => *arg,
                (None, Some(default)) => {
                    let arg = self.lower_at(default, &ctx, depth);
                    args.push(arg);
                    arg
                }
                (None, None) => break,
            };
            ctx.subst.push((name, arg));
        }
        args
    }
}
