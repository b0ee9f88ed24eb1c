//! Items and attributes.

use super::attribute::is_test;
use super::lex::{Kind, unescape};
use super::parser::{Parser, kw};
use super::tree::{
    Attr, FieldDef, FnItem, Generics, Item, ItemId, ItemKind, Name, Param, Pat, Range, Ty, UseLeaf,
    Variant,
};

/// What stands before an item's keyword.
struct Head {
    attributes: Vec<Attr>,
    start: u32,
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

    fn items_inside(&mut self) -> Vec<ItemId> {
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

    fn finish(&mut self, head: Head, kind: ItemKind, name: Option<(Name, Range)>) -> ItemId {
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
    fn named(&mut self) -> Option<(Name, Range)> {
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

    fn visibility(&mut self) {
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

    fn import(&mut self, head: Head) -> ItemId {
        self.at += 1;
        let global = self.eat_pair(*b"::");
        let mut leaves = Vec::new();
        self.use_tree(&mut Vec::new(), global, &mut leaves);
        self.eat(b';');
        self.finish(head, ItemKind::Use(leaves), None)
    }

    fn use_tree(&mut self, prefix: &mut Vec<Name>, global: bool, leaves: &mut Vec<UseLeaf>) {
        let depth = prefix.len();
        let start = self.here();
        loop {
            if self.is(b'*') {
                self.at += 1;
                leaves.push(UseLeaf {
                    global,
                    path: prefix.clone(),
                    alias: None,
                    at: self.range_from(start),
                });
                break;
            }
            if self.is_open(b'{') {
                self.deeper(|parser| {
                    parser.inside(|parser| {
                        parser.separated(b',', |parser| {
                            let global = global || (prefix.is_empty() && parser.eat_pair(*b"::"));
                            parser.use_tree(prefix, global, leaves);
                            Some(())
                        })
                    })
                });
                break;
            }
            let Some(name) = self.ident() else {
                self.fail("a path was expected");
                break;
            };
            prefix.push(name);
            if self.eat_pair(*b"::") {
                continue;
            }
            // `use a::b::{self}` brings in `b`.
            let own = match prefix.as_slice() {
                [.., module, _] if name == kw::SELF_VALUE => *module,
                _ => name,
            };
            let alias = self.use_alias(own);
            leaves.push(UseLeaf {
                global,
                path: prefix.clone(),
                alias: Some(alias),
                at: self.range_from(start),
            });
            break;
        }
        prefix.truncate(depth);
    }

    fn use_alias(&mut self, name: Name) -> Name {
        if !self.eat_kw(kw::AS) {
            return name;
        }
        if self.eat_kw(kw::UNDERSCORE) {
            kw::UNDERSCORE
        } else {
            self.ident().unwrap_or(name)
        }
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

    fn structure(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let mut generics = self.generics();
        self.wheres(&mut generics);
        let fields = self.fields();
        self.wheres(&mut generics);
        self.eat(b';');
        self.finish(head, ItemKind::Struct { generics, fields }, name)
    }

    fn fields(&mut self) -> Vec<FieldDef> {
        let tuple = self.is_open(b'(');
        if !tuple && !self.is_open(b'{') {
            return Vec::new();
        }
        let mut index = 0usize;
        self.inside(|parser| {
            parser.separated(b',', |parser| {
                parser.skip_attributes();
                parser.visibility();
                let name = if tuple {
                    parser
                        .names
                        .intern(DIGITS.get(index).copied().unwrap_or("_"))
                } else {
                    let name = parser.ident()?;
                    parser.eat(b':');
                    name
                };
                index += 1;
                let ty = parser.ty();
                // `field: T = default` is to come.
                if parser.eat(b'=') {
                    parser.expr();
                }
                Some(FieldDef { name, ty })
            })
        })
        .unwrap_or_default()
    }

    fn enumeration(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let mut generics = self.generics();
        self.wheres(&mut generics);
        let variants = self.inside(|parser| {
            parser.separated(b',', |parser| {
                let attributes = parser.attributes();
                parser.visibility();
                let name = parser.ident()?;
                let fields = parser.fields();
                if parser.eat(b'=') {
                    parser.expr();
                }
                Some(Variant {
                    name,
                    fields,
                    attributes,
                })
            })
        });
        self.finish(
            head,
            ItemKind::Enum {
                generics,
                variants: variants.unwrap_or_default(),
            },
            name,
        )
    }

    fn alias(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let mut generics = self.generics();
        if self.eat(b':') {
            self.bounds();
        }
        self.wheres(&mut generics);
        let ty = self.eat(b'=').then(|| self.ty());
        self.wheres(&mut generics);
        self.eat(b';');
        self.finish(head, ItemKind::Alias { generics, ty }, name)
    }

    fn interface(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let mut generics = self.generics();
        let supers = if self.eat(b':') {
            self.bounds()
        } else {
            Vec::new()
        };
        if self.eat(b'=') {
            self.bounds();
        }
        self.wheres(&mut generics);
        let items = self.items_inside();
        self.eat(b';');
        self.finish(
            head,
            ItemKind::Trait {
                generics,
                supers,
                items,
            },
            name,
        )
    }

    fn implementation(&mut self, head: Head) -> ItemId {
        self.at += 1;
        // `impl<T> …`, but `impl <T as Trait>::Type { … }` hardly occurs.
        let mut generics = if self.is(b'<') {
            self.generics()
        } else {
            Generics::default()
        };
        self.eat_kw(kw::CONST);
        self.eat(b'!');
        let first = self.ty();
        let (of, ty) = if self.eat_kw(kw::FOR) {
            let of = match first {
                Ty::Path(path) => Some(path),
                _ => None,
            };
            (of, self.ty())
        } else {
            (None, first)
        };
        self.wheres(&mut generics);
        let items = self.items_inside();
        self.finish(
            head,
            ItemKind::Impl {
                generics,
                of,
                ty,
                items,
            },
            None,
        )
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

const DIGITS: [&str; 24] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23",
];

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
