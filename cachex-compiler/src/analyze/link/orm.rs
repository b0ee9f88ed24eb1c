//! What ORMs declare: Diesel's `table!` modules, SeaORM's entities.

use super::meta::{table_attribute, value_of};
use super::symbols::Sym;
use super::world::{AdtId, Def, FileIx, ModId, Role, Table, TableId, World, u32_of};
use crate::analyze::rust::tree::{Attr, ExprKind, Item, ItemId, ItemKind, TableDef};

impl<'a> World<'a> {
    /// Each table is a module with `table`, its columns, and both again in `dsl` and `columns`.
    pub(super) fn tables(&mut self, file: FileIx, tables: &[TableDef], scope: ModId) {
        for def in tables {
            let module_name = self.sym(file, def.module);
            let short = def
                .sql_name
                .clone()
                .unwrap_or_else(|| self.text(module_name).to_owned());
            let name = match def.schema.map(|schema| self.sym(file, schema)) {
                Some(schema) => format!("{}.{short}", self.text(schema)),
                None => short,
            };
            let columns = def
                .columns
                .iter()
                .map(|(column, renamed)| {
                    let column = self.sym(file, *column);
                    (
                        column,
                        renamed
                            .clone()
                            .unwrap_or_else(|| self.text(column).to_owned()),
                    )
                })
                .collect();
            let table = TableId(u32_of(self.tables.len()));
            self.tables.push(Table { name, columns });
            self.table_modules(scope, module_name, table);
        }
    }

    fn table_modules(&mut self, scope: ModId, name: Sym, table: TableId) {
        let columns: Vec<Sym> = self
            .tables
            .get(table.index())
            .map(|table| table.columns.keys().copied().collect())
            .unwrap_or_default();
        let table_word = self.symbols.intern("table");
        let module = self.child(scope, name);
        self.define(module, table_word, Def::Table(table));
        let parts = ["dsl", "columns"]
            .map(|part| self.symbols.intern(part))
            .map(|part| self.child(module, part));
        let [dsl, inner] = parts;
        self.define(dsl, name, Def::Table(table));
        for column in columns {
            for module in [module, dsl, inner] {
                self.define(module, column, Def::Column(table, column));
            }
        }
    }

    /// SeaORM's entities among the items of one module: `Model` names the table, the derive makes the rest.
    pub(super) fn entities(&mut self, file: FileIx, items: &[ItemId], scope: ModId) {
        let found: Vec<(ItemId, &'a Item)> = items
            .iter()
            .filter_map(|id| Some((*id, self.item(file, *id)?)))
            .collect();
        let structs = found
            .iter()
            .filter(|(_, item)| matches!(item.kind, ItemKind::Struct { .. }));
        let Some((model, model_item)) = structs
            .clone()
            .find(|(_, item)| derives(&item.attributes, &["DeriveEntityModel", "DeriveModel"]))
        else {
            return;
        };
        let entity = structs
            .clone()
            .find(|(_, item)| derives(&item.attributes, &["DeriveEntity"]));
        let declared = table_attribute(&model_item.attributes)
            .or_else(|| entity.and_then(|(_, item)| table_attribute(&item.attributes)));
        let Some(table) = declared.or_else(|| self.entity_name(file, &found)) else {
            return;
        };
        let Some(model_name) = model_item.name.map(|name| self.sym(file, name)) else {
            return;
        };
        self.give_role(scope, model_name, Role::Model, &table);
        for (name, role) in [
            ("Entity", Role::Entity),
            ("ActiveModel", Role::ActiveModel),
            ("Column", Role::Column),
            ("ModelEx", Role::Model),
            ("ActiveModelEx", Role::ActiveModel),
        ] {
            let name = self.symbols.intern(name);
            if !self.give_role(scope, name, role, &table) {
                let adt = self.adt(file, *model, name, scope, role, Some(table.clone()));
                self.define(scope, name, Def::Adt(adt));
            }
        }
    }

    fn give_role(&mut self, scope: ModId, name: Sym, role: Role, table: &str) -> bool {
        let Some(adt) = self.named_adt(scope, name) else {
            return false;
        };
        if let Some(adt) = self.adts.get_mut(adt.index()) {
            adt.role = role;
            adt.table = Some(table.to_owned());
        }
        true
    }

    fn named_adt(&self, scope: ModId, name: Sym) -> Option<AdtId> {
        self.modules
            .get(scope.index())?
            .names
            .get(&name)?
            .iter()
            .find_map(|def| match def {
                Def::Adt(adt) => Some(*adt),
                _ => None,
            })
    }

    /// `impl EntityName for Entity { fn table_name(&self) -> &str { "…" } }`
    fn entity_name(&self, file: FileIx, items: &[(ItemId, &'a Item)]) -> Option<String> {
        items.iter().find_map(|(_, item)| {
            let ItemKind::Impl {
                of: Some(of),
                items,
                ..
            } = &item.kind
            else {
                return None;
            };
            let last = self.sym(file, of.segments.last()?.name);
            if self.text(last) != "EntityName" {
                return None;
            }
            items.iter().find_map(|id| {
                let method = self.item(file, *id)?;
                let name = self.sym(file, method.name?);
                if self.text(name) != "table_name" {
                    return None;
                }
                let tree = self.tree(file)?;
                tree.exprs().iter().find_map(|expr| match &expr.kind {
                    ExprKind::Str { text, .. }
                        if method.range.start <= expr.range.start
                            && expr.range.end <= method.range.end =>
                    {
                        Some(text.clone())
                    }
                    _ => None,
                })
            })
        })
    }

    fn child(&mut self, parent: ModId, name: Sym) -> ModId {
        let text = self.text(name).to_owned();
        let id = self.submodule_of(parent, &text);
        self.define(parent, name, Def::Mod(id));
        id
    }

    /// The table of a sea-query `Iden` type: `#[iden = "…"]`, else its name in snake case.
    pub(crate) fn iden_table(&self, adt: AdtId) -> Option<String> {
        let found = self.adts.get(adt.index())?;
        let item = self.item(found.file, found.item)?;
        let ItemKind::Enum { variants, .. } = &item.kind else {
            return None;
        };
        let renamed = |attributes: &[Attr]| {
            attributes
                .iter()
                .find_map(|attribute| match attribute.path.as_str() {
                    "iden" => Some(
                        attribute
                            .tokens
                            .trim()
                            .trim_start_matches('=')
                            .trim()
                            .trim_matches('"')
                            .to_owned(),
                    ),
                    "sea_orm" => value_of(&attribute.tokens, "iden"),
                    _ => None,
                })
        };
        let table = variants
            .iter()
            .find(|variant| self.text(self.sym(found.file, variant.name)) == "Table")?;
        Some(
            renamed(&table.attributes)
                .or_else(|| renamed(&item.attributes))
                .unwrap_or_else(|| snake(self.text(found.name))),
        )
    }
}

impl World<'_> {
    /// Whether a type lists the tasks of a command line: an enum that clap reads as one value.
    pub(crate) fn is_command(&self, ty: super::types::TyId) -> bool {
        let super::types::Type::Adt(adt, _) = self.type_of(ty) else {
            return false;
        };
        let Some(found) = self.adts.get(adt.index()) else {
            return false;
        };
        self.item(found.file, found.item)
            .is_some_and(|item| derives(&item.attributes, &["ValueEnum"]))
    }
}

pub(super) fn derives(attributes: &[Attr], names: &[&str]) -> bool {
    attributes
        .iter()
        .filter(|attribute| attribute.path == "derive")
        .any(|attribute| {
            let mut derived = attribute
                .tokens
                .split(',')
                .filter_map(|path| path.trim().rsplit("::").next());
            derived.any(|last| names.contains(&last.trim()))
        })
}

/// Diesel's table of a struct that names none: its own name in snake case, with an `s`.
pub(super) fn default_table(name: &str, attributes: &[Attr]) -> Option<String> {
    let derived = [
        "Identifiable",
        "Insertable",
        "AsChangeset",
        "Associations",
        "HasQuery",
    ];
    derives(attributes, &derived).then(|| format!("{}s", snake(name)))
}

/// `BlogPost` → `blog_post`
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, next) in name.chars().enumerate() {
        if next.is_uppercase() && index > 0 {
            out.push('_');
        }
        out.extend(next.to_lowercase());
    }
    out
}
