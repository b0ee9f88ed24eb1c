//! Functions that an attribute hands to something outside of these sources, which calls them: a bridge to another
//! language, an actor framework, a command of a bot. Which attributes do that nobody can list; those that don't are few.

use super::program::Program;
use super::symbols::last_of;
use super::world::{FnId, Owner};
use crate::analyze::rust::tree::Attr;

/// First parts of paths of attributes that leave a function to those who call it.
const INERT_PATHS: &[&str] = &[
    "cachex",
    "clippy",
    "rustfmt",
    "rustversion",
    "diagnostic",
    "doc",
    "serde",
    "profiling",
    "tracing",
    "minitrace",
    "fastrace",
    "flame",
    "mockall",
    "bon",
];

/// Last parts.
const INERT: &[&str] = &[
    "allow",
    "async_generic",
    "async_impl",
    "async_recursion",
    "async_trait",
    "auto_impl",
    "automatically_derived",
    "automock",
    "autometrics",
    "bench",
    "builder",
    "cached",
    "cfg",
    "cfg_attr",
    "cold",
    "component",
    "delegatable_trait",
    "delegate",
    "delegated",
    "deny",
    "deprecated",
    "derive",
    "duplicate",
    "duplicate_item",
    "enum_dispatch",
    "expect",
    "fixture",
    "forbid",
    "html_sql",
    "ignore",
    "inherent",
    "inline",
    "instrument",
    "instrument_err",
    "invalidates",
    "io_cached",
    "logfn",
    "main",
    "maybe_async",
    "measure",
    "memoize",
    "metered",
    "must_use",
    "once",
    "optimize",
    "override_field",
    "py_sql",
    "quickcheck",
    "recursive",
    "rstest",
    "sealed",
    "serial",
    "should_panic",
    "skip",
    "sql",
    "sync_impl",
    "target_feature",
    "test",
    "test_case",
    "throws",
    "timed",
    "trace",
    "traced",
    "track_caller",
    "warn",
];

/// Whether an attribute of a function, or of the `impl` it is a method of, gives it to others to call.
pub(super) fn handed_over(program: &Program<'_>, function: FnId) -> bool {
    let Some(found) = program.world.fns.get(function.index()) else {
        return false;
    };
    let attributes = |file, item| {
        let item = program.world.item(file, item);
        item.map_or(&[][..], |item| &item.attributes)
    };
    let around = match found.owner {
        Owner::Free => &[][..],
        Owner::Trait(_) => return false,
        Owner::Impl(id) => match program.world.impls.get(id.index()) {
            Some(of) => attributes(of.file, of.item),
            None => &[],
        },
    };
    let own = attributes(found.file, found.item);
    own.iter().chain(around).any(hands_over)
}

fn hands_over(attribute: &Attr) -> bool {
    let path = attribute.path.trim_start_matches("::");
    let first = path.split("::").next().unwrap_or(path);
    let last = last_of(path);
    !INERT_PATHS.contains(&first) && !INERT.contains(&last) && !last.ends_with("test")
}
