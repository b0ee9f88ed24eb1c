//! Key templates: `posts:{category}:{page}`.

use super::context::Context;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::registry::{MALFORMED_KEY, UNKNOWN_HOLE};
use crate::model::{Cache, DimensionKind, KeyPart};
use crate::syntax::Scalar;

/// Bytes a template may have. What people write stays far below; what compares two templates costs their product.
const LONGEST: usize = 1024;

/// Splits a template at its holes. A hole is a param; of a template with another one nothing is given, so that no rule
/// takes what is left for the whole.
pub(super) fn parse(text: &Scalar<'_>, cache: &Cache, cx: &mut Context<'_, '_>) -> Vec<KeyPart> {
    parts(text, cache, cx).unwrap_or_default()
}

fn parts(text: &Scalar<'_>, cache: &Cache, cx: &mut Context<'_, '_>) -> Option<Vec<KeyPart>> {
    let mut parts = Vec::new();
    let mut whole = true;
    if text.text.len() > LONGEST {
        let report = MALFORMED_KEY.at(
            text.span.begin(),
            format!("the key has more than {LONGEST} bytes"),
        );
        cx.push(
            report.help("make long arguments a `hash` param: it stands for any number of them"),
        );
        return None;
    }
    let mut rest = &*text.text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        literal(before, &mut parts);
        let Some((hole, behind)) = brace
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        else {
            cx.push(unpaired(text, brace));
            return None;
        };
        let hole = self::hole(text, hole, cache, cx);
        whole &= hole.is_some();
        parts.extend(hole);
        rest = behind;
    }
    literal(rest, &mut parts);
    whole.then_some(parts)
}

fn literal(text: &str, parts: &mut Vec<KeyPart>) {
    if !text.is_empty() {
        parts.push(KeyPart::Text(text.to_owned()));
    }
}

fn hole(text: &Scalar<'_>, hole: &str, cache: &Cache, cx: &mut Context<'_, '_>) -> Option<KeyPart> {
    let name = hole.trim();
    let span = text.place_of(name);
    let found = cache
        .dimension_ids()
        .find(|(_, dimension)| dimension.name.value == name);
    match found {
        Some((id, dimension)) if dimension.kind == DimensionKind::Param => {
            return Some(KeyPart::Hole(id, span));
        }
        Some((_, tag)) => {
            let report = UNKNOWN_HOLE
                .at(span, format!("the hole `{{{name}}}` is a tag, and a key is built before the value is loaded"))
                .labelled(tag.name.span, "declared as a tag here");
            cx.push(report.help(format!(
                "declare `{name}` under `params`, or take the hole out"
            )));
        }
        None if cx.is_left_out(cache.name.span, name) => {}
        None if name.is_empty() => {
            let place = text.place_of(hole);
            cx.push(
                MALFORMED_KEY
                    .at(text.span, "the key has a hole without a name")
                    .labelled(place, "this hole")
                    .help("name a param in it, `{id}`"),
            );
        }
        None => {
            let params = cache
                .dimensions
                .iter()
                .filter(|dimension| dimension.kind == DimensionKind::Param);
            let names: Vec<&str> = params.map(|param| param.name.value.as_str()).collect();
            let report = UNKNOWN_HOLE.at(
                span,
                format!("the hole `{{{name}}}` is no param of this cache"),
            );
            let report = cx.did_you_mean(report, span, name, &names);
            let report = if report.help.is_some() {
                report
            } else {
                report.help(format!("declare `{name}` under `params`"))
            };
            cx.push(report);
        }
    }
    None
}

fn unpaired(text: &Scalar<'_>, from: &str) -> Diagnostic {
    let brace = if from.starts_with('{') { "{" } else { "}" };
    let place = text.place_of(from.get(..1).unwrap_or_default());
    MALFORMED_KEY
        .at(place, format!("`{brace}` has no partner"))
        .labelled(place, "this brace")
        .help("write a hole as `{id}`; a key can hold no other braces")
}
