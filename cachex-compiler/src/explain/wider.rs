//! Why a step is wider than its rule asks for, and what would narrow it.
//!
//! A change that counts as an update of another entity knows that entity's identity only. What its rule compares
//! beside that stays free, all the way down the caches built from there.

use crate::emit::words;
use crate::model::{Cache, DimensionType, EntityId, Schema};
use crate::plan::{Step, uncompared};

/// One sentence, where something isn't compared.
pub(super) fn reason(schema: &Schema, written: EntityId, step: &Step) -> Option<String> {
    let missing = uncompared(schema, step)?;
    let derived = schema.entity(missing.entity);
    let fields: Vec<_> = missing
        .fields
        .iter()
        .map(|field| format!("`{}`", words::field(derived, *field)))
        .collect();
    let by = &schema.entity(written).name.value;
    let name = &derived.name.value;
    let cache = schema.cache(missing.cache);
    let (knows, advice) = if missing.knows_identity {
        let when = missing.when.patterns.iter();
        let when: Vec<_> = when.map(|one| words::pattern(schema, one)).collect();
        let advice = narrowed(cache, missing.entity, name, &when.join(", "));
        (
            format!("tells which `{name}` it is about and no more"),
            advice,
        )
    } else {
        let advice = narrowed(cache, written, by, by);
        (format!("doesn't tell which `{name}` it is about"), advice)
    };
    let fields = words::list(&fields, "and");
    Some(format!(
        "{fields} of `{name}` can't be compared, since a change of `{by}` {knows}; {advice}"
    ))
}

/// A dependency that would clear only the entries with that one.
fn narrowed(cache: &Cache, entity: EntityId, name: &str, when: &str) -> String {
    let identity = DimensionType::Identity(entity);
    let held = cache.dimensions.iter().find(|one| one.ty == identity);
    let (with, dimension) = match held {
        Some(dimension) => (String::new(), &dimension.name.value),
        None => (
            format!("a tag `{name}: [{name}.id]` and "),
            &name.to_owned(),
        ),
    };
    format!(
        "{with}`{{ when: {when}, where: {{ id: ${dimension} }} }}` in `{}` would clear only the entries that hold it",
        cache.name.value
    )
}
