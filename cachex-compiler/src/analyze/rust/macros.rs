//! Macros: calls are read as the Rust that most likely stands in them, definitions as the Rust they expand to.

use super::escape::unescape;
use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{
    Attr, ExprId, ExprKind, Item, ItemId, ItemKind, MacroArm, Name, Path, Range, Stmt, TableDef,
};
use super::ty::PathIn;

/// Macros whose literals are messages for people.
const MESSAGES: &[&str] = &[
    "error",
    "warn",
    "info",
    "debug",
    "trace",
    "log",
    "event",
    "span",
    "error_span",
    "warn_span",
    "info_span",
    "debug_span",
    "trace_span",
    "println",
    "eprintln",
    "print",
    "eprint",
    "dbg",
    "panic",
    "unreachable",
    "todo",
    "unimplemented",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "bail",
    "ensure",
    "anyhow",
    "eyre",
    "matches",
    "compile_error",
    "env",
    "option_env",
];

impl Parser<'_> {
    /// `path!` was read; the delimiter stands here.
    pub(super) fn macro_call(&mut self, path: Path, start: u32) -> ExprId {
        let name = path
            .segments
            .last()
            .map_or("", |segment| self.name_text(segment.name));
        let message = MESSAGES.contains(&name);
        let keeps_text = name == "invalidates";
        let concat = name == "concat";
        let Kind::Open(_, mate) = self.kind(0) else {
            return self.expr_of(ExprKind::Lit(kw::UNDERSCORE), start);
        };
        let tokens = Range {
            start: self.token(0).end,
            end: self
                .tokens
                .get(mate as usize)
                .map_or(0, |token| token.start),
        };
        if let Some(expr) = self.expanded_expr(&path, start) {
            return expr;
        }
        let text = keeps_text.then(|| Box::from(self.slice(tokens)));
        self.mute += u32::from(message);
        let args = self.macro_arguments();
        self.mute -= u32::from(message);
        if concat && let Some(text) = self.concatenated(&args) {
            return self.text_expr(text, start);
        }
        self.expr_of(ExprKind::Macro { path, args, text }, start)
    }

    /// A macro of this file, expanded: its statements as a block.
    fn expanded_expr(&mut self, path: &Path, start: u32) -> Option<ExprId> {
        let [segment] = path.segments.as_slice() else {
            return None;
        };
        let mark = self.mark();
        let statements = self.deeper(|parser| {
            parser.expanded(segment.name, |parser| {
                parser.lenient += 1;
                let statements = parser.statements();
                parser.lenient -= 1;
                statements
            })
        });
        let statements = statements.flatten()?;
        self.skip();
        self.place_since(&mark, self.range_from(start));
        Some(self.expr_of(ExprKind::Block(statements), start))
    }

    /// The tokens between the delimiters here as expressions. Where statements stand in them they make one block.
    fn macro_arguments(&mut self) -> Vec<ExprId> {
        let start = self.here();
        self.lenient += 1;
        let statements = self.deeper(|parser| parser.inside(Self::statements).unwrap_or_default());
        self.lenient -= 1;
        let Some(statements) = statements else {
            return vec![self.expr_of(ExprKind::Opaque { too_deep: true }, start)];
        };
        let plain: Option<Vec<ExprId>> = statements
            .iter()
            .map(|statement| match statement {
                Stmt::Expr(expr) | Stmt::Semi(expr) => Some(*expr),
                Stmt::Let { .. } => None,
            })
            .collect();
        plain.unwrap_or_else(|| vec![self.expr_of(ExprKind::Block(statements), start)])
    }

    /// `concat!` of literals is a literal.
    fn concatenated(&self, args: &[ExprId]) -> Option<String> {
        args.iter()
            .map(
                |arg| match self.tree.exprs.get(arg.0 as usize).map(|expr| &expr.kind) {
                    Some(ExprKind::Str { text, .. }) => Some(text.as_str()),
                    _ => None,
                },
            )
            .collect()
    }

    /// `macro_rules! name { (matcher) => { body }; … }`
    pub(super) fn macro_rules(&mut self, attributes: Vec<Attr>, start: u32) -> Option<ItemId> {
        self.at += 2;
        let name_at = Range {
            start: self.here(),
            end: self.token(0).end,
        };
        let name = self.ident()?;
        self.define_macro(name);
        self.lenient += 1;
        let arms = self.inside(|parser| {
            let mut arms = Vec::new();
            while !parser.ended() {
                let before = parser.at;
                arms.extend(parser.macro_arm());
                if parser.at == before {
                    parser.skip();
                }
            }
            arms
        });
        self.lenient -= 1;
        self.eat(b';');
        let range = self.range_from(start);
        Some(self.item_of(Item {
            kind: ItemKind::MacroRules(arms?),
            name: Some(name),
            name_at,
            range,
            attributes,
            test: false,
        }))
    }

    fn macro_arm(&mut self) -> Option<MacroArm> {
        let Kind::Open(_, mate) = self.kind(0) else {
            return None;
        };
        let matcher = self.tokens.get(self.at..mate as usize).unwrap_or_default();
        let holes = matcher
            .windows(3)
            .filter_map(|tokens| match tokens {
                [dollar, name, colon] => match (dollar.kind, name.kind, colon.kind) {
                    (Kind::Punct(b'$'), Kind::Ident(name), Kind::Punct(b':')) => Some(name),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        self.skip();
        self.eat_pair(*b"=>");
        let start = self.here();
        // A body may hold items or statements: `inner` gathers the items, whatever stands around them.
        self.inner.push(Vec::new());
        let statements = self
            .deeper(|parser| parser.inside(Self::statements).unwrap_or_default())
            .unwrap_or_default();
        let items = self.inner.pop().unwrap_or_default();
        self.eat(b';');
        let body = self.expr_of(ExprKind::Block(statements), start);
        Some(MacroArm { body, holes, items })
    }

    /// A macro called where items stand.
    pub(super) fn item_macro(&mut self, attributes: Vec<Attr>, start: u32) -> Option<ItemId> {
        let path = self.path(PathIn::Expr)?;
        if !self.eat(b'!') {
            self.fail("an item was expected");
            return None;
        }
        let name_at = path.at;
        let name = self.ident();
        let Kind::Open(_, mate) = self.kind(0) else {
            return None;
        };
        let tokens = Range {
            start: self.token(0).end,
            end: self
                .tokens
                .get(mate as usize)
                .map_or(0, |token| token.start),
        };
        let open = self.at;
        self.lenient += 1;
        let last = path
            .segments
            .last()
            .map_or("", |segment| self.name_text(segment.name));
        let tables = if matches!(last, "table" | "diesel_table") {
            self.inside(Self::tables).unwrap_or_default()
        } else {
            Vec::new()
        };
        self.at = open;
        let known = path
            .segments
            .first()
            .filter(|_| path.segments.len() == 1)
            .map(|segment| segment.name);
        let mark = self.mark();
        let expanded = known.and_then(|name| {
            self.deeper(|parser| parser.expanded(name, Self::items))
                .flatten()
        });
        let end = tokens.end;
        self.place_since(&mark, Range { start, end });
        let items = expanded.unwrap_or_else(|| {
            self.deeper(|parser| parser.inside(Self::items).unwrap_or_default())
                .unwrap_or_default()
        });
        self.at = open;
        let args = if items.is_empty() && tables.is_empty() {
            self.macro_arguments()
        } else {
            Vec::new()
        };
        self.lenient -= 1;
        self.at = mate as usize + 1;
        self.eat(b';');
        let range = self.range_from(start);
        let kind = ItemKind::Macro {
            path,
            items,
            tokens,
            tables,
            args,
        };
        Some(self.item_of(Item {
            kind,
            name,
            name_at,
            range,
            attributes,
            test: false,
        }))
    }

    /// Diesel's `table! { #[sql_name = "…"] schema.name (key) { column -> Type, … } }`.
    fn tables(&mut self) -> Vec<TableDef> {
        let mut found = Vec::new();
        let mut sql_name = None;
        while !self.ended() {
            let before = self.at;
            if self.is_kw(kw::USE) {
                while !self.ended() && !self.eat(b';') {
                    self.skip();
                }
                continue;
            }
            sql_name = sql_name_of(&self.attributes()).or(sql_name);
            found.extend(self.table(&mut sql_name));
            if self.at == before {
                self.skip();
            }
        }
        found
    }

    fn table(&mut self, sql_name: &mut Option<String>) -> Option<TableDef> {
        let start = self.here();
        let mut module = self.any_ident()?;
        let mut schema = None;
        if self.eat(b'.') {
            schema = Some(module);
            module = self.any_ident()?;
        }
        let at = self.range_from(start);
        if self.is_open(b'(') {
            self.skip();
        }
        let columns = self.inside(|parser| {
            let mut columns = Vec::new();
            while !parser.ended() {
                let before = parser.at;
                let renamed = sql_name_of(&parser.attributes());
                if let Some(column) = parser.any_ident()
                    && parser.eat_pair(*b"->")
                {
                    columns.push((column, renamed));
                    parser.ty();
                }
                if !parser.eat(b',') && parser.at == before {
                    parser.skip();
                }
            }
            columns
        })?;
        Some(TableDef {
            module,
            schema,
            sql_name: sql_name.take(),
            columns,
            at,
        })
    }

    /// A name, also one that Rust reserves: `type -> Text`.
    fn any_ident(&mut self) -> Option<Name> {
        let Kind::Ident(name) = self.kind(0) else {
            return None;
        };
        self.at += 1;
        Some(name)
    }
}

fn sql_name_of(attributes: &[Attr]) -> Option<String> {
    let found = attributes
        .iter()
        .find(|attribute| attribute.path == "sql_name")?;
    Some(unescape(found.tokens.trim().trim_matches('"')))
}
