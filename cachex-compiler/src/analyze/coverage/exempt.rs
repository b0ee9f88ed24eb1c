//! Exemptions: `#[cachex::allow(uncovered_write, reason = "…", until = "2027-01-31")]` on a function or module.
//!
//! Keeps true: an exemption without a reason, or past its date, quiets nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::annotation;
use super::declared::is_cachex;
use crate::analyze::{Attribute, Facts, FunctionId};
use crate::diagnostics::{Rule, registry};
use crate::source::Span;

/// One rule that one attribute exempts from.
#[derive(Debug, Clone)]
pub(crate) struct Exemption {
    /// The attribute.
    pub(crate) span: Span,
    /// The rule, as written.
    pub(crate) name: String,
    /// The rule; `None` where there is none of that name.
    pub(crate) rule: Option<&'static Rule>,
    /// Whether it holds.
    pub(crate) state: State,
    /// The functions it stands on or around.
    functions: BTreeSet<FunctionId>,
}

/// Whether an exemption holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It does.
    Holds,
    /// It gives no reason.
    Unreasoned,
    /// Its day is over.
    Expired(String),
}

/// All exemptions of the sources, by place.
#[derive(Debug, Default)]
pub(crate) struct Exemptions(Vec<Exemption>);

/// Index of an exemption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExemptionId(usize);

impl Exemptions {
    /// Finds them on all functions, their modules and `impl`s.
    pub(super) fn read(facts: &Facts, today: Option<&str>) -> Self {
        let mut found: BTreeMap<(Span, String), Exemption> = BTreeMap::new();
        for (id, function) in (0..).map(FunctionId).zip(&facts.functions) {
            let around = function.attributes.iter().chain(&function.inherited);
            for attribute in around.filter(|attribute| is_allow(attribute)) {
                for exemption in of_attribute(attribute, today) {
                    let key = (exemption.span, exemption.name.clone());
                    found.entry(key).or_insert(exemption).functions.insert(id);
                }
            }
        }
        Self(found.into_values().collect())
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (ExemptionId, &Exemption)> {
        (0..).map(ExemptionId).zip(&self.0)
    }

    /// The exemption that quiets a rule in a function.
    pub(crate) fn quieting(&self, rule: &Rule, function: FunctionId) -> Option<ExemptionId> {
        let quiets = |exemption: &Exemption| {
            exemption.state == State::Holds
                && exemption
                    .rule
                    .is_some_and(|exempted| exempted.code == rule.code)
                && exemption.functions.contains(&function)
        };
        self.iter()
            .find(|(_, exemption)| quiets(exemption))
            .map(|(id, _)| id)
    }
}

fn is_allow(attribute: &Attribute) -> bool {
    // A bare `allow` is rustc's.
    attribute.path != "allow" && is_cachex(&attribute.path, "allow")
}

fn of_attribute(attribute: &Attribute, today: Option<&str>) -> Vec<Exemption> {
    let read = annotation::read_allowance(&attribute.tokens);
    let expired = read
        .until
        .filter(|until| today.is_some_and(|today| *until < today));
    let state = match (read.reason, expired) {
        (None, _) => State::Unreasoned,
        (_, Some(until)) => State::Expired(until.to_owned()),
        _ => State::Holds,
    };
    let exemption = |name: &&str| Exemption {
        span: attribute.place.span,
        name: (*name).to_owned(),
        rule: registry::find(name),
        state: state.clone(),
        functions: BTreeSet::new(),
    };
    read.rules.iter().map(exemption).collect()
}
