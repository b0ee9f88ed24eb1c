//! Which columns the fields of rows and forms are, as their attributes say.

use super::meta::{unquoted, value_of};
use super::orm::derives;
use super::symbols::Sym;
use super::types::{TyId, Type};
use super::world::{Def, ModId, Role, World};
use crate::analyze::facts::Operation;
use crate::analyze::rust::tree::{FieldDef, Item, ItemKind};

/// A field of one of Diesel's forms.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// The column's name in the sources.
    Column(Sym),
    /// Another form.
    Embedded(TyId),
    /// Left out by this statement.
    Skipped,
}

impl<'a> World<'a> {
    /// What each field of one of Diesel's forms is to a statement.
    pub(crate) fn form_parts(
        &mut self,
        ty: TyId,
        operation: Operation,
    ) -> Option<Vec<(Sym, TyId, Part)>> {
        let (_, defs) = self.structure(ty)?;
        let skip = match operation {
            Operation::Insert | Operation::Upsert => "skip_insertion",
            _ => "skip_update",
        };
        let known = self.all_fields(self.unwrapped(ty), None);
        let part = |(known, def): (&(Sym, TyId), &FieldDef)| {
            let (name, ty) = *known;
            let mut said = def.attributes.iter();
            let mut of_diesel = def.attributes.iter().filter(|it| it.path == "diesel");
            let renamed = said.find_map(|it| match it.path.as_str() {
                "column_name" => Some(unquoted(&it.tokens)),
                "diesel" => value_of(&it.tokens, "column_name"),
                _ => None,
            });
            let part = if of_diesel.clone().any(|it| says(&it.tokens, "embed")) {
                Part::Embedded(ty)
            } else if of_diesel.any(|it| says(&it.tokens, skip)) {
                Part::Skipped
            } else {
                let column = renamed.map(|column| self.symbols.intern(&column));
                Part::Column(column.unwrap_or(name))
            };
            (name, ty, part)
        };
        Some(known.iter().zip(defs).map(part).collect())
    }

    /// Whether `None` in a form of this type is `NULL`, not what the row has.
    pub(crate) fn sets_nulls(&self, ty: TyId) -> bool {
        let said = self.structure(ty).map(|(item, _)| item.attributes.iter());
        said.into_iter().flatten().any(|it| {
            matches!(it.path.as_str(), "diesel" | "changeset_options")
                && value_of(&it.tokens, "treat_none_as_null").is_some_and(|set| set == "true")
        })
    }

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
