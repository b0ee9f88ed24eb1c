//! Setters of references and fields: those of a name are written once for all entities that have it, unless entities
//! disagree about what they look like.

use std::collections::{BTreeMap, BTreeSet};

use super::super::names;
use super::super::text::{Text, quoted};
use super::Shape;

/// Which attributes there are, and whose setters are written where.
pub(in super::super) struct Setters {
    /// Every name, and whether it has a type: somewhere it may, elsewhere not.
    all: BTreeSet<(String, bool)>,
    /// Names whose setters each entity has for itself: another would be called alike.
    own: BTreeSet<String>,
}

impl Setters {
    pub(in super::super) fn of(shapes: &[Shape]) -> Self {
        let attributes = shapes.iter().flat_map(|shape| &shape.attributes);
        let all: BTreeSet<(String, bool)> = attributes
            .map(|it| (it.name.clone(), it.holds.is_some()))
            .collect();
        let mut callers: BTreeMap<String, BTreeSet<&(String, bool)>> = BTreeMap::new();
        for attribute in &all {
            let (name, typed) = attribute;
            let kept = typed.then(|| names::kept(name));
            for method in std::iter::once(names::setter(name)).chain(kept) {
                callers.entry(method).or_default().insert(attribute);
            }
        }
        let own = callers
            .values()
            .filter(|attributes| attributes.len() > 1)
            .flatten()
            .map(|(name, _)| name.clone())
            .collect();
        Self { all, own }
    }

    fn shared(&self, wanted: bool) -> Vec<&str> {
        let shared = self
            .all
            .iter()
            .filter(|(name, typed)| *typed == wanted && !self.own.contains(name));
        shared.map(|(name, _)| name.as_str()).collect()
    }
}

/// What stands for the attributes' names.
pub(in super::super) fn names(out: &mut Text, setters: &Setters) {
    let names: BTreeSet<&str> = setters.all.iter().map(|(name, _)| name.as_str()).collect();
    out.gap();
    out.doc("The names of references and fields.");
    out.line("#[doc(hidden)]");
    out.line("#[allow(non_camel_case_types)]");
    out.block("pub mod _fields {", "}", |out| {
        for name in names {
            out.line(&format!("pub enum {} {{}}", names::identifier(name)));
        }
    });
}

/// The setters that are the same for all entities.
pub(in super::super) fn shared(out: &mut Text, setters: &Setters) {
    let all = "[Entity: _codegen::Written]";
    typed(out, all, &setters.shared(true));
    flags(out, all, &setters.shared(false));
}

/// The setters of an entity that others don't share.
pub(super) fn own(out: &mut Text, shape: &Shape, setters: &Setters) {
    let own = |typed: bool| -> Vec<&str> {
        let attributes = shape.attributes.iter();
        attributes
            .filter(|it| it.holds.is_some() == typed && setters.own.contains(&it.name))
            .map(|it| it.name.as_str())
            .collect()
    };
    typed(out, "[]", &own(true));
    flags(out, "[]", &own(false));
}

fn typed(out: &mut Text, of: &str, attributes: &[&str]) {
    each(out, "setters", of, attributes, |name| {
        format!("{} {}", names::setter(name), names::kept(name))
    });
}

fn flags(out: &mut Text, of: &str, attributes: &[&str]) {
    each(out, "flags", of, attributes, names::setter);
}

/// `_codegen::setters! { [‹whose›] … author author_kept author "author" … }`
fn each(
    out: &mut Text,
    made_by: &str,
    of: &str,
    attributes: &[&str],
    methods: impl Fn(&str) -> String,
) {
    if attributes.is_empty() {
        return;
    }
    out.gap();
    out.block(&format!("_codegen::{made_by}! {{"), "}", |out| {
        out.line(of);
        for name in attributes {
            let (methods, marker) = (methods(name), names::identifier(name));
            out.line(&format!("{methods} {marker} {}", quoted(name)));
        }
    });
}
