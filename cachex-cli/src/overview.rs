//! What a first `cachex.yaml` is written from: the tables that are written, and the functions that look as if they
//! clear caches today.
//!
//! Knows names only where facts end: what a function called `evict` does is for its reader to say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cachex_compiler::analyze::{
    Argument, Callee, Facts, Function, FunctionId, RootId, SiteId, Via,
};

/// Words of a function's name that speak of clearing.
const CLEARS: [&str; 7] = [
    "invalidate",
    "evict",
    "purge",
    "bust",
    "flush",
    "forget",
    "clear",
];

/// Methods that take entries out, where what they are called on is a cache or a store.
const TAKES_OUT: [&str; 9] = [
    "invalidate",
    "invalidate_all",
    "invalidate_entries_if",
    "remove",
    "evict",
    "delete",
    "del",
    "unlink",
    "clear",
];

/// Both lists, as text; empty where there is nothing to list.
pub(crate) fn overview(facts: &Facts) -> String {
    let mut text = String::new();
    let tables = tables(facts);
    if facts
        .sites
        .iter()
        .any(cachex_compiler::analyze::Site::is_write)
    {
        text.push_str("\nthe tables that are written:\n\n");
        text.push_str(&tables);
    }
    let effects = effects(facts);
    if !effects.is_empty() {
        text.push_str("\nfunctions that look as if they clear caches:\n\n");
        text.push_str(&effects);
    }
    text
}

const TABLE: &str = "table";

#[derive(Default)]
struct Table {
    writes: usize,
    functions: BTreeSet<FunctionId>,
    roots: BTreeSet<RootId>,
    columns: BTreeSet<String>,
    hidden: bool,
}

fn tables(facts: &Facts) -> String {
    let reached = facts.reached_from();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let sites = (0..).map(SiteId).zip(&facts.sites);
    for (id, site) in sites.filter(|(_, site)| site.is_write()) {
        let table = tables.entry(site.table.to_lowercase()).or_default();
        table.writes += 1;
        table.functions.insert(site.function);
        let roots = reached.get(&id).into_iter().flatten();
        table.roots.extend(roots.map(|reached| reached.root));
        table.hidden |= site.columns.is_none();
        table.columns.extend(site.columns.iter().flatten().cloned());
    }
    let mut rows: Vec<_> = tables.into_iter().collect();
    rows.sort_by(|one, other| {
        let roots = |table: &Table| std::cmp::Reverse(table.roots.len());
        (roots(&one.1), &one.0).cmp(&(roots(&other.1), &other.0))
    });
    let width = rows.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or_default().max(TABLE.len());
    let mut text = format!("  {TABLE:width$}  writes  functions  roots  columns that are named\n");
    for (name, table) in rows {
        let counts = [table.writes, table.functions.len(), table.roots.len()];
        let [writes, functions, roots] = counts;
        let columns = columns(&table);
        let line = format!("  {name:width$}  {writes:>6}  {functions:>9}  {roots:>5}  {columns}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// The columns that writes name; `…` where some hide theirs.
fn columns(table: &Table) -> String {
    const SHOWN: usize = 6;
    let mut named: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    let more = named.len() > SHOWN || table.hidden;
    named.truncate(SHOWN);
    if more {
        named.push("…");
    }
    named.join(", ")
}

fn effects(facts: &Facts) -> String {
    let mut callers: BTreeMap<FunctionId, BTreeSet<_>> = BTreeMap::new();
    let mut clearing: BTreeSet<FunctionId> = BTreeSet::new();
    let mut foreign: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for instance in &facts.instances {
        for call in &instance.calls {
            match &call.callee {
                Callee::Instance(callee) if call.via != Via::Register => {
                    if let Some(callee) = facts.instance(*callee) {
                        callers
                            .entry(callee.function)
                            .or_default()
                            .insert(call.place);
                    }
                }
                Callee::Method { receiver, name } => {
                    if takes_out(receiver, name) {
                        clearing.insert(instance.function);
                    }
                    if takes_out(receiver, name) || clears_caches(name) {
                        let calls = foreign
                            .entry(method(receiver, name, call.arguments.first()))
                            .or_default();
                        calls.insert((call.place, instance.function));
                    }
                }
                _ => {}
            }
        }
    }
    let functions = (0..).map(FunctionId).zip(&facts.functions);
    let roots: BTreeSet<FunctionId> = facts.roots.iter().map(|root| root.function).collect();
    let own: Vec<_> = functions
        .filter(|(id, function)| clearing.contains(id) || named_so(function))
        .filter(|(id, _)| !roots.contains(id) && callers.contains_key(id))
        .collect();
    let mut rows: Vec<(usize, String)> = own
        .iter()
        .filter_map(|(id, function)| Some((callers.get(id)?.len(), short(function))))
        .collect();
    // Of a library's own methods those that functions call which are not in the list themselves.
    let listed: BTreeSet<FunctionId> = own.iter().map(|(id, _)| *id).collect();
    for (name, calls) in foreign {
        let loose = calls.iter().filter(|(_, caller)| !listed.contains(caller));
        rows.extend(Some((loose.count(), name)).filter(|(calls, _)| *calls > 0));
    }
    rows.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
    rows.dedup();
    if rows.is_empty() {
        return String::new();
    }
    let mut text = String::from("   calls  function\n");
    for (calls, name) in rows {
        let _ = writeln!(text, "  {calls:>6}  {name}");
    }
    text
}

fn takes_out(receiver: &str, method: &str) -> bool {
    let ty = receiver.split('<').next().unwrap_or(receiver);
    let last = ty.rsplit("::").next().unwrap_or(ty).to_lowercase();
    let store = last.contains("cache") || ty.starts_with("redis") || ty.contains("redis::");
    store && TAKES_OUT.contains(&method)
}

/// `clear_cache`, whatever it is called on.
fn clears_caches(method: &str) -> bool {
    let words: Vec<&str> = method.split('_').collect();
    let clears = CLEARS.iter().any(|word| words.contains(word));
    clears && words.iter().any(|word| word.starts_with("cache"))
}

/// `moka::future::Cache::invalidate`, `hiqlite::Client::clear_cache(Cache::App)`: as `check.effects` may name it.
fn method(receiver: &str, name: &str, first: Option<&Argument>) -> String {
    let ty = receiver.split('<').next().unwrap_or(receiver);
    let ty = ty.trim_start_matches(['&', ' ']);
    match first.filter(|argument| is_variant(&argument.text)) {
        Some(which) => format!("{ty}::{name}({})", which.text),
        None => format!("{ty}::{name}"),
    }
}

/// `Cache::App` says which cache; `&user.id` doesn't.
fn is_variant(text: &str) -> bool {
    let mut segments = text.split("::");
    let named = |segment: &str| segment.starts_with(|first: char| first.is_ascii_uppercase());
    text.contains("::")
        && segments.all(|it| named(it) && it.chars().all(|c| c.is_alphanumeric() || c == '_'))
}

/// `clear_cache`, `invalidate_user`, `evict`: a word for clearing, and for the vaguer ones what is cleared.
fn named_so(function: &Function) -> bool {
    let words: BTreeSet<&str> = function.name.split('_').collect();
    let clears = CLEARS.iter().any(|word| words.contains(word));
    let vague = ["purge", "flush", "forget", "clear"];
    let vague = vague.iter().any(|word| words.contains(word));
    let owner = function.owner.as_deref().unwrap_or_default().to_lowercase();
    clears && (!vague || function.name.contains("cache") || owner.contains("cache"))
}

/// `DBProject::clear_cache`: as `check.effects` may name it.
fn short(function: &Function) -> String {
    let owner = function.owner.as_deref().map(|owner| {
        let plain = owner.split('<').next().unwrap_or(owner);
        plain.rsplit("::").next().unwrap_or(plain)
    });
    if let Some(owner) = owner {
        return format!("{owner}::{}", function.name);
    }
    let mut parts: Vec<&str> = function.path.rsplitn(3, "::").take(2).collect();
    parts.reverse();
    parts.join("::")
}
