//! Items that define types: structs, enums, aliases, traits, impls.

use super::item::Head;
use super::parser::{Parser, kw};
use super::tree::{FieldDef, Generics, ItemId, ItemKind, Ty, Variant};

pub(super) const DIGITS: [&str; 24] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23",
];

impl Parser<'_> {
    pub(super) fn structure(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let mut generics = self.generics();
        self.wheres(&mut generics);
        let fields = self.fields();
        self.wheres(&mut generics);
        self.eat(b';');
        self.finish(head, ItemKind::Struct { generics, fields }, name)
    }

    pub(super) fn fields(&mut self) -> Vec<FieldDef> {
        let tuple = self.is_open(b'(');
        if !tuple && !self.is_open(b'{') {
            return Vec::new();
        }
        let mut index = 0usize;
        self.inside(|parser| {
            parser.separated(b',', |parser| {
                let attributes = parser.attributes_of_orms();
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
                Some(FieldDef {
                    name,
                    ty,
                    attributes,
                })
            })
        })
        .unwrap_or_default()
    }

    pub(super) fn enumeration(&mut self, head: Head) -> ItemId {
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

    pub(super) fn alias(&mut self, head: Head) -> ItemId {
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

    pub(super) fn interface(&mut self, head: Head) -> ItemId {
        let name = self.named();
        let mut generics = self.generics();
        let mut supers = if self.eat(b':') {
            self.bounds()
        } else {
            Vec::new()
        };
        if self.eat(b'=') {
            self.bounds();
        }
        self.wheres(&mut generics);
        // `trait Ops where Self: Store` is `trait Ops: Store`.
        let is_self = |ty: &Ty| {
            matches!(ty, Ty::Path(path)
            if matches!(path.segments.as_slice(), [only] if only.name == kw::SELF_TYPE))
        };
        let own = generics.wheres.iter().filter(|(ty, _)| is_self(ty));
        supers.extend(own.flat_map(|(_, bounds)| bounds.clone()));
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

    pub(super) fn implementation(&mut self, head: Head) -> ItemId {
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
}
