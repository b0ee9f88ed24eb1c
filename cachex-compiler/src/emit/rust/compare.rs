//! `Eq`, `Hash` and `Debug` of a generated struct whose fields have none, or none after their normalisers: by the
//! scalars the fields stand for.

use super::names;
use super::text::{Function, Text};
use super::types::{Compared, Written};

/// A field that is compared.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) written: &'a Written,
}

/// The derives of a struct, and whatever they can't do.
pub(super) fn derives(fields: &[Field<'_>]) -> &'static str {
    if by_itself(fields) {
        "#[derive(Debug, Clone, PartialEq, Eq, Hash)]"
    } else {
        "#[derive(Clone)]"
    }
}

/// What the derives can't do.
pub(super) fn compare(out: &mut Text, name: &str, fields: &[Field<'_>]) {
    if by_itself(fields) {
        return;
    }
    compared(out, name, fields);
    out.gap();
    out.block(
        &format!("impl ::core::cmp::PartialEq for {name} {{"),
        "}",
        |out| {
            out.block("fn eq(&self, other: &Self) -> bool {", "}", |out| {
                out.line("self.compared() == other.compared()");
            });
        },
    );
    out.gap();
    out.line(&format!("impl ::core::cmp::Eq for {name} {{}}"));
    hash(out, name);
    debug(out, name);
}

fn by_itself(fields: &[Field<'_>]) -> bool {
    let mut compared = fields.iter().map(|field| field.written.compared);
    compared.all(|compared| compared == Compared::ByItself)
}

fn compared(out: &mut Text, name: &str, fields: &[Field<'_>]) {
    let types: Vec<String> = fields.iter().map(compared_type).collect();
    let values: Vec<String> = fields.iter().map(compared_value).collect();
    out.gap();
    out.block(&format!("impl {name} {{"), "}", |out| {
        let function = Function {
            name: "fn compared",
            arguments: &["&self".to_owned()],
            returns: &names::tuple(&types),
            bounds: &[],
        };
        out.function(&function, &names::tuple(&values));
    });
}

fn compared_type(field: &Field<'_>) -> String {
    match field.written.compared {
        Compared::ByItself => format!("&{}", field.written.rust),
        Compared::ByScalar => field.written.scalar.clone(),
    }
}

fn compared_value(field: &Field<'_>) -> String {
    let (name, scalar) = (names::identifier(field.name), &field.written.scalar);
    match field.written.compared {
        Compared::ByItself => format!("&self.{name}"),
        Compared::ByScalar => format!("_codegen::scalar::<{scalar}>(&self.{name})"),
    }
}

fn hash(out: &mut Text, name: &str) {
    let head = "fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {";
    out.gap();
    out.block(
        &format!("impl ::core::hash::Hash for {name} {{"),
        "}",
        |out| {
            out.block(head, "}", |out| {
                out.line("::core::hash::Hash::hash(&self.compared(), state);");
            });
        },
    );
}

fn debug(out: &mut Text, name: &str) {
    let head = "fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {";
    out.gap();
    out.block(
        &format!("impl ::core::fmt::Debug for {name} {{"),
        "}",
        |out| {
            out.block(head, "}", |out| {
                out.line(&format!(
                    "f.debug_tuple({name:?}).field(&self.compared()).finish()"
                ));
            });
        },
    );
}
