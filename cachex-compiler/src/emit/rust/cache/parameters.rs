//! The key from the parameters of a loader, by the names of its fields (`#[cached]`).

use super::super::names;
use super::super::text::Text;
use super::super::types::{Place, Types};
use super::{Field, Key, Taken};

/// `impl FromParameters`.
pub(super) fn parameters(out: &mut Text, types: &Types<'_>, key: &Key) {
    if types.is_outline {
        return outlined(out, types, key);
    }
    let fields: Vec<&Field> = key.fields().collect();
    let places: Vec<String> = (0..fields.len()).map(|index| format!("P{index}")).collect();
    let generics: Vec<&str> = std::iter::once("P")
        .chain(places.iter().map(String::as_str))
        .collect();
    let tuple = names::tuple(&places);
    out.gap();
    // Else rustc names what stands behind it, which nobody has written.
    out.line("#[diagnostic::do_not_recommend]");
    out.line(&format!(
        "impl<{}> _codegen::FromParameters<P, {tuple}> for {}",
        generics.join(", "),
        key.name
    ));
    if !fields.is_empty() {
        out.line("where");
        for (field, place) in fields.iter().zip(&places) {
            let (number, value) = (names::number(&field.name), asked(field));
            out.line(&format!(
                "    P: _codegen::Parameter<{number}, {place}, Value: {value}>,"
            ));
        }
    }
    out.block("{", "}", |out| from_parameters(out, types, key, &fields));
}

/// Of a cache with a mistake nobody knows what its key asks for: no loader lacks anything.
fn outlined(out: &mut Text, types: &Types<'_>, key: &Key) {
    let option = types.std(Place::Root, "Option");
    out.gap();
    let head = format!(
        "impl<P> _codegen::FromParameters<P, ()> for {} {{",
        key.name
    );
    out.block(&head, "}", |out| {
        let head = format!("fn from_parameters(_: &P) -> {option}<Self> {{");
        out.block(&head, "}", |out| {
            out.line(&types.std(Place::Root, "None"));
        });
    });
}

fn from_parameters(out: &mut Text, types: &Types<'_>, key: &Key, fields: &[&Field]) {
    let (option, some) = (
        types.std(Place::Root, "Option"),
        types.std(Place::Root, "Some"),
    );
    let argument = if fields.is_empty() { "_" } else { "parameters" };
    let head = format!("fn from_parameters({argument}: &P) -> {option}<Self> {{");
    out.block(&head, "}", |out| {
        if fields.is_empty() {
            out.line(&format!("{some}({})", key.name));
        } else {
            let values: Vec<String> = fields.iter().map(|field| taken(field)).collect();
            out.list(&format!("{some}(Self {{ "), &values, " })");
        }
    });
}

/// What a field's parameter must be.
fn asked(field: &Field) -> String {
    match field.taken {
        Taken::AsGiven => format!("_codegen::Give<{}>", field.ty),
        Taken::Hashed => "_codegen::Serialize".to_owned(),
    }
}

fn taken(field: &Field) -> String {
    let (name, number) = (names::identifier(&field.name), names::number(&field.name));
    match field.taken {
        Taken::AsGiven => format!("{name}: _codegen::parameter::<{number}, _, _, P>(parameters)?"),
        Taken::Hashed => format!("{name}: _codegen::hashed::<{number}, _, P>(parameters)"),
    }
}
