//! Functions that a derive macro of these sources makes, called on a type that has it.

use super::Body;
use super::method::MethodParts;
use crate::analyze::facts::{Form, Operation};
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{Ctx, TyId, Type, UNKNOWN};
use crate::analyze::link::world::AdtId;
use crate::analyze::rust::tree::{ExprId, GenericParam, Range};
use crate::analyze::sql::Statement;

impl<'a> Body<'_, 'a> {
    /// `post.save(&db)`, where `Post` derives it.
    pub(super) fn derived_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        range: Range,
    ) -> Option<TyId> {
        let row = self.world().unwrapped(receiver);
        if !matches!(self.program.world.type_of(row), Type::Adt(..)) {
            return None;
        }
        let method = self.program.world.text(name).to_owned();
        let kept = ["with_", "as_", "into_"];
        if kept.iter().any(|word| method.starts_with(word)) {
            let derives = self.derives(row)?;
            self.arguments(parts.args, &[]);
            return Some(derives);
        }
        let start = self.range(parts.receiver).start;
        let whole = Range {
            start,
            end: range.end,
        };
        let at = Self::statement_range(whole, range);
        self.derived(row, &method, parts.args, at)
    }

    /// `Post::find_by_id(&db, id)`, where `Post` derives it.
    pub(super) fn derived(
        &mut self,
        row: TyId,
        function: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
        let Type::Adt(adt, _) = *self.program.world.type_of(row) else {
            return None;
        };
        let deriver = self.world().deriver_of(adt)?;
        let operation = match deriver.operation(function)? {
            Operation::Upsert => self.kept_or_new(row),
            operation => operation,
        };
        if args.is_empty() {
            return None;
        }
        let table = self.program.world.derived_table(adt, &deriver)?;
        self.arguments(args, &[]);
        let by_id = function.ends_with("by_id");
        let statement = Statement {
            operation,
            table,
            columns: None,
            updated_columns: None,
            restricted_by: by_id.then(|| vec!["id".to_owned()]),
            problem: None,
        };
        self.statement(self.file, range, Form::SqlBuilt, statement);
        let row = self.derives(row)?;
        let several = ["all", "list", "select"];
        let given = match operation {
            Operation::Select if several.iter().any(|word| function.contains(word)) => {
                self.world().external_ty("Vec", &[row])
            }
            Operation::Select => self.world().external_ty("Option", &[row]),
            Operation::Delete => UNKNOWN,
            _ => row,
        };
        Some(self.world().external_ty("Result", &[given]))
    }

    /// What `save` does to a row whose type says by a parameter whether it is new: `struct Post<I = NoId>` is, written
    /// without one.
    fn kept_or_new(&mut self, row: TyId) -> Operation {
        let Type::Adt(adt, args) = self.program.world.type_of(row).clone() else {
            return Operation::Upsert;
        };
        let Some(new) = self.default_of(adt) else {
            return Operation::Upsert;
        };
        let (stored, given) = (self.stored(), args.first().copied().unwrap_or(new));
        match self.program.world.type_of(given) {
            _ if given == new => Operation::Insert,
            Type::Param(_) | Type::Unknown if given != stored => Operation::Upsert,
            _ => Operation::Update,
        }
    }

    /// What a type's only parameter stands for where none is given.
    fn default_of(&mut self, adt: AdtId) -> Option<TyId> {
        let found = self.program.world.adts.get(adt.index())?;
        let ctx = Ctx::at(found.scope, found.file);
        match self.parameters_of(adt) {
            [only] => {
                let default = only.default.as_ref()?;
                Some(self.world().lower(default, &ctx))
            }
            _ => None,
        }
    }

    /// Stands for the parameters of a row that was read or saved; it fits any.
    fn stored(&mut self) -> TyId {
        let name = self.world().symbols.intern("stored row");
        self.world().ty(Type::Param(name))
    }

    fn parameters_of(&self, adt: AdtId) -> &'a [GenericParam] {
        let world = &self.program.world;
        let found = world.adts.get(adt.index());
        let generics = found.and_then(|found| world.generics(found.file, found.item));
        generics.map_or(&[], |generics| &generics.params)
    }

    /// A type that derives such a macro, as one that is stored: `save` makes a `Post<Id>` of a `Post<NoId>`.
    fn derives(&mut self, row: TyId) -> Option<TyId> {
        let Type::Adt(adt, _) = *self.program.world.type_of(row) else {
            return None;
        };
        self.world().deriver_of(adt)?;
        let args = vec![self.stored(); self.parameters_of(adt).len()];
        Some(self.world().ty(Type::Adt(adt, args.into())))
    }
}
