//! What a pattern's names are, and what fields hold.

use super::Body;
use crate::analyze::link::lookup::Fields;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Subst, TyId, Type, UNKNOWN};
use crate::analyze::link::world::{AdtId, Def};
use crate::analyze::rust::tree::{ExprId, Pat, Path};

impl<'a> Body<'_, 'a> {
    /// Adds the names of a pattern.
    pub(super) fn bind(&mut self, pat: &'a Pat, ty: TyId) {
        match pat {
            Pat::Wild => {}
            Pat::Bind { name, inner } => {
                let name = self.sym(*name);
                if let Some(inner) = inner {
                    self.bind(inner, ty);
                }
                // `None` and constants bind nothing.
                if !self.world().text(name).starts_with(char::is_uppercase) {
                    self.locals.push((name, ty));
                    // What another variable of the name held says nothing of this one.
                    self.texts.remove(&name);
                    self.assigned.remove(&name);
                }
            }
            Pat::Ref(inner) => self.bind(inner, ty),
            Pat::Tuple(fields) => {
                let types = match self.program.world.type_of(ty) {
                    Type::Tuple(types) => types.to_vec(),
                    _ => Vec::new(),
                };
                for (index, field) in fields.iter().enumerate() {
                    self.bind(field, types.get(index).copied().unwrap_or(UNKNOWN));
                }
            }
            Pat::Slice(fields) => {
                let element = self.element(ty);
                for field in fields {
                    self.bind(field, element);
                }
            }
            Pat::Or(all) => {
                for pat in all {
                    self.bind(pat, ty);
                }
            }
            Pat::TupleStruct { path, fields } => self.bind_tuple(path, fields, ty),
            Pat::Struct { path, fields } => {
                let defs = self.fields_of_pattern(path, ty);
                for (name, field) in fields {
                    let name = self.sym(*name);
                    let ty = defs
                        .iter()
                        .find(|(known, _)| *known == name)
                        .map_or(UNKNOWN, |(_, ty)| *ty);
                    self.bind(field, ty);
                }
            }
        }
    }

    fn bind_tuple(&mut self, path: &'a Path, fields: &'a [Pat], ty: TyId) {
        let last = path.segments.last().map(|segment| self.sym(segment.name));
        let text = last
            .map_or("", |last| self.program.world.text(last))
            .to_owned();
        let known = self.fields_of_pattern(path, ty);
        let from_type: Vec<TyId> = match (text.as_str(), self.program.world.external_name(ty)) {
            ("Some" | "Ok", Some((_, args))) => args.first().copied().into_iter().collect(),
            ("Err", Some((_, args))) => args.get(1).copied().into_iter().collect(),
            // Extractors: `State(app): State<App>`.
            (_, Some((name, args))) if name == text => args.to_vec(),
            _ => Vec::new(),
        };
        for (index, field) in fields.iter().enumerate() {
            let ty = known
                .get(index)
                .map(|(_, ty)| *ty)
                .or_else(|| from_type.get(index).copied())
                .unwrap_or(UNKNOWN);
            self.bind(field, ty);
        }
    }

    /// The fields that a pattern's path names, with the type's arguments put in.
    fn fields_of_pattern(&mut self, path: &'a Path, ty: TyId) -> Fields {
        let (Some(scope), file) = (self.ctx.scope, self.file) else {
            return Fields::default();
        };
        let first = path.segments.first().map(|segment| self.sym(segment.name));
        if path.segments.len() == 1 && first.is_some_and(|first| self.is(first, "Self")) {
            return self
                .ctx
                .self_ty
                .map_or_else(Fields::default, |ty| self.all_fields(ty, None));
        }
        if let Some((own, index)) = self.own_variant(path) {
            return self.all_fields(own, Some(index));
        }
        let resolved = self.world().resolve(scope, file, path);
        for def in resolved.defs {
            match def {
                Def::Adt(adt) => return self.fields_with(adt, None, ty),
                Def::Variant(adt, index) => return self.fields_with(adt, Some(index), ty),
                Def::Alias(_) => return self.all_fields(ty, None),
                _ => {}
            }
        }
        Fields::default()
    }

    /// `Self::Variant`: the type and which of its variants.
    fn own_variant(&mut self, path: &Path) -> Option<(TyId, u32)> {
        let [first, second] = path.segments.as_slice() else {
            return None;
        };
        let own = self
            .ctx
            .self_ty
            .filter(|_| self.is(self.sym(first.name), "Self"))?;
        let Type::Adt(adt, _) = *self.program.world.type_of(own) else {
            return None;
        };
        match self.program.world.variant(adt, self.sym(second.name))? {
            Def::Variant(_, index) => Some((own, index)),
            _ => None,
        }
    }

    fn fields_with(&mut self, adt: AdtId, variant: Option<u32>, ty: TyId) -> Fields {
        let same = matches!(self.program.world.type_of(ty), Type::Adt(known, _) if *known == adt);
        let ty = if same {
            ty
        } else {
            self.world().ty(Type::Adt(adt, Box::default()))
        };
        self.all_fields(ty, variant)
    }

    /// The fields of a struct, or of an enum's variant.
    pub(super) fn all_fields(&mut self, ty: TyId, variant: Option<u32>) -> Fields {
        self.world().all_fields(ty, variant)
    }

    /// A field, through whatever the value dereferences to.
    pub(super) fn field(&mut self, base: TyId, name: Sym) -> TyId {
        let mut at = base;
        for _ in 0..10 {
            match self.program.world.type_of(at).clone() {
                Type::Tuple(elements) => {
                    let index = self.world().text(name).parse::<usize>();
                    return index
                        .ok()
                        .and_then(|index| elements.get(index).copied())
                        .unwrap_or(UNKNOWN);
                }
                Type::Adt(..) => {
                    if let Some((_, ty)) = self
                        .all_fields(at, None)
                        .iter()
                        .find(|(known, _)| *known == name)
                    {
                        return *ty;
                    }
                }
                // `.0` of an extractor.
                Type::External(_, args) if self.is(name, "0") => {
                    return args.first().copied().unwrap_or(UNKNOWN);
                }
                _ => {}
            }
            match self.world().deref(at) {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        UNKNOWN
    }

    pub(super) fn struct_value(
        &mut self,
        path: &'a Path,
        fields: &'a [(crate::analyze::rust::tree::Name, ExprId)],
        rest: Option<ExprId>,
    ) -> TyId {
        let ctx = self.ctx.clone();
        let (Some(scope), file) = (ctx.scope, self.file) else {
            return UNKNOWN;
        };
        let variant = self.own_variant(path).or_else(|| {
            let resolved = self.world().resolve(scope, file, path);
            let found = resolved.defs.iter().find_map(|def| match def {
                Def::Variant(adt, index) => Some((*adt, *index)),
                _ => None,
            });
            found.map(|(adt, index)| (self.world().ty(Type::Adt(adt, Box::default())), index))
        });
        let ty = match variant {
            Some((ty, _)) => ty,
            None => self.world().lower_path_value(path, &ctx),
        };
        let known = self.all_fields(ty, variant.map(|(_, index)| index));
        let mut subst = Subst::new();
        let generic = self
            .world()
            .identity_fields(ty, variant.map(|(_, index)| index));
        for (name, value) in fields {
            let name = self.sym(*name);
            let wanted = known
                .iter()
                .find(|(field, _)| *field == name)
                .map_or(UNKNOWN, |(_, ty)| *ty);
            let found = self.eval(*value, wanted);
            if !self.holds_in_field(name, found) {
                self.handed_on(*value, found);
            }
            if let Some((_, pattern)) = generic.iter().find(|(field, _)| *field == name) {
                self.program.world.unify(*pattern, found, &mut subst);
            }
        }
        if let Some(rest) = rest {
            self.eval(rest, ty);
        }
        self.world().with_args(ty, &subst)
    }
}
