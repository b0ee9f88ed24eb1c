//! `SCHEMA`: what the runtime must know of the rules, as one text, each step with the rules it comes from.
//!
//! The notation is the runtime's (`plan/mod.rs` there), which reads the text once. Keeps true: names and encoded texts
//! hold no white space, so that words stay apart.

use std::fmt::Write as _;
use std::time::Duration;

use super::literal::canonical;
use super::text::Text;
use super::types::Types;
use crate::model::{
    Action, AttributeId, Cache, CacheId, Cardinality, Dimension, DimensionKind, DimensionType,
    Entity, EntityId, FieldSet, KeyPart, Scalar, Schema, Ttl, WhereField,
};
use crate::plan::{Because, Facet, Plan, Source, Step};

/// `SCHEMA`.
pub(super) fn schema(out: &mut Text, types: &Types<'_>, schema: &Schema, plan: &Plan) {
    let text = text(types, schema, plan);
    let fence = fence(&text);
    out.gap();
    out.doc("What `cachex.yaml` says: caches with their facets, and what the changes of each entity clear.");
    out.line("pub static SCHEMA: _codegen::Plan = _codegen::Plan::new(|| {");
    out.raw(&format!("    _codegen::plan(r{fence}\"{text}\"{fence})\n"));
    out.line("});");
}

/// Enough of `#` to hold a text.
fn fence(text: &str) -> String {
    let mut fence = String::new();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    fence
}

/// The plan in the runtime's notation.
pub(super) fn text(types: &Types<'_>, schema: &Schema, plan: &Plan) -> String {
    let mut out = Writing {
        types,
        schema,
        plan,
        out: String::from("plan 1\n"),
    };
    out.push(&["namespace ", &canonical(&schema.namespace.value), "\n"]);
    if let Some((scope, _)) = &schema.scope {
        out.push(&["scope ", &scope.value, "\n"]);
    }
    let mut orders = vec![0; schema.caches.len()];
    for (order, cache) in plan.order.iter().enumerate() {
        if let Some(place) = orders.get_mut(cache.0 as usize) {
            *place = order;
        }
    }
    for ((id, cache), order) in schema.cache_ids().zip(orders) {
        out.cache(id, cache, order);
    }
    for (id, entity) in schema.entity_ids() {
        out.entity(id, entity);
    }
    out.out
}

struct Writing<'a> {
    types: &'a Types<'a>,
    schema: &'a Schema,
    plan: &'a Plan,
    out: String,
}

impl Writing<'_> {
    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
    }

    fn number(&mut self, before: &str, number: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{before}{number}");
    }

    fn cache(&mut self, id: CacheId, cache: &Cache, order: usize) {
        self.push(&["cache ", &cache.name.value, " "]);
        for part in &cache.key.value {
            match part {
                // A colon parts no words, and keys are full of them.
                KeyPart::Text(text) => self.out.push_str(&canonical(text).replace("%3A", ":")),
                KeyPart::Hole(dimension, _) => {
                    self.push(&["{", &cache.dimension(*dimension).name.value, "}"]);
                }
            }
        }
        self.out.push('\n');
        if !cache.dimensions.is_empty() {
            self.out.push_str("  has");
            for dimension in &cache.dimensions {
                self.dimension(dimension);
            }
            self.out.push('\n');
        }
        let facets = &self.plan.cache(id).facets;
        if !facets.is_empty() {
            self.out.push_str("  facets");
            for facet in facets {
                self.facet(cache, facet);
            }
            self.out.push('\n');
        }
        self.options(cache, id, order);
    }

    fn dimension(&mut self, dimension: &Dimension) {
        let sigil = match dimension.kind {
            DimensionKind::Param => " ",
            DimensionKind::Tag => " #",
        };
        let how_many = match dimension.cardinality {
            Cardinality::One => "",
            Cardinality::Optional => "?",
            Cardinality::Many => "*",
        };
        self.push(&[sigil, &dimension.name.value, how_many]);
    }

    fn facet(&mut self, cache: &Cache, facet: &Facet) {
        let mut before = " ";
        for (id, dimension) in cache.dimension_ids() {
            if facet.dimensions.contains(&id) {
                self.push(&[before, &dimension.name.value]);
                before = "+";
            }
        }
    }

    fn options(&mut self, cache: &Cache, id: CacheId, order: usize) {
        self.out.push_str("  with");
        let start = self.out.len();
        if order != id.0 as usize {
            self.number(" order=", order);
        }
        if let Ttl::After(ttl) = cache.ttl.value {
            self.duration("ttl", ttl);
        }
        if cache.jitter != 0 {
            self.number(" jitter=", cache.jitter);
        }
        let windows = [
            ("stale_while_revalidate", &cache.stale_while_revalidate),
            ("stale_if_error", &cache.stale_if_error),
            ("negative_ttl", &cache.negative_ttl),
            ("replica_lag", &cache.replica_lag),
        ];
        for (name, window) in windows {
            if let Some(window) = window {
                self.duration(name, window.value);
            }
        }
        for (name, number, default) in [
            ("max_entries", cache.max_entries, 10_000),
            ("max_tags", u64::from(cache.max_tags), 64),
            ("format", u64::from(cache.format), 1),
        ] {
            if number != default {
                self.push(&[" ", name]);
                self.number("=", number);
            }
        }
        if cache.scoped && self.schema.scope.is_some() {
            self.out.push_str(" scoped");
        }
        if self.out.len() == start {
            self.out.truncate(start - "  with".len());
        } else {
            self.out.push('\n');
        }
    }

    fn duration(&mut self, name: &str, duration: Duration) {
        self.push(&[" ", name]);
        if duration.subsec_nanos() == 0 {
            self.number("=", duration.as_secs());
            self.out.push('s');
        } else {
            self.number("=", duration.as_millis());
            self.out.push_str("ms");
        }
    }

    fn entity(&mut self, id: EntityId, entity: &Entity) {
        self.push(&["entity ", &entity.name.value]);
        if entity.event.value != entity.name.value {
            self.push(&[" event=", &canonical(&entity.event.value)]);
        }
        if entity.scoped && self.schema.scope.is_some() {
            self.out.push_str(" scoped");
        }
        let told = Action::ALL.into_iter().filter(|it| entity.notify.has(*it));
        let told: Vec<_> = told.map(Action::name).collect();
        if told.len() < Action::ALL.len() {
            self.push(&[" tells=", &told.join(",")]);
        }
        self.out.push_str("\n  id");
        for (name, scalar) in self.types.flattened(id) {
            self.push(&[" ", &name, ":", scalar_name(scalar)]);
        }
        if !entity.attributes.is_empty() {
            self.out.push_str("\n  attributes");
            for attribute in &entity.attributes {
                self.push(&[" ", &attribute.name.value]);
            }
        }
        self.held(entity);
        self.out.push('\n');
        for action in Action::ALL {
            for step in &self.plan.action(id, action).steps {
                self.step(id, entity, action, step);
            }
        }
    }

    /// The references that are components of the identity, each with where its scalars stand in it.
    fn held(&mut self, entity: &Entity) {
        let (mut start, mut before) = (0, "\n  holds ");
        for component in &entity.identity.components {
            let width = self.types.width(&component.ty);
            if let Some(reference) = component.reference {
                self.push(&[before, &entity.attribute(reference).name.value]);
                self.number("@", start);
                self.number("+", width);
                before = " ";
            }
            start += width;
        }
    }

    fn step(&mut self, id: EntityId, entity: &Entity, action: Action, step: &Step) {
        let cache = self.schema.cache(step.cache);
        self.push(&["  ", action.name(), " ", &cache.name.value]);
        for binding in &step.bindings {
            let binds = if binding.or_absent { "~" } else { "=" };
            self.push(&[" ", &cache.dimension(binding.dimension).name.value, binds]);
            self.source(id, entity, &binding.from);
        }
        if step.mask != FieldSet::ALL {
            self.set(entity, step.mask);
        }
        for test in &step.tests {
            self.out.push_str(" if:");
            self.source(id, entity, &test.from);
            self.push(&["='", &canonical(&test.literal)]);
        }
        for attribute in &step.present {
            self.push(&[" has:", &entity.attribute(*attribute).name.value]);
        }
        self.because(step);
    }

    fn set(&mut self, entity: &Entity, mask: FieldSet) {
        let mut before = " set:";
        for (attribute, it) in entity.attribute_ids() {
            if mask.meets(FieldSet::one(attribute)) {
                self.push(&[before, &it.name.value]);
                before = ",";
            }
        }
        if before == " set:" {
            self.out.push_str(before);
        }
    }

    fn source(&mut self, id: EntityId, entity: &Entity, source: &Source) {
        match source {
            Source::Field(WhereField::Identity) => self.out.push('@'),
            Source::Field(WhereField::Component(index)) => {
                let start = self.start(id, *index);
                self.number("@", start);
            }
            Source::Field(WhereField::Attribute(attribute)) => {
                self.out.push_str(&entity.attribute(*attribute).name.value);
            }
            Source::ComponentOf(reference, path) => self.component_of(entity, *reference, path),
            Source::Literal(literal) => self.push(&["'", &canonical(literal)]),
        }
    }

    /// The first scalar of a component.
    fn start(&self, entity: EntityId, index: u16) -> usize {
        let components = &self.schema.entity(entity).identity.components;
        let before = components.iter().take(usize::from(index));
        before
            .map(|component| self.types.width(&component.ty))
            .sum()
    }

    fn component_of(&mut self, entity: &Entity, reference: AttributeId, path: &[u16]) {
        let attribute = entity.attribute(reference);
        let (mut ty, mut start) = (attribute.ty(), 0);
        for index in path {
            let Some(DimensionType::Identity(entity)) = ty else {
                break;
            };
            start += self.start(entity, *index);
            let components = &self.schema.entity(entity).identity.components;
            ty = components
                .get(usize::from(*index))
                .map(|component| component.ty.clone());
        }
        let width = ty.map_or(1, |ty| self.types.width(&ty));
        self.out.push_str(&attribute.name.value);
        self.number("@", start);
        self.number("+", width);
    }

    /// `  # post_pages.depends_on[0] → feed.depends_on[0]`
    fn because(&mut self, step: &Step) {
        let mut before = "  # ";
        for hop in &step.because {
            let (name, list, index) = match *hop {
                Because::Touches(entity, index) => {
                    (&self.schema.entity(entity).name, "touches", index)
                }
                Because::When(cache, index) | Because::Cascade(cache, index) => {
                    (&self.schema.cache(cache).name, "depends_on", index)
                }
            };
            self.push(&[before, &name.value, ".", list]);
            self.number("[", index);
            self.out.push(']');
            before = " → ";
        }
        self.out.push('\n');
    }
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::U32 | Scalar::U64 | Scalar::I32 | Scalar::I64 => "number",
        Scalar::Bool => "bool",
        Scalar::String | Scalar::Uuid | Scalar::Date | Scalar::DateTime | Scalar::Hash => "text",
    }
}
