//! Literals, macros, and strings put together.

use super::Body;
use crate::analyze::facts::{Form, Resolution, Via};
use crate::analyze::link::program::Target;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::link::world::{Def, MacroId};
use crate::analyze::rust::tree::{ExprId, ExprKind, ItemKind, Path, Range};
use crate::analyze::sql::{self, Statement};

impl<'a> Body<'_, 'a> {
    /// A string literal: the statements in it are this function's.
    pub(super) fn literal(
        &mut self,
        id: ExprId,
        text: &'a str,
        statements: &'a [Statement],
    ) -> TyId {
        let range = self.range(id);
        if statements.iter().any(Statement::has_hole) {
            self.built(range, text, &[]);
        } else {
            for statement in statements {
                self.statement(self.file, range, self.form, statement.clone());
            }
        }
        self.world().ty(Type::Text)
    }

    /// A text with holes: names of constants and literals are put in; what stays open is not understood.
    fn built(&mut self, range: Range, text: &'a str, args: &'a [ExprId]) {
        let mut positional = args.iter();
        let mut filled = text.to_owned();
        for name in sql::hole_names(text) {
            let value = if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) {
                let index = name.parse::<usize>().ok();
                let arg = index.map_or_else(|| positional.next(), |index| args.get(index));
                arg.and_then(|arg| self.known_text(*arg))
            } else {
                self.named_text(&name)
            };
            if let Some(value) = value {
                let braces = if name.is_empty() {
                    "{}".to_owned()
                } else {
                    format!("{{{name}}}")
                };
                filled = filled.replacen(&braces, &value, 1);
            } else if name.is_empty() {
                // Keep the place, so that the next `{}` is not taken for it.
                filled = filled.replacen("{}", "{_}", 1);
            }
        }
        self.pieced(range, &filled);
    }

    /// The statements of a text put together, as far as it is known: a table put in at run time is not understood.
    fn pieced(&mut self, range: Range, text: &str) {
        let statements = sql::scan(text, self.program.options.dialect);
        let writes = |statement: &&Statement| {
            statement.operation != crate::analyze::facts::Operation::Select
        };
        // Beside a table that is known one that isn't has a place of its own, inside the quotes: at one place what
        // was understood with some types is understood.
        let beside = statements
            .iter()
            .filter(writes)
            .any(|statement| !statement.has_hole());
        let inside = Range {
            start: range.start + u32::from(beside),
            end: range.end.saturating_sub(u32::from(beside)),
        };
        for statement in statements {
            if !statement.has_hole() {
                self.statement(self.file, range, Form::SqlBuilt, statement);
            } else if writes(&&statement) {
                let verb = verb(statement.operation);
                let reason = format!("the table of this {verb} is put in at run time");
                self.unknown(self.file, inside, reason);
            }
        }
    }

    fn named_text(&mut self, name: &str) -> Option<String> {
        let sym = self.program.world.symbols.get(name)?;
        let scope = self.ctx.scope?;
        if self.local(sym).is_some() {
            let key = self.program.world.symbols.get(&format!("text {name}"))?;
            return match *self.program.world.type_of(self.ctx.get(key)?) {
                Type::Literal(text) => Some(self.program.world.text(text).to_owned()),
                _ => None,
            };
        }
        let resolved = self.world().segments(scope, &[sym], false);
        resolved.defs.iter().find_map(|def| self.const_text(*def))
    }

    /// The text of a literal or of a constant that is one.
    pub(super) fn known_text(&mut self, id: ExprId) -> Option<String> {
        match &self.expr(id)?.kind {
            ExprKind::Str { text, .. } => Some(text.clone()),
            ExprKind::Same(inner) => self.known_text(*inner),
            ExprKind::Path(path)
                if path.segments.len() == 1
                    && self.local(self.sym(path.segments.first()?.name)).is_some() =>
            {
                let name = self
                    .program
                    .world
                    .text(self.sym(path.segments.first()?.name))
                    .to_owned();
                self.named_text(&name)
            }
            ExprKind::Path(path) => {
                let (scope, file) = (self.ctx.scope?, self.file);
                let resolved = self.world().resolve(scope, file, path);
                if resolved.taken < path.segments.len() {
                    return None;
                }
                resolved.defs.iter().find_map(|def| self.const_text(*def))
            }
            _ => None,
        }
    }

    fn const_text(&self, def: Def) -> Option<String> {
        let Def::Const(id) = def else { return None };
        let found = self.program.world.consts.get(id.index())?;
        let ItemKind::Const {
            value: Some(value), ..
        } = &self.program.world.item(found.file, found.item)?.kind
        else {
            return None;
        };
        let tree = self.program.world.files.get(found.file.index())?.tree;
        match &tree.exprs().get(value.0 as usize)?.kind {
            ExprKind::Str { text, .. } => Some(text.clone()),
            _ => None,
        }
    }

    /// A macro's call.
    pub(super) fn macro_call(
        &mut self,
        id: ExprId,
        path: &'a Path,
        args: &'a [ExprId],
        text: Option<&'a str>,
    ) -> TyId {
        let range = self.range(id);
        let file = self.file;
        let Some(scope) = self.ctx.scope else {
            return UNKNOWN;
        };
        let resolved = self.world().resolve(scope, file, path);
        let own = resolved.defs.iter().find_map(|def| {
            if let Def::Macro(id) = def {
                Some(*id)
            } else {
                None
            }
        });
        let named = match resolved.defs.first() {
            Some(Def::External(sym)) => Some(*sym),
            _ => None,
        };
        let named = named.unwrap_or_else(|| self.world().path_sym(path, file));
        let full = self.program.world.text(named).to_owned();
        let last = full.rsplit("::").next().unwrap_or(&full).to_owned();
        if let Some(ty) = own
            .is_none()
            .then(|| self.known_macro(&last, args, range))
            .flatten()
        {
            return ty;
        }
        if let Some(text) = text {
            self.layer_macro(&full, text, range);
        }
        if matches!(last.as_str(), "join" | "try_join") {
            for arg in args {
                self.join(*arg, UNKNOWN);
            }
        }
        let types: Vec<TyId> = args
            .iter()
            .map(|arg| self.argument_ty(*arg, UNKNOWN))
            .collect();
        let Some(id) = own else {
            let only = types.first().filter(|_| types.len() == 1);
            return only.copied().unwrap_or(UNKNOWN);
        };
        match self.own_macro(id) {
            UNKNOWN => self.passed_through(&types),
            value => value,
        }
    }

    /// What a macro gives whose own text doesn't tell: what its last closure does (`with_connection!(pool, |c| …)`),
    /// else its first argument, which it may have taken out of an `Option` (`or_404!(…)`).
    fn passed_through(&mut self, types: &[TyId]) -> TyId {
        let returned = types.iter().rev().find_map(|ty| {
            if let Type::Returns(value) = self.program.world.type_of(*ty) {
                Some(*value)
            } else {
                None
            }
        });
        let mut value = match returned {
            Some(value) => return value,
            None => types.first().copied().unwrap_or(UNKNOWN),
        };
        while let Some((name, args)) = self.program.world.external_name(value)
            && (name == "Option" || name.ends_with("Result"))
        {
            value = args.first().copied().unwrap_or(UNKNOWN);
        }
        value
    }

    fn known_macro(&mut self, last: &str, args: &'a [ExprId], range: Range) -> Option<TyId> {
        match last {
            "query"
            | "query_as"
            | "query_scalar"
            | "query_unchecked"
            | "query_as_unchecked"
            | "query_scalar_unchecked" => {
                for arg in args {
                    // A statement's place is the macro, which is what people look for.
                    match self.expr(*arg).map(|expr| &expr.kind) {
                        Some(ExprKind::Str { statements, .. }) => {
                            for statement in statements {
                                self.statement(
                                    self.file,
                                    range,
                                    Form::SqlxMacro,
                                    statement.clone(),
                                );
                            }
                        }
                        _ => {
                            self.with_form(Form::SqlxMacro, |walk| walk.argument_ty(*arg, UNKNOWN));
                        }
                    }
                }
                Some(UNKNOWN)
            }
            "query_file"
            | "query_file_as"
            | "query_file_scalar"
            | "query_file_unchecked"
            | "query_file_as_unchecked"
            | "query_file_scalar_unchecked" => {
                self.file_statements(args, range, true);
                Some(UNKNOWN)
            }
            "include_str" => {
                self.file_statements(args, range, false);
                Some(self.world().ty(Type::Text))
            }
            "format" | "format_args" | "write" | "writeln" | "concat" | "formatcp" | "concatcp"
            | "const_format" => Some(self.format_macro(last, args, range)),
            "routes" => Some(self.routes_macro(args, range)),
            "vec" => {
                let mut element = UNKNOWN;
                for arg in args {
                    let ty = self.argument_ty(*arg, UNKNOWN);
                    element = if element == UNKNOWN { ty } else { element };
                }
                Some(self.world().external_ty("Vec", &[element]))
            }
            _ => None,
        }
    }

    /// `format!("… {} …", args)` and what pieces literals together.
    fn format_macro(&mut self, last: &str, args: &'a [ExprId], range: Range) -> TyId {
        let pieces = matches!(last, "concat" | "concatcp");
        if pieces {
            let text: Vec<Option<String>> = args.iter().map(|arg| self.known_text(*arg)).collect();
            let whole: String = text
                .iter()
                .map(|piece| piece.as_deref().unwrap_or("{_}"))
                .collect();
            self.pieced(range, &whole);
            return self.world().ty(Type::Text);
        }
        let at = usize::from(last.starts_with("write"));
        for (index, arg) in args.iter().enumerate() {
            match self.expr(*arg).map(|expr| (expr.range, &expr.kind)) {
                Some((range, ExprKind::Str { text, statements })) if index == at => {
                    let rest = args.get(index + 1..).unwrap_or_default();
                    if !statements.is_empty() {
                        self.built(range, text, rest);
                    }
                }
                _ => {
                    self.argument_ty(*arg, UNKNOWN);
                }
            }
        }
        let _ = range;
        self.world().ty(Type::Text)
    }

    /// `query_file!("path")` is relative to the manifest, `include_str!("path")` to the file.
    fn file_statements(&mut self, args: &'a [ExprId], range: Range, from_manifest: bool) {
        let Some(named) = args.iter().find_map(|arg| self.known_text(*arg)) else {
            return;
        };
        let file = self
            .program
            .world
            .files
            .get(self.file.index())
            .map_or("", |file| file.path);
        let folder = if from_manifest {
            self.program.world.folder_of(self.ctx.scope)
        } else {
            file.rsplit_once('/')
                .map_or(String::new(), |(folder, _)| folder.to_owned())
        };
        let path = crate::analyze::link::paths::normal(&format!("{folder}/{named}"));
        let Some(text) = (self.program.world.texts)(&path) else {
            if from_manifest {
                self.unknown(
                    self.file,
                    range,
                    format!("the file `{named}` of this query was not given"),
                );
            }
            return;
        };
        for statement in sql::scan(&text, self.program.options.dialect) {
            self.statement(self.file, range, Form::SqlFile, statement);
        }
    }

    /// A macro of these sources: what its arms hold belongs to the function that uses it.
    fn own_macro(&mut self, id: MacroId) -> TyId {
        let Some((file, item, scope)) = self
            .program
            .world
            .macros
            .get(id.index())
            .map(|found| (found.file, found.item, found.scope))
        else {
            return UNKNOWN;
        };
        let Some(ItemKind::MacroRules(arms)) = self.world().item(file, item).map(|item| &item.kind)
        else {
            return UNKNOWN;
        };
        if self.program.open_macros.contains(&id) || self.program.open_macros.len() > 8 {
            return UNKNOWN;
        }
        self.program.open_macros.push(id);
        let mut value = UNKNOWN;
        for arm in arms {
            let mut ctx = crate::analyze::link::types::Ctx::at(scope, file);
            ctx.subst.clone_from(&self.ctx.subst);
            ctx.self_ty = self.ctx.self_ty;
            let ty = self.elsewhere(file, ctx, arm.body, self.form);
            value = if value == UNKNOWN { ty } else { value };
        }
        self.program.open_macros.pop();
        value
    }

    fn layer_macro(&mut self, full: &str, text: &str, range: Range) {
        let draft = self.draft();
        let file = self.file;
        let call = crate::analyze::link::program::DraftCall {
            file,
            range,
            target: Target::Path(format!("{full}!")),
            arguments: vec![(
                text.to_owned(),
                range,
                crate::analyze::facts::ArgumentKind::Other,
            )],
            via: Via::Call,
            how: Resolution::External,
        };
        if let Some(draft) = self.program.drafts.get_mut(draft.0 as usize) {
            draft.calls.push(call);
        }
    }
}

fn verb(operation: crate::analyze::facts::Operation) -> &'static str {
    use crate::analyze::facts::Operation;
    match operation {
        Operation::Insert | Operation::Upsert => "insert",
        Operation::Update => "update",
        Operation::Delete => "delete",
        Operation::Truncate => "truncate",
        Operation::Select => "select",
    }
}
