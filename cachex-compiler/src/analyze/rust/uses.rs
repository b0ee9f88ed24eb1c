//! `use` trees, one leaf for each name they bring in.

use super::item::Head;
use super::parser::{Parser, kw};
use super::tree::{ItemId, ItemKind, Name, UseLeaf};

impl Parser<'_> {
    pub(super) fn import(&mut self, head: Head) -> ItemId {
        self.at += 1;
        let global = self.eat_pair(*b"::");
        let mut leaves = Vec::new();
        self.use_tree(&mut Vec::new(), global, &mut leaves);
        self.eat(b';');
        self.finish(head, ItemKind::Use(leaves), None)
    }

    pub(super) fn use_tree(
        &mut self,
        prefix: &mut Vec<Name>,
        global: bool,
        leaves: &mut Vec<UseLeaf>,
    ) {
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

    pub(super) fn use_alias(&mut self, name: Name) -> Name {
        if !self.eat_kw(kw::AS) {
            return name;
        }
        if self.eat_kw(kw::UNDERSCORE) {
            kw::UNDERSCORE
        } else {
            self.ident().unwrap_or(name)
        }
    }
}
