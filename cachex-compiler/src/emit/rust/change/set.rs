//! Setters: one image on a create or delete, two on an update, and fields that were set without their values.

use super::super::names;
use super::super::text::{Function, Text};
use super::{Shape, Told, Value};
use crate::model::{AttributeId, Cardinality, FieldSet};

const ONE: &str = "_codegen::One<Kind>";
const TWO: &str = "_codegen::Two<Fields>";
const ONLY: &str = "_codegen::Two<_codegen::Only>";

/// Setters of a create or delete.
pub(super) fn one_sided(out: &mut Text, shape: &Shape) {
    if shape.has_values() {
        let states = shape.states();
        shape.implementation(out, "Kind", &states, ONE, |out| {
            for (attribute, value) in shape.values() {
                of_one_image(out, shape, attribute, value);
            }
        });
    }
}

/// Setters of an update, or of a change that may be one.
pub(super) fn two_sided(out: &mut Text, shape: &Shape) {
    if shape.has_values() {
        shape.implementation(out, "Fields", &shape.triggered(), TWO, |out| {
            for (attribute, value) in shape.values() {
                changed(out, shape, attribute, value);
                kept(out, shape, attribute, value);
            }
        });
    }
}

/// Fields that were set, without their values: those without a type, and, for attributes, all of them.
pub(super) fn fields(out: &mut Text, shape: &Shape) {
    if !shape.attributes.is_empty() {
        shape.implementation(out, "", &shape.triggered(), ONLY, |out| {
            for attribute in &shape.attributes {
                field(out, shape, attribute);
            }
        });
    }
}

fn of_one_image(out: &mut Text, shape: &Shape, attribute: &Told, value: &Value) {
    let (index, image) = (attribute.id.0, value.image());
    out.gap();
    out.doc(&format!(
        "Its `{}` when it was created, or until it was deleted.",
        attribute.name
    ));
    out.function(
        &Function {
            name: &format!("pub fn {}", names::setter(&attribute.name)),
            arguments: &["self".to_owned(), format!("it: impl {}", value.given())],
            returns: &shape.told(attribute.id, ONE, FieldSet::NONE),
            bounds: &[],
        },
        &format!("Change(self.0.image({index}, {image}(it)), _codegen::PhantomData)"),
    );
}

fn changed(out: &mut Text, shape: &Shape, attribute: &Told, value: &Value) {
    let (index, image, given) = (attribute.id.0, value.image(), value.given());
    let (before, after) = (
        format!("before: impl {given}"),
        format!("after: impl {given}"),
    );
    out.gap();
    out.doc(&format!("Its `{}` was changed.", attribute.name));
    out.function(
        &Function {
            name: &format!("pub fn {}", names::setter(&attribute.name)),
            arguments: &["self".to_owned(), before, after],
            returns: &shape.told(attribute.id, TWO, FieldSet::one(attribute.id)),
            bounds: &[],
        },
        &format!(
            "Change(self.0.moved({index}, {image}(before), {image}(after)), _codegen::PhantomData)"
        ),
    );
}

fn kept(out: &mut Text, shape: &Shape, attribute: &Told, value: &Value) {
    let (index, image) = (attribute.id.0, value.image());
    out.gap();
    out.doc(&format!("Its `{}`, which was not changed.", attribute.name));
    out.function(
        &Function {
            name: &format!("pub fn {}", names::kept(&attribute.name)),
            arguments: &["self".to_owned(), format!("it: impl {}", value.given())],
            returns: &shape.told(attribute.id, TWO, FieldSet::NONE),
            bounds: &[],
        },
        &format!("Change(self.0.kept({index}, {image}(it)), _codegen::PhantomData)"),
    );
}

fn field(out: &mut Text, shape: &Shape, attribute: &Told) {
    let returns = shape.set(attribute.id);
    let body = format!(
        "Change(self.0.set({}), _codegen::PhantomData)",
        attribute.id.0
    );
    let method = |out: &mut Text, name: &str| {
        let function = Function {
            name: &format!("pub fn {name}"),
            arguments: &["self".to_owned()],
            returns: &returns,
            bounds: &[],
        };
        out.function(&function, &body);
    };
    if attribute.value.is_none() {
        out.gap();
        out.doc(&format!("Its `{}` was set.", attribute.name));
        method(out, &names::setter(&attribute.name));
    }
    out.gap();
    out.line("#[doc(hidden)]");
    method(out, &names::flag(&attribute.name));
}

impl Value {
    /// What can be given for it.
    fn given(&self) -> String {
        let rust = &self.rust;
        match self.cardinality {
            Cardinality::One => format!("_codegen::Give<{rust}>"),
            Cardinality::Optional => format!("_codegen::Give<Option<{rust}>>"),
            Cardinality::Many => format!("_codegen::Give<_codegen::Many<{rust}>>"),
        }
    }

    /// What makes an image of it.
    fn image(&self) -> String {
        let (rust, scalar) = (&self.rust, &self.scalar);
        let made_by = match self.cardinality {
            Cardinality::One => "one",
            Cardinality::Optional => "optional",
            Cardinality::Many => "many",
        };
        format!("_codegen::Image::{made_by}::<{scalar}, {rust}>")
    }
}

impl Shape {
    fn values(&self) -> impl Iterator<Item = (&Told, &Value)> {
        let told = self.attributes.iter();
        told.filter_map(|attribute| Some((attribute, attribute.value.as_ref()?)))
    }

    fn has_values(&self) -> bool {
        self.values().next().is_some()
    }

    /// Its type parameters, those that a set field may turn with the bound which says into what.
    fn triggered(&self) -> Vec<String> {
        self.needed
            .iter()
            .map(|needed| {
                if needed.is_triggered() {
                    format!("{}: _codegen::Need", needed.state)
                } else {
                    needed.state.clone()
                }
            })
            .collect()
    }

    /// The change after an attribute was told, and these fields were set.
    fn told(&self, attribute: AttributeId, action: &str, set: FieldSet) -> String {
        self.change(action, |needed| {
            if needed.attribute == attribute {
                "_codegen::Given".to_owned()
            } else {
                needed.after(set)
            }
        })
    }

    /// The change after an attribute was set, its values untold.
    fn set(&self, attribute: AttributeId) -> String {
        self.change(ONLY, |needed| needed.after(FieldSet::one(attribute)))
    }
}
