//! What an entity says of itself and of each of its attributes.

use super::super::field;
use super::super::names;
use super::super::text::Text;
use super::{Shape, Told};
use crate::model::{AttributeId, FieldSet};

/// `impl Written`, and `impl Scoped`.
pub(super) fn entity(out: &mut Text, shape: &Shape) {
    out.gap();
    out.block("impl _codegen::Written for Entity {", "}", |out| {
        out.line(&format!("const INDEX: u32 = {};", shape.index));
        out.line(&format!("type Identity = {};", shape.identity));
    });
    if shape.scoped {
        out.gap();
        out.line("impl _codegen::Scoped for Entity {}");
    }
}

/// `impl Has`, for each attribute.
pub(super) fn attributes(out: &mut Text, shape: &Shape) {
    for attribute in &shape.attributes {
        let (marker, at) = (marker(&attribute.name), shape.at(attribute));
        out.gap();
        out.block(
            &format!("impl _codegen::Has<{marker}> for Entity {{"),
            "}",
            |out| {
                out.line(&format!("type Is = {at};"));
            },
        );
    }
}

/// What stands for an attribute's name: `super::_fields::title`.
fn marker(name: &str) -> String {
    format!("super::_fields::{}", names::identifier(name))
}

impl Shape {
    /// `_codegen::At<0, ‹holds›, ‹place of its state›, ‹places of those it asks for›>`, what is as by default left out.
    fn at(&self, attribute: &Told) -> String {
        let index = attribute.id.0;
        let holds = attribute.holds.as_deref().unwrap_or("_codegen::Untyped");
        let (own, asks) = (self.place(attribute.id), self.asks(attribute.id));
        let parts = match (&attribute.holds, own, asks.is_empty()) {
            (_, own, false) => {
                let asks: Vec<&str> = asks.iter().map(String::as_str).collect();
                let own = own.unwrap_or_else(|| "_codegen::NoPlace".to_owned());
                format!("{index}, {holds}, {own}, {}", field::list(&asks))
            }
            (_, Some(own), true) => format!("{index}, {holds}, {own}"),
            (Some(_), None, true) => format!("{index}, {holds}"),
            (None, None, true) => index.to_string(),
        };
        format!("_codegen::At<{parts}>")
    }

    /// The place of an attribute's state: `_codegen::Then<_codegen::First>`.
    fn place(&self, attribute: AttributeId) -> Option<String> {
        let place = self
            .needed
            .iter()
            .position(|needed| needed.attribute == attribute)?;
        Some(nth(place))
    }

    /// The places of the states that are asked for once an attribute is set.
    fn asks(&self, attribute: AttributeId) -> Vec<String> {
        let set = FieldSet::one(attribute);
        let needed = self.needed.iter().enumerate();
        needed
            .filter(|(_, needed)| needed.is_asked_by(set))
            .map(|(place, _)| nth(place))
            .collect()
    }
}

fn nth(place: usize) -> String {
    let mut text = "_codegen::Then<".repeat(place);
    text.push_str("_codegen::First");
    text.push_str(&">".repeat(place));
    text
}
