//! What a statement on a table does to entities, as `tables:` says.
//!
//! Knows nothing of functions or paths. Keeps true: a statement that sets only ignored columns does nothing, setting
//! the `delete:` column is a delete, and any write of a part table is an update of the attribute it holds.

use std::collections::BTreeMap;

use crate::analyze::{Operation, Site};
use crate::model::{
    Action, AttributeId, AttributeKind, Entity, EntityId, FieldSet, Name, Schema, Table, TableKind,
    WhereField,
};

/// One thing that a statement does to an entity, and that an invalidation must cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Write {
    /// To which entity.
    pub(crate) entity: EntityId,
    /// What it does.
    pub(crate) action: Action,
    /// What it sets; only an update sets anything that matters.
    pub(crate) sets: Sets,
}

/// What an update sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sets {
    /// A reference or field.
    Attribute(AttributeId),
    /// Columns that no attribute has, or (a create, a delete) nothing to be told apart.
    Undeclared,
    /// Columns that the statement hides.
    Hidden,
}

impl Write {
    /// The attributes it sets, as a step's mask is compared with them.
    pub(crate) fn fields(self) -> FieldSet {
        match self.sets {
            Sets::Attribute(attribute) => FieldSet::one(attribute),
            Sets::Undeclared => FieldSet::NONE,
            Sets::Hidden => FieldSet::ALL,
        }
    }
}

/// The tables of a schema, by name.
#[derive(Debug)]
pub(crate) struct Tables<'a> {
    schema: &'a Schema,
    by_name: BTreeMap<String, Vec<(EntityId, &'a Table)>>,
}

impl<'a> Tables<'a> {
    pub(crate) fn new(schema: &'a Schema) -> Self {
        let mut by_name: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (id, entity) in schema.entity_ids() {
            for table in &entity.tables {
                let name = bare(&table.name.value).to_lowercase();
                by_name.entry(name).or_default().push((id, table));
            }
        }
        Self { schema, by_name }
    }

    /// The entities that lie in a table, as a statement names it.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = (EntityId, &'a Table)> {
        let tables = self.by_name.get(&bare(name).to_lowercase());
        let same = move |(_, table): &(EntityId, &'a Table)| same_table(&table.name.value, name);
        let found: Vec<_> = tables.into_iter().flatten().copied().filter(same).collect();
        found.into_iter()
    }

    /// What a statement does to each entity; nothing for a table of no entity.
    pub(crate) fn writes(&self, site: &Site) -> Vec<Write> {
        let mut writes = Vec::new();
        for (entity, table) in self.named(&site.table) {
            let done = match &table.kind {
                TableKind::Part(part) if site.is_write() => {
                    vec![(Action::Update, Sets::Attribute(part.attribute.value))]
                }
                TableKind::Part(_) => Vec::new(),
                TableKind::Own { .. } => own(self.schema.entity(entity), table, site),
            };
            writes.extend(done.into_iter().map(|(action, sets)| Write {
                entity,
                action,
                sets,
            }));
        }
        writes.sort();
        writes.dedup();
        writes
    }

    /// The attribute that a column of a table holds; `None` where no attribute does.
    pub(crate) fn attribute(&self, entity: EntityId, table: &Table, column: &str) -> Column {
        column_of(self.schema.entity(entity), table, column)
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// A reference or field.
    Attribute(AttributeId),
    /// The identity, or a component of it that is no reference.
    Identity,
    /// The mark of a soft delete.
    Deleted,
    /// Nothing that counts as a change.
    Ignored,
    /// Nothing the schema knows.
    Undeclared,
}

fn own(entity: &Entity, table: &Table, site: &Site) -> Vec<(Action, Sets)> {
    match site.operation {
        Operation::Select => Vec::new(),
        Operation::Insert => vec![(Action::Create, Sets::Undeclared)],
        Operation::Delete | Operation::Truncate => vec![(Action::Delete, Sets::Undeclared)],
        Operation::Update => updated(entity, table, site.columns.as_deref()),
        Operation::Upsert => {
            let mut done = vec![(Action::Create, Sets::Undeclared)];
            done.extend(updated(entity, table, site.updated_columns.as_deref()));
            done
        }
    }
}

/// What setting columns does: nothing, a delete, or an update of each attribute they hold.
fn updated(entity: &Entity, table: &Table, columns: Option<&[String]>) -> Vec<(Action, Sets)> {
    let Some(columns) = columns else {
        return vec![(Action::Update, Sets::Hidden)];
    };
    let held: Vec<_> = columns
        .iter()
        .map(|column| column_of(entity, table, column))
        .collect();
    if held.contains(&Column::Deleted) {
        return vec![(Action::Delete, Sets::Undeclared)];
    }
    let attributes = held.iter().filter_map(|column| match column {
        Column::Attribute(attribute) => Some((Action::Update, Sets::Attribute(*attribute))),
        _ => None,
    });
    let attributes: Vec<_> = attributes.collect();
    let is_change = |column: &Column| matches!(column, Column::Undeclared | Column::Identity);
    if attributes.is_empty() && held.iter().any(is_change) {
        return vec![(Action::Update, Sets::Undeclared)];
    }
    attributes
}

fn column_of(entity: &Entity, table: &Table, column: &str) -> Column {
    let TableKind::Own {
        delete,
        ignore,
        columns,
    } = &table.kind
    else {
        return Column::Undeclared;
    };
    let is = |name: &Name| name.value.eq_ignore_ascii_case(column);
    if delete.as_ref().is_some_and(is) {
        return Column::Deleted;
    }
    if ignore.iter().any(is) {
        return Column::Ignored;
    }
    if let Some((field, _)) = columns.iter().find(|(_, name)| is(name)) {
        return match field {
            WhereField::Attribute(attribute) => Column::Attribute(*attribute),
            WhereField::Identity | WhereField::Component(_) => Column::Identity,
        };
    }
    by_default(entity, columns, column)
}

/// A column that `columns:` doesn't name is that of the attribute whose default name it has, unless that attribute
/// was given another column.
fn by_default(entity: &Entity, columns: &[(WhereField, Name)], column: &str) -> Column {
    let given = |field: WhereField| columns.iter().any(|(other, _)| *other == field);
    for (id, attribute) in entity.attribute_ids() {
        if given(WhereField::Attribute(id)) {
            continue;
        }
        let name = attribute.name.value.as_str();
        let reference = matches!(attribute.kind, AttributeKind::Reference(_));
        let long = reference && column.eq_ignore_ascii_case(&format!("{name}_id"));
        if long || column.eq_ignore_ascii_case(name) {
            return Column::Attribute(id);
        }
    }
    let components = &entity.identity.components;
    let identity = components
        .iter()
        .any(|component| component.name.value.eq_ignore_ascii_case(column));
    if identity && !given(WhereField::Identity) {
        Column::Identity
    } else {
        Column::Undeclared
    }
}

/// `auth.user` and `user` are the same table unless both name their schema, and differently.
fn same_table(left: &str, right: &str) -> bool {
    let qualified = |name: &str| name.contains('.');
    let whole = left.eq_ignore_ascii_case(right);
    whole
        || (!(qualified(left) && qualified(right)) && bare(left).eq_ignore_ascii_case(bare(right)))
}

/// A table's name without its schema.
fn bare(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{Form, FunctionId, Place};
    use crate::source::Span;
    use crate::{Options, Sources, compile};

    const SCHEMA: &str = "
cachex: 1
namespace: blog
entities:
  user: { id: uuid, fields: [name], tables: [auth.user] }
  post:
    id: uuid
    refs: { author: user, topics: [user] }
    fields: [title, status]
    tables:
      posts: { delete: deleted_at, ignore: [updated_at], columns: { status: moderation_status, id: post_no } }
      posts_topics: topics
caches:
  post_by_id:
    key: 'post:{id}'
    params: { id: post.id }
    ttl: 1m
    depends_on: [ { when: post, where: { id: $id } }, user ]
";

    /// What a statement does, as `post.update(title)`.
    fn does(operation: Operation, table: &str, columns: Option<&[&str]>) -> Vec<String> {
        let schema = compile(&Sources::new("cachex.yaml", SCHEMA), &Options::default())
            .schema
            .unwrap();
        let columns = columns.map(|columns| {
            columns
                .iter()
                .map(|column| (*column).to_owned())
                .collect::<Vec<_>>()
        });
        let site = Site {
            operation,
            table: table.to_owned(),
            columns: columns.clone(),
            updated_columns: columns,
            restricted_by: None,
            function: FunctionId(0),
            place: Place {
                span: Span::default(),
                line: 1,
            },
            form: Form::SqlxMacro,
        };
        let writes = Tables::new(&schema).writes(&site);
        let name = |write: &Write| {
            let entity = schema.entity(write.entity);
            let sets = match write.sets {
                Sets::Attribute(id) => format!("({})", entity.attribute(id).name.value),
                Sets::Undeclared if write.action == Action::Update => "()".to_owned(),
                Sets::Undeclared => String::new(),
                Sets::Hidden => "(?)".to_owned(),
            };
            format!("{}.{}{sets}", entity.name.value, write.action.name())
        };
        writes.iter().map(name).collect()
    }

    #[test]
    fn columns_are_the_fields_they_hold() {
        let update = |columns: &[&str]| does(Operation::Update, "posts", Some(columns));
        assert_eq!(
            update(&["title", "AUTHOR_ID"]),
            ["post.update(author)", "post.update(title)"]
        );
        assert_eq!(update(&["moderation_status"]), ["post.update(status)"]);
        // `columns:` gave `status` another column: this one is nobody's.
        assert_eq!(update(&["status"]), ["post.update()"]);
        assert_eq!(update(&["post_no", "updated_at"]), ["post.update()"]);
        assert_eq!(update(&["views", "title"]), ["post.update(title)"]);
        assert_eq!(update(&["updated_at"]), Vec::<String>::new());
        assert_eq!(does(Operation::Update, "posts", None), ["post.update(?)"]);
    }

    #[test]
    fn actions_are_what_operations_do() {
        assert_eq!(
            does(Operation::Insert, "posts", Some(&["title"])),
            ["post.create"]
        );
        assert_eq!(
            does(Operation::Upsert, "posts", Some(&["title"])),
            ["post.create", "post.update(title)"]
        );
        assert_eq!(does(Operation::Truncate, "posts", None), ["post.delete"]);
        assert_eq!(
            does(Operation::Update, "posts", Some(&["title", "deleted_at"])),
            ["post.delete"]
        );
        assert_eq!(
            does(Operation::Delete, "posts_topics", None),
            ["post.update(topics)"]
        );
        assert_eq!(
            does(Operation::Select, "posts_topics", None),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_schema_tells_tables_apart_only_where_both_have_one() {
        assert_eq!(does(Operation::Insert, "user", None), ["user.create"]);
        assert_eq!(does(Operation::Insert, "Auth.User", None), ["user.create"]);
        assert_eq!(
            does(Operation::Insert, "audit.user", None),
            Vec::<String>::new()
        );
        assert_eq!(
            does(Operation::Insert, "public.posts", None),
            ["post.create"]
        );
    }
}
