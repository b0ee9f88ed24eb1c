//! Calls of macros: those that are known, and those of these sources.

use super::Body;
use crate::analyze::facts::{Form, Resolution, RootKind, Via};
use crate::analyze::link::program::Target;
use crate::analyze::link::symbols::last_of;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::link::world::{Def, MacroId};
use crate::analyze::rust::tree::{ExprId, ExprKind, ItemKind, Path, Range};
use crate::analyze::sql::{self};

impl<'a> Body<'_, 'a> {
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
        let last = last_of(&full).to_owned();
        if let Some(ty) = own
            .is_none()
            .then(|| self.known_macro(&full, &last, args, range))
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

    fn known_macro(
        &mut self,
        full: &str,
        last: &str,
        args: &'a [ExprId],
        range: Range,
    ) -> Option<TyId> {
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
            "routes" => Some(self.routes_macro(args, RootKind::Axum, range)),
            _ if self.serves_macro(last, args) => {
                Some(self.routes_macro(args, RootKind::Callback, range))
            }
            "path" if full.starts_with("warp::") => self.served_call(full, args, range),
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
