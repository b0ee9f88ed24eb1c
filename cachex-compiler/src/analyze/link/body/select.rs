//! Queries whose rows have a type: SeaORM's selects, and Diesel's of `as_select()`.

use super::Body;
use super::method::MethodParts;
use crate::analyze::link::symbols::Sym;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};
use crate::analyze::link::world::Role;

impl<'a> Body<'_, 'a> {
    /// What SeaORM's pages of rows give.
    pub(super) fn page(&mut self, receiver: TyId, method: &str) -> Option<TyId> {
        let (name, args) = self.program.world.external_name(receiver)?;
        let row = *args.first().filter(|_| name == "Paginator")?;
        let rows = self.world().external_ty("Vec", &[row]);
        let found = match method {
            "fetch" | "fetch_page" => rows,
            "fetch_and_next" => self.world().external_ty("Option", &[rows]),
            "into_stream" => {
                let item = self.world().external_ty("Result", &[rows]);
                return Some(self.world().external_ty("Stream", &[item]));
            }
            _ => return None,
        };
        Some(self.world().external_ty("Result", &[found]))
    }

    /// The entity of a select, also where a signature says `Select<Entity>`.
    pub(super) fn selected(&mut self, ty: TyId) -> Option<TyId> {
        if let Type::Select(entity) = *self.program.world.type_of(ty) {
            return Some(entity);
        }
        let (name, args) = self.program.world.external_name(ty)?;
        let entity = *args.first().filter(|_| name == "Select")?;
        (self.world().role_of(entity) == Some(Role::Entity)).then_some(entity)
    }

    /// What a select of SeaORM gives.
    pub(super) fn select_method(
        &mut self,
        parts: &MethodParts<'a>,
        receiver: TyId,
        name: Sym,
        _expected: TyId,
    ) -> Option<TyId> {
        let entity = self.selected(receiver)?;
        let receiver = self.world().ty(Type::Select(entity));
        let method = self.program.world.text(name).to_owned();
        let types = self.arguments(parts.args, &[]);
        let model = match self.program.world.type_of(entity).clone() {
            Type::Tuple(pair)
                if pair
                    .iter()
                    .any(|entity| self.program.world.role_of(*entity) == Some(Role::Entity)) =>
            {
                let models: Vec<TyId> = pair
                    .iter()
                    .map(|entity| {
                        self.world()
                            .sibling(*entity, Role::Model)
                            .unwrap_or(UNKNOWN)
                    })
                    .collect();
                let second = models.get(1).copied().unwrap_or(UNKNOWN);
                let second = self.world().external_ty("Option", &[second]);
                self.world()
                    .tuple(vec![models.first().copied().unwrap_or(UNKNOWN), second])
            }
            _ => self.world().sibling(entity, Role::Model).unwrap_or(entity),
        };
        if self.program.world.role_of(entity) != Some(Role::Entity)
            && matches!(
                method.as_str(),
                "get_result" | "first" | "load" | "get_results"
            )
        {
            let many = matches!(method.as_str(), "load" | "get_results");
            let rows = if many {
                self.world().external_ty("Vec", &[model])
            } else {
                model
            };
            return Some(self.world().external_ty("Result", &[rows]));
        }
        Some(match method.as_str() {
            "one" => {
                let inner = self.world().external_ty("Option", &[model]);
                self.world().external_ty("Result", &[inner])
            }
            "all" => {
                let inner = self.world().external_ty("Vec", &[model]);
                self.world().external_ty("Result", &[inner])
            }
            "stream" => {
                let item = self.world().external_ty("Result", &[model]);
                let inner = self.world().external_ty("Stream", &[item]);
                self.world().external_ty("Result", &[inner])
            }
            "find_also_related" | "find_also_linked" | "find_with_related" => {
                let other = types.first().copied().unwrap_or(UNKNOWN);
                let pair = self.world().tuple(vec![entity, other]);
                self.world().ty(Type::Select(pair))
            }
            "into_model" | "into_partial_model" => {
                let ctx = self.ctx.clone();
                let ty = parts
                    .turbofish
                    .first()
                    .map_or(UNKNOWN, |ty| self.world().lower(ty, &ctx));
                self.world().ty(Type::Select(ty))
            }
            "paginate" => self.world().external_ty("Paginator", &[model]),
            "into_tuple" | "into_json" | "count" | "select_only" if method != "select_only" => {
                UNKNOWN
            }
            _ => receiver,
        })
    }
}
