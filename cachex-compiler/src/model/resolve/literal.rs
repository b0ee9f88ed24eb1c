//! Literals: text that is to be a value of a type, in its canonical form.

use super::context::Context;
use super::ty::scalar_name;
use crate::diagnostics::registry::INVALID_LITERAL;
use crate::model::{DimensionType, Entity, Scalar, Schema, Spanned, Type};
use crate::syntax::Scalar as Text;

/// The canonical, normalised text of a literal that is compared with a type.
pub(super) fn read(
    text: &Text<'_>,
    ty: &DimensionType,
    entities: &[Entity],
    cx: &mut Context<'_, '_>,
) -> Option<Spanned<String>> {
    let Some(ty) = scalar_type(ty, entities) else {
        let report = INVALID_LITERAL.at(text.span, "a composite identity has no literal");
        cx.push(report.help("compare its components, or bind it to a param or tag"));
        return None;
    };
    let value = canonical(&text.text, &ty);
    if value.is_none() {
        let report = INVALID_LITERAL
            .at(
                text.span,
                format!("`{}` is no `{}` value", text.text, scalar_name(ty.scalar)),
            )
            .help_if(help(ty.scalar).map(str::to_owned));
        cx.push(report);
    }
    value.map(|value| Spanned {
        value,
        span: text.span,
    })
}

/// The scalar a value is made of; none for a composite identity.
fn scalar_type(ty: &DimensionType, entities: &[Entity]) -> Option<Type> {
    let mut ty = ty.clone();
    // An identity may be that of another entity, and so on; a cycle has been reported and ends the search.
    for _ in 0..=entities.len() {
        match ty {
            DimensionType::Scalar(scalar) => return Some(scalar),
            DimensionType::Identity(entity) => {
                let components = &entities.get(entity.0 as usize)?.identity.components;
                let [component] = components.as_slice() else {
                    return None;
                };
                ty = component.ty.clone();
            }
        }
    }
    None
}

fn help(scalar: Scalar) -> Option<&'static str> {
    match scalar {
        Scalar::Bool => Some("write `true` or `false`"),
        Scalar::Date => Some("write it as `2026-01-31`"),
        Scalar::DateTime => Some("write it in UTC as `2026-01-31T12:00:00Z`"),
        Scalar::Uuid => Some("write it as `00000000-0000-0000-0000-000000000000`"),
        _ => None,
    }
}

fn canonical(text: &str, ty: &Type) -> Option<String> {
    match ty.scalar {
        Scalar::U32 => text.parse::<u32>().ok().map(|number| number.to_string()),
        Scalar::U64 => text.parse::<u64>().ok().map(|number| number.to_string()),
        Scalar::I32 => text.parse::<i32>().ok().map(|number| number.to_string()),
        Scalar::I64 => text.parse::<i64>().ok().map(|number| number.to_string()),
        Scalar::String => Some(ty.normalise(text)),
        Scalar::Bool => matches!(text, "true" | "false").then(|| text.to_owned()),
        Scalar::Uuid => is_uuid(text).then(|| text.to_ascii_lowercase()),
        Scalar::Date => is_date(text).then(|| text.to_owned()),
        Scalar::DateTime => is_datetime(text).then(|| text.to_owned()),
        // That a hash is compared at all is for a rule to say.
        Scalar::Hash => Some(text.to_owned()),
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// `2026-01-31`, a day that exists.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let widths = [year, month, day].map(|part| part.len()) == [4, 2, 2];
    let (Some(year), Some(month), Some(day)) = (digits(year), digits(month), digits(day)) else {
        return false;
    };
    widths && day >= 1 && day <= days(year, month)
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

/// `2026-01-31T12:00:00Z`, with a fraction that does not end in 0: the one way an instant is written.
fn is_datetime(text: &str) -> bool {
    let Some((date, time)) = text.strip_suffix('Z').and_then(|text| text.split_once('T')) else {
        return false;
    };
    let (time, fraction) = time
        .split_once('.')
        .map_or((time, None), |(time, rest)| (time, Some(rest)));
    let fraction = fraction.is_none_or(|part| {
        (1..=9).contains(&part.len()) && digits(part).is_some() && !part.ends_with('0')
    });
    let parts: Vec<&str> = time.split(':').collect();
    let limits = [24, 60, 60];
    is_date(date)
        && fraction
        && parts.len() == limits.len()
        && parts
            .iter()
            .zip(limits)
            .all(|(part, limit)| part.len() == 2 && digits(part).is_some_and(|n| n < limit))
}

fn digits(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// The scalar a schema's dimension or field is made of, for what is asked of a whole schema.
impl Schema {
    /// The scalar that values of a type are written as; none for a composite identity.
    pub fn scalar_of(&self, ty: &DimensionType) -> Option<Type> {
        scalar_type(ty, &self.entities)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scalar: Scalar, text: &str) -> Option<String> {
        canonical(
            text,
            &Type {
                scalar,
                normalisers: Vec::new(),
                rust: None,
            },
        )
    }

    #[test]
    fn literals_get_their_canonical_text() {
        assert_eq!(of(Scalar::I32, "+7").as_deref(), Some("7"));
        assert_eq!(of(Scalar::U32, "-7"), None);
        assert_eq!(of(Scalar::Bool, "yes"), None);
        assert_eq!(
            of(Scalar::Uuid, "0E984725-C51C-4BF4-9960-E1C80E27ABA0").as_deref(),
            Some("0e984725-c51c-4bf4-9960-e1c80e27aba0")
        );
        assert_eq!(of(Scalar::Date, "2026-02-29"), None);
        assert!(of(Scalar::Date, "2028-02-29").is_some());
        assert!(of(Scalar::DateTime, "2026-01-31T12:00:00.25Z").is_some());
        assert_eq!(of(Scalar::DateTime, "2026-01-31T12:00:00+02:00"), None);
        assert_eq!(of(Scalar::DateTime, "2026-01-31T12:00:00.250Z"), None);
    }
}
