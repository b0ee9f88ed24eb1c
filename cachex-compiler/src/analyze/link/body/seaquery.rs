//! sea-query: a builder names its table by an `Iden`, which may be made of a text, or be told by a type's constant.

use super::Body;
use super::method::MethodParts;
use super::value::Value;
use crate::analyze::facts::{Form, Operation};
use crate::analyze::link::orm::snake;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::rust::tree::{ExprId, ExprKind, Path, Range};
use crate::analyze::sql::Statement;

/// What `#[enum_def]` puts behind a struct's name.
const DEFINED: &str = "Iden";

impl<'a> Body<'_, 'a> {
    /// `Query::insert()`, `update()`, `delete()`.
    pub(super) fn sea_query(&mut self, owner: &str, method: &str) -> Option<TyId> {
        let kind = match (owner, method) {
            ("Query", "insert") | ("InsertStatement", "new") => "InsertStatement",
            ("Query", "update") | ("UpdateStatement", "new") => "UpdateStatement",
            ("Query", "delete") | ("DeleteStatement", "new") => "DeleteStatement",
            _ => return None,
        };
        Some(self.world().external_ty(kind, &[]))
    }

    /// `Query::update().table(Posts::Table)`
    pub(super) fn sea_query_table(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
    ) -> Option<TyId> {
        let [table] = parts.args else { return None };
        let names = [
            "into_table",
            "from_table",
            "table",
            "from",
            "update_columns",
        ];
        if !names.contains(&self.program.world.text(name)) {
            return None;
        }
        let operation = match self.program.world.external_name(receiver)?.0 {
            "InsertStatement" => Operation::Insert,
            "UpdateStatement" => Operation::Update,
            "DeleteStatement" => Operation::Delete,
            _ => return None,
        };
        let Some(table) = self.iden_of(*table) else {
            let reason = "the table of this statement is chosen at run time";
            self.unknown(self.file, range, reason.to_owned());
            return Some(UNKNOWN);
        };
        let statement = Statement::on(operation, table);
        let site = self.statement(self.file, range, Form::SeaQuery, statement)?;
        Some(self.world().ty(Type::Write(site)))
    }

    /// `.columns([Posts::Title])`, `.values([(Posts::Title, title.into())])`: whether a method of a builder says which
    /// columns are set, or with what.
    pub(super) fn sea_query_columns(
        &mut self,
        parts: &MethodParts<'a>,
        site: u32,
        method: &str,
    ) -> bool {
        let Some(operation) = self.program.sites.get(site as usize).and_then(|site| {
            let built = site.form == Form::SeaQuery;
            built.then_some(site.statement.operation)
        }) else {
            return false;
        };
        let columns = match (method, operation) {
            ("columns", Operation::Insert | Operation::Upsert) => self.idens_in(parts.args, false),
            ("values", Operation::Update) => self.idens_in(parts.args, true),
            ("values" | "values_panic" | "values_from_panic" | "select_from", _) => {
                self.arguments(parts.args, &[]);
                return true;
            }
            _ => return false,
        };
        self.arguments(parts.args, &[]);
        self.add_columns(site, columns, method);
        true
    }

    /// The columns in `[A, B]`, or in `[(A, a), (B, b)]`.
    fn idens_in(&mut self, args: &'a [ExprId], pairs: bool) -> Option<Vec<String>> {
        let [list] = args else { return None };
        let elements = match &self.expr(*list)?.kind {
            ExprKind::Array(elements) => elements,
            ExprKind::Macro { args, .. } => args,
            _ => return None,
        };
        let mut found = Vec::with_capacity(elements.len());
        for element in elements {
            let column = match &self.expr(*element)?.kind {
                ExprKind::Tuple(pair) if pairs => *pair.first()?,
                _ if pairs => return None,
                _ => *element,
            };
            match self.columns_in(column) {
                Some(columns) => found.extend(columns),
                None => found.push(self.iden_text(column)?),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// The table that an `Iden` names.
    fn iden_of(&mut self, arg: ExprId) -> Option<String> {
        let mut at = arg;
        // `(Schema::Blog, Posts::Table)`, `Posts::Table.into_iden()`
        loop {
            at = match &self.expr(at)?.kind {
                ExprKind::Same(inner) => *inner,
                ExprKind::Tuple(elements) => *elements.last()?,
                ExprKind::Method { receiver, args, .. } if args.is_empty() => *receiver,
                ExprKind::Path(path) => return self.iden_at(path).or_else(|| self.known_text(at)),
                _ => return self.iden_text(at),
            }
        }
    }

    fn iden_at(&mut self, path: &'a Path) -> Option<String> {
        let last = path.segments.last().map(|segment| self.sym(segment.name))?;
        let table = self.is(last, "Table");
        match self.value_of(path) {
            Value::Maker(ty, Some(_)) => {
                let Type::Adt(adt, _) = *self.program.world.type_of(ty) else {
                    return None;
                };
                table.then(|| self.program.world.iden_table(adt))?
            }
            Value::Maker(ty, None) | Value::Ty(ty) if ty != UNKNOWN => self.world().table_of(ty),
            // `#[enum_def]` makes `PostIden` of a struct `Post`.
            _ if table => {
                let [.., owner, _] = path.segments.as_slice() else {
                    return None;
                };
                let owner = self.program.world.text(self.sym(owner.name));
                owner.strip_suffix(DEFINED).map(snake)
            }
            _ => None,
        }
    }

    /// `"posts"`, `Alias::new("posts")`, `T::table_ref()`
    fn iden_text(&mut self, arg: ExprId) -> Option<String> {
        let text = self.peeled(self.file, arg);
        self.known_text(text)
    }
}
