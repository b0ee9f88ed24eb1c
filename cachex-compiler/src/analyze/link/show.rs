//! Types as text: in facts, and to tell instances apart.

use super::types::{DEPTH, TraitRef, TyId, Type, UNKNOWN};
use super::world::{Def, World};

impl World<'_> {
    /// A type for people: canonical paths, arguments kept.
    pub(crate) fn show(&self, ty: TyId) -> String {
        self.show_at(ty, 0)
    }

    pub(super) fn show_at(&self, ty: TyId, depth: usize) -> String {
        if depth > DEPTH {
            return "_".to_owned();
        }
        let with = |name: String, args: &[TyId]| {
            if args.iter().all(|arg| *arg == UNKNOWN) {
                name
            } else {
                format!(
                    "{name}<{}>",
                    args.iter()
                        .map(|arg| self.show_at(*arg, depth + 1))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            }
        };
        let bounds = |bounds: &[TraitRef]| {
            bounds
                .iter()
                .map(|bound| self.show_def(bound.def))
                .collect::<Vec<_>>()
                .join(" + ")
        };
        match self.type_of(ty) {
            Type::Adt(adt, args) => with(
                self.adts
                    .get(adt.index())
                    .map_or(String::new(), |adt| adt.path.clone()),
                args,
            ),
            Type::External(path, args) => with(self.text(*path).to_owned(), args),
            Type::Param(name) => self.text(*name).to_owned(),
            Type::Dyn(traits) => format!("dyn {}", bounds(traits)),
            Type::Opaque(traits) => format!("impl {}", bounds(traits)),
            Type::Tuple(elements) => format!(
                "({})",
                elements
                    .iter()
                    .map(|ty| self.show_at(*ty, depth + 1))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            Type::Slice(inner) => format!("[{}]", self.show_at(*inner, depth + 1)),
            Type::Table(table) => self
                .tables
                .get(table.index())
                .map_or(String::new(), |table| table.name.clone()),
            Type::Text => "str".to_owned(),
            _ => "_".to_owned(),
        }
    }

    pub(crate) fn show_def(&self, def: Def) -> String {
        match def {
            Def::Trait(id) => self
                .traits
                .get(id.index())
                .map_or(String::new(), |found| found.path.clone()),
            Def::Adt(id) => self
                .adts
                .get(id.index())
                .map_or(String::new(), |found| found.path.clone()),
            Def::Mod(id) => self
                .modules
                .get(id.index())
                .map_or(String::new(), |found| found.path.clone()),
            Def::External(path) => self.text(path).to_owned(),
            _ => String::new(),
        }
    }
}
