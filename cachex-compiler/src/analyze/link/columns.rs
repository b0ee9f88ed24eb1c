//! Which columns the fields of rows and forms are, as their attributes say.

use super::meta::value_of;
use super::orm::derives;
use super::symbols::Sym;
use super::types::{TyId, Type};
use super::world::{Def, ModId, Role, World};
use crate::analyze::rust::tree::{FieldDef, Item, ItemKind};

impl<'a> World<'a> {
    /// The struct that a type is.
    fn structure(&self, ty: TyId) -> Option<(&'a Item, &'a [FieldDef])> {
        let Type::Adt(adt, _) = self.type_of(self.unwrapped(ty)) else {
            return None;
        };
        let found = self.adts.get(adt.index())?;
        let item = self.item(found.file, found.item)?;
        match &item.kind {
            ItemKind::Struct { fields, .. } => Some((item, fields)),
            _ => None,
        }
    }

    /// The column that a field of SeaORM's is; none where it is the key and that is not asked for.
    pub(crate) fn column_of(&self, ty: TyId, field: &str, without_keys: bool) -> Option<String> {
        let Some((_, def)) = self.field_named(ty, field) else {
            return Some(field.to_owned());
        };
        let of_orm = def.attributes.iter().filter(|it| it.path == "sea_orm");
        if without_keys && of_orm.clone().any(|it| says(&it.tokens, "primary_key")) {
            return None;
        }
        let named = of_orm
            .clone()
            .find_map(|it| value_of(&it.tokens, "column_name"));
        Some(named.unwrap_or_else(|| field.to_owned()))
    }

    fn field_named(&self, ty: TyId, field: &str) -> Option<(Sym, &'a FieldDef)> {
        let Type::Adt(adt, _) = self.type_of(self.unwrapped(ty)) else {
            return None;
        };
        let file = self.adts.get(adt.index())?.file;
        let (_, fields) = self.structure(ty)?;
        let mut named = fields.iter().map(|def| (self.sym(file, def.name), def));
        named.find(|(name, _)| self.text(*name) == field)
    }

    /// The active model that a derive makes of a form, and the columns that the form sets; none where an option hides
    /// whether it sets one.
    pub(crate) fn active_form(&mut self, ty: TyId) -> Option<(TyId, Option<Vec<String>>)> {
        let ty = self.unwrapped(ty);
        let Type::Adt(adt, _) = *self.type_of(ty) else {
            return None;
        };
        let scope = self.adts.get(adt.index())?.scope;
        let (item, fields) = self.structure(ty)?;
        let of_orm = item.attributes.iter().filter(|it| it.path == "sea_orm");
        let tokens: Vec<&str> = of_orm.map(|it| it.tokens.as_str()).collect();
        let value = |key| tokens.iter().find_map(|tokens| value_of(tokens, key));
        let partial = derives(&item.attributes, &["DerivePartialModel"])
            && tokens
                .iter()
                .any(|tokens| says(tokens, "into_active_model"));
        let model = if partial {
            value("entity")?
        } else if derives(&item.attributes, &["DeriveIntoActiveModel"]) {
            value("active_model").unwrap_or_else(|| "ActiveModel".to_owned())
        } else {
            return None;
        };
        let model = self.named_model(&model, scope)?;
        let ignored = |def: &FieldDef| {
            let mut of_orm = def.attributes.iter().filter(|it| it.path == "sea_orm");
            of_orm.any(|it| says(&it.tokens, "ignore") || says(&it.tokens, "skip"))
        };
        let known = self.all_fields(ty, None);
        let set: Vec<_> = known
            .iter()
            .zip(fields)
            .filter(|(_, def)| !ignored(def))
            .map(|(known, _)| *known)
            .collect();
        let certain = set.iter().all(|(_, ty)| {
            let named = self.external_name(*ty);
            named.is_none_or(|(name, _)| name != "Option")
        });
        let names = set.iter().map(|(name, _)| self.text(*name).to_owned());
        let columns = certain.then(|| names.collect());
        Some((model, columns))
    }

    /// The active model behind a path in an attribute: its own, or that of `<Entity as EntityTrait>::ActiveModel`.
    fn named_model(&mut self, path: &str, scope: ModId) -> Option<TyId> {
        let path = path.trim_start_matches('<');
        let path = path.split(" as ").next().unwrap_or(path);
        let names = path.split("::").map(str::trim).filter(|it| !it.is_empty());
        let names: Vec<Sym> = names.map(|name| self.symbols.intern(name)).collect();
        let resolved = self.segments(scope, &names, false);
        let adt = resolved.defs.iter().find_map(|def| match def {
            Def::Adt(adt) if resolved.taken == names.len() => Some(*adt),
            _ => None,
        })?;
        let ty = self.ty(Type::Adt(adt, Box::default()));
        match self.role_of(ty)? {
            Role::ActiveModel => Some(ty),
            _ => self.sibling(ty, Role::ActiveModel),
        }
    }
}

/// Whether an attribute's tokens hold a word of their own.
fn says(tokens: &str, word: &str) -> bool {
    let mut words = tokens.split(|next: char| !next.is_alphanumeric() && next != '_');
    words.any(|found| found == word)
}
