//! A change taken apart: each image by itself, and what counts as updated with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Action, AttributeId, Entity, EntityId, FieldSet, Schema, WhereField};
use crate::plan::{Change, Given, Value};

/// One image of one entity that was changed, or counts as updated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pub(super) entity: EntityId,
    pub(super) action: Action,
    pub(super) set: FieldSet,
    pub(super) identity: Known,
    pub(super) attributes: BTreeMap<AttributeId, Known>,
}

/// The values something has; `None`: not known. An absent one is the value `None`.
pub(super) type Known = Option<BTreeSet<Option<Value>>>;

pub(super) fn sides(schema: &Schema, change: &Change) -> BTreeSet<Side> {
    let written = change.images.iter().map(|image| Side {
        entity: change.entity,
        action: change.action,
        set: change.set,
        identity: known(&image.identity).map(|values| {
            let identity = schema.entity(change.entity);
            values
                .into_iter()
                .map(|value| identified(schema, identity, value))
                .collect()
        }),
        attributes: image
            .attributes
            .iter()
            .map(|(attribute, given)| {
                let declared = schema.entity(change.entity).attribute(*attribute);
                let values = known(given).map(|values| match declared.ty() {
                    Some(ty) => values
                        .into_iter()
                        .map(|value| value.map(|value| value.normalised(schema, &ty)))
                        .collect(),
                    None => values,
                });
                (*attribute, values)
            })
            .collect(),
    });
    let mut waiting: Vec<Side> = written.collect();
    let mut sides = BTreeSet::new();
    while let Some(side) = waiting.pop() {
        if sides.insert(side.clone()) {
            waiting.extend(touched(schema, &side));
        }
    }
    sides
}

fn known(given: &Given) -> Known {
    match given {
        Given::Unknown => None,
        Given::Absent => Some(BTreeSet::from([None])),
        Given::One(value) => Some(BTreeSet::from([Some(value.clone())])),
        Given::Many(values) => Some(values.iter().cloned().map(Some).collect()),
    }
}

fn identified(schema: &Schema, entity: &Entity, value: Option<Value>) -> Option<Value> {
    match (value?, entity.identity.components.as_slice()) {
        (value, [component]) => Some(value.normalised(schema, &component.ty)),
        (Value::Components(values), components) => Some(Value::Components(
            values
                .into_iter()
                .zip(components)
                .map(|(value, component)| value.normalised(schema, &component.ty))
                .collect(),
        )),
        (value @ Value::Text(_), _) => Some(value),
    }
}

/// "A change of a picture is also an update of its post": one for each value of the reference, none for an absent one,
/// one of an unknown post where it isn't known.
fn touched(schema: &Schema, side: &Side) -> Vec<Side> {
    let entity = schema.entity(side.entity);
    let mut found = Vec::new();
    for touch in &entity.touches {
        for (_, _, target) in entity
            .references()
            .filter(|(id, _, _)| *id == touch.reference)
        {
            let derive = |identity: Known| Side {
                entity: target,
                action: Action::Update,
                set: touch.fields,
                identity,
                attributes: BTreeMap::new(),
            };
            match read(entity, side, WhereField::Attribute(touch.reference)) {
                None => found.push(derive(None)),
                Some(values) => found.extend(
                    values
                        .into_iter()
                        .filter(Option::is_some)
                        .map(|value| derive(Some(BTreeSet::from([value])))),
                ),
            }
        }
    }
    found
}

/// What is known of a field of the changed entity.
pub(super) fn read(entity: &Entity, side: &Side, field: WhereField) -> Known {
    let component = |index: usize| {
        let [.., _, _] = entity.identity.components.as_slice() else {
            return side.identity.clone();
        };
        let values = side.identity.as_ref()?.iter().map(|value| match value {
            Some(Value::Components(components)) => components.get(index).cloned(),
            Some(Value::Text(_)) | None => None,
        });
        Some(values.collect())
    };
    match field {
        WhereField::Identity => side.identity.clone(),
        WhereField::Component(index) => component(usize::from(index)),
        WhereField::Attribute(attribute) => {
            let index = entity
                .identity
                .components
                .iter()
                .position(|component| component.reference == Some(attribute));
            index
                .and_then(component)
                .or_else(|| side.attributes.get(&attribute).cloned().flatten())
        }
    }
}
