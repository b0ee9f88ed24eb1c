//! Items and attributes.

use super::attribute::is_test;
use super::escape::unescape;
use super::lex::Kind;
use super::parser::{Parser, kw};
use super::tree::{Attr, FnItem, Item, ItemId, ItemKind, Name, Param, Pat, Range, Ty, UseLeaf};

/// What stands before an item's keyword.
pub(super) struct Head {
    pub(super) attributes: Vec<Attr>,
    pub(super) start: u32,
}

impl Parser<'_> {
    /// Items up to the end of the file or of the delimiters around.
    pub(super) fn items(&mut self) -> Vec<ItemId> {
        let mut found = Vec::new();
        while !self.ended() {
            let before = self.at;
            if self.eat(b';') {
                continue;
            }
            found.extend(self.item());
            if self.at == before {
                self.fail("an item was expected");
                self.skip();
            }
        }
        found
    }

    pub(super) fn items_inside(&mut self) -> Vec<ItemId> {
        self.deeper(|parser| {
            parser.inside(|parser| {
                parser.skip_inner_attributes();
                parser.items()
            })
        })
        .flatten()
        .unwrap_or_default()
    }

    /// One item; a macro may stand for several.
    pub(super) fn item(&mut self) -> Vec<ItemId> {
        let head = Head {
            start: self.here(),
            attributes: self.attributes(),
        };
        self.visibility();
        self.qualifiers();
        let Kind::Ident(word) = self.kind(0) else {
            if self.is(b':') || self.is(b'<') {
                self.skip();
            }
            return Vec::new();
        };
        let item = match word {
            kw::MOD => Some(self.module(head)),
            kw::USE => Some(self.import(head)),
            kw::FN => Some(self.function(head)),
            kw::STRUCT | kw::UNION if self.kind(1) != Kind::Punct(b'!') => {
                Some(self.structure(head))
            }
            kw::ENUM => Some(self.enumeration(head)),
            kw::TYPE => Some(self.alias(head)),
            kw::TRAIT => Some(self.interface(head)),
            kw::IMPL => Some(self.implementation(head)),
            kw::CONST | kw::STATIC => Some(self.constant(head)),
            kw::EXTERN => self.foreign(head),
            kw::MACRO_RULES if self.kind(1) == Kind::Punct(b'!') => {
                self.macro_rules(head.attributes, head.start)
            }
            _ => self.item_macro(head.attributes, head.start),
        };
        item.into_iter().collect()
    }

    pub(super) fn finish(
        &mut self,
        head: Head,
        kind: ItemKind,
        name: Option<(Name, Range)>,
    ) -> ItemId {
        let test = is_test(&head.attributes);
        let range = self.range_from(head.start);
        let (name, name_at) = name.map_or(
            (
                None,
                Range {
                    start: head.start,
                    end: head.start,
                },
            ),
            |(name, at)| (Some(name), at),
        );
        self.item_of(Item {
            kind,
            name,
            name_at,
            range,
            attributes: head.attributes,
            test,
        })
    }

    /// Takes the keyword and the name behind it.
    pub(super) fn named(&mut self) -> Option<(Name, Range)> {
        self.at += 1;
        let at = Range {
            start: self.here(),
            end: self.token(0).end,
        };
        let name = self.ident();
        if name.is_none() {
            self.fail("a name was expected");
        }
        Some((
            name?,
            Range {
                start: at.start,
                end: self.behind(),
            },
        ))
    }

    pub(super) fn visibility(&mut self) {
        if self.eat_kw(kw::PUB)
            && self.is_open(b'(')
            && matches!(
                self.kind(1),
                Kind::Ident(kw::CRATE | kw::SUPER | kw::SELF_VALUE | kw::IN)
            )
        {
            self.skip();
        }
        if self.lenient > 0
            && self.is(b'$')
            && matches!(
                self.kind(2),
                Kind::Ident(kw::FN | kw::STRUCT | kw::ENUM | kw::ASYNC | kw::CONST | kw::MOD)
            )
        {
            self.at += 2;
        }
    }

    /// `default`, `const`, `async`, `unsafe`, `extern "C"` before `fn`, `impl` or `trait`.
    fn qualifiers(&mut self) {
        loop {
            let next = self.kind(1);
            let follows = matches!(
                next,
                Kind::Ident(
                    kw::FN
                        | kw::IMPL
                        | kw::TRAIT
                        | kw::ASYNC
                        | kw::UNSAFE
                        | kw::EXTERN
                        | kw::CONST
                        | kw::TYPE
                        | kw::AUTO
                        | kw::MOD
                )
            );
            match self.kind(0) {
                Kind::Ident(
                    kw::DEFAULT | kw::CONST | kw::ASYNC | kw::UNSAFE | kw::AUTO | kw::SAFE,
                ) if follows => self.at += 1,
                Kind::Ident(kw::EXTERN) if next == Kind::Ident(kw::FN) => self.at += 1,
                Kind::Ident(kw::EXTERN)
                    if matches!(next, Kind::Str { .. }) && self.kind(2) == Kind::Ident(kw::FN) =>
                {
                    self.at += 2;
                }
                _ => return,
            }
        }
    }

    fn module(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let path = head
            .attributes
            .iter()
            .find(|attribute| attribute.path == "path")
            .map(|attribute| unescape(attribute.tokens.trim().trim_matches('"')));
        let inline = self.is_open(b'{').then(|| self.items_inside());
        self.eat(b';');
        self.finish(head, ItemKind::Mod { inline, path }, name)
    }

    fn function(&mut self, head: Head) -> ItemId {
        let is_async = self
            .tokens
            .get(self.at.saturating_sub(3)..self.at)
            .unwrap_or_default()
            .iter()
            .any(|token| token.kind == Kind::Ident(kw::ASYNC));
        let name = self.named();
        let mut generics = self.generics();
        let mut method = false;
        let params = self
            .inside(|parser| parser.separated(b',', |parser| parser.param(&mut method)))
            .unwrap_or_default();
        let returns_start = self.at;
        let returns = self.eat_pair(*b"->").then(|| self.ty());
        let returns_text = if returns.is_some() {
            self.squeezed(returns_start + 2, self.at)
        } else {
            String::new()
        };
        self.wheres(&mut generics);
        self.inner.push(Vec::new());
        let (mute, no_struct) = (
            std::mem::take(&mut self.mute),
            std::mem::take(&mut self.no_struct),
        );
        let body = self.is_open(b'{').then(|| self.block());
        (self.mute, self.no_struct) = (mute, no_struct);
        let inner = self.inner.pop().unwrap_or_default();
        self.eat(b';');
        let function = FnItem {
            generics,
            method,
            params,
            returns,
            body,
            returns_text,
            inner,
            is_async,
        };
        self.finish(head, ItemKind::Fn(Box::new(function)), name)
    }

    /// A parameter; `self` in all its forms is noted and left out.
    fn param(&mut self, method: &mut bool) -> Option<Param> {
        self.skip_attributes();
        let before = self.at;
        while self.eat(b'&') || self.eat_kw(kw::MUT) || matches!(self.kind(0), Kind::Lifetime) {
            self.at += usize::from(matches!(self.kind(0), Kind::Lifetime));
        }
        if self.eat_kw(kw::SELF_VALUE) {
            *method = true;
            if self.eat(b':') {
                self.ty();
            }
            return None;
        }
        self.at = before;
        if self.is(b'.') {
            while self.eat(b'.') {}
            return None;
        }
        let pat = self.pat();
        let ty_at = self.at + 1;
        let ty = if self.eat(b':') { self.ty() } else { Ty::Infer };
        let text = self.squeezed(ty_at, self.at);
        Some(Param { pat, ty, text })
    }

    fn constant(&mut self, head: Head) -> ItemId {
        // `static mut`, `static ref` (lazy_static), `const _`
        if matches!(self.kind(1), Kind::Ident(kw::MUT | kw::REF)) {
            self.at += 1;
        }
        let name = if self.kind(1) == Kind::Ident(kw::UNDERSCORE) {
            self.at += 2;
            None
        } else {
            self.named()
        };
        let _ = self.generics();
        let ty = if self.eat(b':') { self.ty() } else { Ty::Infer };
        // Items of a block in it belong nowhere.
        self.inner.push(Vec::new());
        let value = self.eat(b'=').then(|| self.expr());
        self.inner.pop();
        self.eat(b';');
        self.finish(head, ItemKind::Const { ty, value }, name)
    }

    /// `extern crate a as b;` is an import, a foreign block holds nothing of interest.
    fn foreign(&mut self, head: Head) -> Option<ItemId> {
        self.at += 1;
        if self.eat_kw(kw::CRATE) {
            let name = self.ident()?;
            let alias = self.use_alias(name);
            self.eat(b';');
            let leaf = UseLeaf {
                global: true,
                path: vec![name],
                alias: Some(alias),
                at: self.range_from(head.start),
            };
            return Some(self.finish(head, ItemKind::Use(vec![leaf]), None));
        }
        while !self.ended() && !self.is_open(b'{') && !self.is(b';') {
            self.at += 1;
        }
        self.skip();
        None
    }
}

/// The names a pattern binds.
pub(in crate::analyze) fn bound_names(pat: &Pat, found: &mut Vec<Name>) {
    match pat {
        Pat::Wild => {}
        Pat::Bind { name, inner } => {
            found.push(*name);
            if let Some(inner) = inner {
                bound_names(inner, found);
            }
        }
        Pat::Ref(inner) => bound_names(inner, found),
        Pat::Tuple(fields)
        | Pat::Slice(fields)
        | Pat::Or(fields)
        | Pat::TupleStruct { fields, .. } => {
            for field in fields {
                bound_names(field, found);
            }
        }
        Pat::Struct { fields, .. } => {
            for (_, field) in fields {
                bound_names(field, found);
            }
        }
    }
}
