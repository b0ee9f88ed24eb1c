//! What every change can do once it was told what it must: be recorded, applied, looked at.

use super::super::text::{Function, Text};
use super::Shape;

/// A method of every change.
struct Method<'a> {
    doc: &'static str,
    name: &'static str,
    arguments: &'a [&'a str],
    returns: &'a str,
    body: &'a str,
}

const RECORD: Method<'_> = Method {
    doc: "Adds it to the open unit of work; outside one it is applied at once.",
    name: "pub fn record",
    arguments: &["self"],
    returns: "",
    body: "_codegen::record(self.0.finish())",
};

const APPLY: Method<'_> = Method {
    doc: "Clears what it makes stale, then tells clients.",
    name: "pub async fn apply",
    arguments: &["self", "cx: &_codegen::Cachex"],
    returns: "_codegen::Apply",
    body: "cx.apply(self.0.finish()).await",
};

const REGIONS: Method<'_> = Method {
    doc: "What it would clear; nothing is done.",
    name: "pub fn regions",
    arguments: &["&self"],
    returns: "::std::vec::Vec<_codegen::Region>",
    body: "_codegen::regions(&super::SCHEMA, &self.0.so_far())",
};

const DATA: Method<'_> = Method {
    doc: "A hint for clients.",
    name: "pub fn data",
    arguments: &["self", "data: &impl _codegen::Serialize"],
    returns: "Self",
    body: "Self(self.0.data(data), self.1)",
};

const SAME_EVENT: Method<'_> = Method {
    doc: "Clients were told of it by this event: it clears again and tells nobody.",
    name: "pub fn same_event",
    arguments: &[
        "self",
        "ev: impl ::core::convert::Into<::std::string::String>",
    ],
    returns: "Self",
    body: "Self(self.0.same_event(ev.into()), self.1)",
};

/// The methods of a change, and the change as the runtime evaluates it.
pub(super) fn finish(out: &mut Text, shape: &Shape) {
    let bounds = shape.bounds("");
    let states = shape.states();
    shape.implementation(out, "Action", &states, "Action", |out| {
        for finished in [RECORD, APPLY, REGIONS] {
            method(out, &finished, &bounds);
        }
        for option in [DATA, SAME_EVENT] {
            method(out, &option, &[]);
        }
        if let Some(scope) = &shape.scope {
            scoped(out, scope);
        }
        hidden(out, shape);
    });
    erased(out, shape);
}

fn method(out: &mut Text, method: &Method<'_>, bounds: &[String]) {
    out.gap();
    out.doc(method.doc);
    let arguments: Vec<String> = method
        .arguments
        .iter()
        .map(|&argument| argument.to_owned())
        .collect();
    let function = Function {
        name: method.name,
        arguments: &arguments,
        returns: method.returns,
        bounds,
    };
    out.function(&function, method.body);
}

fn scoped(out: &mut Text, scope: &str) {
    let of = format!("scope: impl _codegen::Give<{scope}>");
    let one = Method {
        doc: "The scope it happened in; `Unknown`: that of the unit of work.",
        name: "pub fn scope",
        arguments: &["self", &of],
        returns: "Self",
        body: &format!("Self(self.0.scope(_codegen::scope::<{scope}>(scope)), self.1)"),
    };
    let all = Method {
        doc: "It happened in all scopes.",
        name: "pub fn scope_all",
        arguments: &["self"],
        returns: "Self",
        body: "Self(self.0.scope(_codegen::ChangeScope::All), self.1)",
    };
    method(out, &one, &[]);
    method(out, &all, &[]);
}

/// What attributes call: an identity that is known late, and what is known before the body runs.
fn hidden(out: &mut Text, shape: &Shape) {
    let arguments = [
        "self".to_owned(),
        "id: impl _codegen::Identify<Id>".to_owned(),
    ];
    out.gap();
    out.line("#[doc(hidden)]");
    out.function(
        &Function {
            name: "pub fn __id",
            arguments: &arguments,
            returns: "Self",
            bounds: &[],
        },
        &format!(
            "Self(self.0.identify(_codegen::ids::<{}, Id>(id)), self.1)",
            shape.scalar
        ),
    );
    out.gap();
    out.line("#[doc(hidden)]");
    out.function(
        &Function {
            name: "pub fn __so_far",
            arguments: &["&self".to_owned()],
            returns: "_codegen::ErasedChange",
            bounds: &[],
        },
        "self.0.so_far()",
    );
}

fn erased(out: &mut Text, shape: &Shape) {
    let change = shape.any_change("Action");
    let bounds = shape.bounds("");
    let generics: Vec<String> = std::iter::once("Action".to_owned()).chain(bounds).collect();
    out.gap();
    out.list(
        "impl<",
        &generics,
        &format!("> ::core::convert::From<{change}> for _codegen::ErasedChange {{"),
    );
    out.line(&format!("    fn from(change: {change}) -> Self {{"));
    out.line("        change.0.finish()");
    out.line("    }");
    out.line("}");
}

/// The same for the reserved entity `system`, which has no identity, and nothing to be told but its scope.
pub(in super::super) fn system(out: &mut Text, scope: Option<&str>) {
    out.gap();
    out.block("impl Change {", "}", |out| {
        for finished in [RECORD, APPLY, REGIONS] {
            method(out, &finished, &[]);
        }
        for option in [DATA, SAME_EVENT] {
            method(out, &option, &[]);
        }
        if let Some(scope) = scope {
            scoped(out, scope);
        }
        method(out, &SO_FAR, &[]);
    });
    out.gap();
    out.block(
        "impl ::core::convert::From<Change> for _codegen::ErasedChange {",
        "}",
        |out| {
            out.block("fn from(change: Change) -> Self {", "}", |out| {
                out.line("change.0.finish()");
            });
        },
    );
}

const SO_FAR: Method<'_> = Method {
    doc: "What is known of it so far.",
    name: "pub fn __so_far",
    arguments: &["&self"],
    returns: "_codegen::ErasedChange",
    body: "self.0.so_far()",
};
