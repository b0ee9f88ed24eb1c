//! Values that attributes give by key: the table of a row, the path of a route.

use crate::analyze::rust::tree::Attr;

/// `#[diesel(table_name = path::to::table)]` and its older form; `#[sea_orm(table_name = "…")]`.
pub(super) fn table_attribute(attributes: &[Attr]) -> Option<String> {
    attributes
        .iter()
        .filter(|attribute| matches!(attribute.path.as_str(), "diesel" | "sea_orm" | "table_name"))
        .find_map(|attribute| {
            if attribute.path == "table_name" {
                return Some(unquoted(&attribute.tokens));
            }
            let value = value_of(&attribute.tokens, "table_name")?;
            let schema = (attribute.path == "sea_orm")
                .then(|| value_of(&attribute.tokens, "schema_name"))
                .flatten();
            Some(schema.map_or_else(|| value.clone(), |schema| format!("{schema}.{value}")))
        })
}

/// The value behind `key =` among an attribute's tokens, unquoted.
pub(super) fn value_of(tokens: &str, key: &str) -> Option<String> {
    let mut rest = tokens;
    loop {
        let at = rest.find(key)?;
        let behind = rest.get(at + key.len()..)?.trim_start();
        let whole = rest.get(..at).is_none_or(|before| {
            !before.ends_with(|next: char| next.is_alphanumeric() || next == '_')
        });
        if let Some(value) = behind.strip_prefix('=').filter(|_| whole) {
            let value = value.trim_start();
            let end = if value.starts_with('"') {
                value.get(1..)?.find('"').map(|end| end + 2)
            } else {
                value.find(',')
            };
            return Some(unquoted(
                value.get(..end.unwrap_or(value.len())).unwrap_or_default(),
            ));
        }
        rest = behind;
    }
}

pub(super) fn unquoted(text: &str) -> String {
    text.trim()
        .trim_start_matches('=')
        .trim()
        .trim_matches('"')
        .to_owned()
}
