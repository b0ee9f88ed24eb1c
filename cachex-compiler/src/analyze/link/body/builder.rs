//! Builders that a derive makes beside a type: what `PostBuilder` builds is a `Post`.

use super::Body;
use crate::analyze::link::orm::derives;
use crate::analyze::link::types::{TyId, Type};
use crate::analyze::link::world::Def;

impl Body<'_, '_> {
    /// What a method of such a builder gives: itself, or at the end what it is for.
    pub(super) fn of_builder(&mut self, ty: TyId, name: &str, method: &str) -> Option<TyId> {
        let built = name
            .strip_suffix("Builder")
            .filter(|name| !name.is_empty())?;
        let built = self.world().symbols.intern(built);
        let scope = self.ctx.scope?;
        let defs = self.world().segments(scope, &[built], false).defs;
        let adt = defs.iter().find_map(|def| match def {
            Def::Adt(adt) => Some(*adt),
            _ => None,
        })?;
        let found = self.program.world.adts.get(adt.index())?;
        let item = self.program.world.item(found.file, found.item)?;
        if !derives(&item.attributes, &["Builder"]) {
            return None;
        }
        if method != "build" {
            return Some(ty);
        }
        let built = self.world().ty(Type::Adt(adt, Box::default()));
        Some(self.world().external_ty("Result", &[built]))
    }
}
