//! Tables: what `cachex check` watches, and how its writes are read.

use super::context::Context;
use super::pattern::attribute;
use super::reader::{Section, mapping, name, names, text, unexpected};
use crate::diagnostics::registry::UNEXPECTED_VALUE;
use crate::model::{Entity, Name, PartTable, Spanned, Table, TableKind, WhereField};
use crate::source::Span;
use crate::syntax::{Entry, Node, Value};

/// A list, or by table.
pub(super) fn tables(node: &Node<'_>, entity: &Entity, cx: &mut Context<'_, '_>) -> Vec<Table> {
    let tables: Vec<Table> = match &node.value {
        Value::Mapping(entries) => entries
            .iter()
            .filter_map(|entry| table(entry, entity, cx))
            .collect(),
        Value::Sequence(_) => names(node, "tables", "the name of a table", cx)
            .into_iter()
            .map(|name| Table {
                name,
                kind: plain(),
            })
            .collect(),
        Value::Invalid => Vec::new(),
        Value::Scalar(_) => {
            cx.push(unexpected(node, "a list of tables").help("write `[posts]`"));
            Vec::new()
        }
    };
    tables
        .into_iter()
        .filter(|table| is_name(&table.name, cx))
        .collect()
}

/// A table that is the entity's own, without anything special.
fn plain() -> TableKind {
    TableKind::Own {
        delete: None,
        ignore: Vec::new(),
        columns: Vec::new(),
    }
}

fn is_name(table: &Name, cx: &mut Context<'_, '_>) -> bool {
    let fine = !table.value.trim().is_empty()
        && !table
            .value
            .contains(|c: char| c.is_whitespace() || c.is_control());
    if !fine {
        cx.push(UNEXPECTED_VALUE.at(
            table.span,
            format!("`{}` is no name of a table", table.value),
        ));
    }
    fine
}

fn table(entry: &Entry<'_>, entity: &Entity, cx: &mut Context<'_, '_>) -> Option<Table> {
    let kind = match &entry.value.value {
        _ if entry.value.is_null() => plain(),
        Value::Mapping(_) => own(&entry.value, entity, cx)?,
        _ => {
            let part = text(
                &entry.value,
                "a field the table holds, or `{ delete: …, ignore: […], columns: {…} }`",
                cx,
            )?;
            let value = attribute(&part.text, part.span, entity, cx)?;
            TableKind::Part(PartTable {
                attribute: Spanned {
                    value,
                    span: part.span,
                },
            })
        }
    };
    Some(Table {
        name: name(&entry.key),
        kind,
    })
}

fn own(node: &Node<'_>, entity: &Entity, cx: &mut Context<'_, '_>) -> Option<TableKind> {
    let section = Section::read(node, "a table", &["delete", "ignore", "columns"], cx)?;
    let delete = section
        .get("delete")
        .and_then(|node| text(node, "a column", cx))
        .map(name);
    let ignore = section
        .get("ignore")
        .map_or_else(Vec::new, |node| names(node, "columns", "a column", cx));
    let columns = section
        .get("columns")
        .and_then(|node| mapping(node, "columns", cx))
        .unwrap_or_default();
    let columns = columns
        .iter()
        .filter_map(|entry| column(entry, entity, cx))
        .collect();
    Some(TableKind::Own {
        delete,
        ignore,
        columns,
    })
}

fn column(
    entry: &Entry<'_>,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<(WhereField, Name)> {
    let field = where_field(&entry.key.text, entry.key.span, entity, cx);
    let column = text(&entry.value, "a column", cx).map(name);
    Some((field?, column?))
}

/// `id`, a component of the identity, a reference or a field.
pub(super) fn where_field(
    name: &str,
    span: Span,
    entity: &Entity,
    cx: &mut Context<'_, '_>,
) -> Option<WhereField> {
    let found = find_field(name, entity);
    if found.is_none() {
        let components = entity
            .identity
            .components
            .iter()
            .map(|component| component.name.value.as_str());
        let mut also: Vec<&str> = components.filter(|name| *name != "id").collect();
        also.push("id");
        cx.unknown_field(name, span, entity, &also);
    }
    found
}

/// [`where_field`], where a name that is none is no mistake.
pub(super) fn find_field(name: &str, entity: &Entity) -> Option<WhereField> {
    if name == "id" {
        return Some(WhereField::Identity);
    }
    let attribute = entity
        .attribute_ids()
        .find(|(_, attribute)| attribute.name.value == name);
    let component = || {
        let components = (0..).zip(&entity.identity.components);
        components
            .into_iter()
            .find(|(_, component)| component.name.value == name)
    };
    attribute
        .map(|(id, _)| WhereField::Attribute(id))
        .or_else(|| component().map(|(index, _)| WhereField::Component(index)))
}
