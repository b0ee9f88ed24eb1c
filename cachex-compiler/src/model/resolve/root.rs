//! The passes over a file and its included files, in order.

use super::context::{Context, Unread};
use super::names::NameSpace;
use super::options::{self, Defaults};
use super::reader::{Section, mapping, missing, name, text};
use super::{cache, check, entity, identity_cycle, names, ty};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::registry::{UNEXPECTED_VALUE, UNKNOWN_KEY, UNSUPPORTED_VERSION};
use crate::model::{Cache, CacheId, Check, Entity, EntityId, Name, Scalar, Schema};
use crate::source::{FileId, Span};
use crate::syntax::{Document, Entry, Node, SECTIONS};

/// The version of the language that is read.
const VERSION: &str = "1";

/// Makes a schema of the root file (the first) and the files it includes.
pub(crate) fn resolve(
    documents: &[(FileId, Document<'_>)],
    unread: Unread,
    out: &mut Diagnostics,
) -> Schema {
    let mut cx = Context::new(unread, out);
    let mut sections = Vec::new();
    for (index, (file, document)) in documents.iter().enumerate() {
        let section = document
            .root
            .as_ref()
            .and_then(|node| top(node, index == 0, &mut cx));
        if index == 0 {
            require(section.as_ref(), *file, document, &mut cx);
        }
        sections.extend(section);
    }
    let root = documents
        .first()
        .filter(|(_, document)| document.root.is_some())
        .and(sections.first());
    let head = Head::read(root, &mut cx);
    let entities = entities(&sections, &mut cx);
    let caches = caches(&sections, &head.defaults, &entities, &mut cx);
    let check = root
        .and_then(|root| root.get("check"))
        .map_or_else(Check::default, |node| {
            check::check(node, &entities, &mut cx)
        });
    Schema {
        namespace: head.namespace,
        scope: head.scope,
        entities,
        caches,
        check,
    }
}

/// The top of a file. An included file holds entities and caches only.
fn top<'n>(node: &'n Node<'n>, is_root: bool, cx: &mut Context<'_, '_>) -> Option<Section<'n>> {
    if is_root {
        return Section::read(node, "the schema", &SECTIONS, cx);
    }
    for entry in mapping(node, "an included file", cx)? {
        let key = &*entry.key.text;
        if SECTIONS.contains(&key)
            && !matches!(key, "entities" | "caches" | "description" | "include")
        {
            let report = UNKNOWN_KEY.at(
                entry.key.span,
                format!("`{key}` stands in an included file"),
            );
            cx.push(report.help(
                "move it to the file that includes this one: here are `entities` and `caches` only",
            ));
        }
    }
    Section::read(node, "an included file", &SECTIONS, cx)
}

/// The keys a schema cannot be without. Where a section was cut short, it is not known what it lacks.
fn require(
    section: Option<&Section<'_>>,
    file: FileId,
    document: &Document<'_>,
    cx: &mut Context<'_, '_>,
) {
    let start = Span::new(file, 0..0);
    let Some(section) = section else {
        if document.root.is_none() && document.broken.is_empty() {
            cx.push(missing(
                start,
                "the schema",
                "cachex",
                "begin the file with `cachex: 1`",
            ));
        }
        return;
    };
    let place = section.span.begin();
    for (key, help) in [
        ("cachex", "begin the file with `cachex: 1`"),
        (
            "namespace",
            "name the first part of every key: `namespace: blog`",
        ),
    ] {
        let cut = document.broken.iter().any(|broken| broken == key);
        if !section.has(key) && !cut {
            cx.push(missing(place, "the schema", key, help));
        }
    }
}

/// What the root file says beside entities and caches.
struct Head {
    namespace: Name,
    scope: Option<(Name, Scalar)>,
    defaults: Defaults,
}

impl Head {
    fn read(root: Option<&Section<'_>>, cx: &mut Context<'_, '_>) -> Self {
        let get = |key| root.and_then(|root| root.get(key));
        if let Some(node) = get("cachex") {
            version(node, cx);
        }
        let namespace = get("namespace").and_then(|node| namespace(node, cx));
        Self {
            namespace: namespace.unwrap_or(Name {
                value: String::new(),
                span: Span::default(),
            }),
            scope: get("scope").and_then(|node| scope(node, cx)),
            defaults: get("defaults")
                .map_or_else(Defaults::default, |node| options::defaults(node, cx)),
        }
    }
}

fn version(node: &Node<'_>, cx: &mut Context<'_, '_>) {
    let Some(version) = text(node, "a version of the language", cx) else {
        return;
    };
    if version.text != VERSION {
        let report = UNSUPPORTED_VERSION
            .at(
                version.span,
                format!(
                    "version `{}` of the language is not supported",
                    version.text
                ),
            )
            .labelled(
                version.span,
                format!("this compiler reads version {VERSION}"),
            );
        cx.push(report.help(format!(
            "write `cachex: {VERSION}`, or use a compiler that reads this version"
        )));
    }
}

/// The first part of every key: text without what separates the parts.
fn namespace(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Name> {
    let text = text(node, "a text", cx)?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.text.is_empty() || !text.text.chars().all(plain) {
        let report = UNEXPECTED_VALUE.at(text.span, format!("`{}` cannot begin a key", text.text));
        cx.push(report.help("use letters, digits, `-`, `_` and `.`"));
        return None;
    }
    Some(name(text))
}

/// `{ tenant: string }`.
fn scope(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<(Name, Scalar)> {
    let entries = mapping(node, "`scope`", cx)?;
    let [entry] = entries else {
        let report = UNEXPECTED_VALUE.at(
            node.span,
            format!("a scope has one name, found {}", entries.len()),
        );
        cx.push(report.help("write `scope: { tenant: string }`"));
        return None;
    };
    names::check(&entry.key, "scope", cx);
    let whole = text(&entry.value, "a scalar", cx)?;
    let ty = ty::parse(whole, whole.text.trim(), cx)?;
    if ty.scalar == Scalar::Hash || ty.rust.is_some() || !ty.normalisers.is_empty() {
        cx.push(
            UNEXPECTED_VALUE
                .at(whole.span, "a scope is a plain scalar")
                .help("write `string`, `uuid` or another scalar alone"),
        );
        return None;
    }
    Some((name(&entry.key), ty.scalar))
}

/// The declarations of a kind in all files, each name once.
fn declarations<'n>(
    sections: &[Section<'n>],
    key: &str,
    space: &mut NameSpace,
    cx: &mut Context<'_, '_>,
) -> Vec<&'n Entry<'n>> {
    let mut declared = Vec::new();
    for section in sections {
        let entries = match section.get(key) {
            Some(node) if node.is_null() => &[],
            Some(node) => mapping(node, &format!("`{key}`"), cx).unwrap_or_default(),
            None => &[],
        };
        declared.extend(entries.iter().filter(|entry| space.declare(&entry.key, cx)));
    }
    declared
}

fn entities<'n>(sections: &[Section<'n>], cx: &mut Context<'n, '_>) -> Vec<Entity> {
    let declared = declarations(sections, "entities", &mut NameSpace::new("entity"), cx);
    cx.entities = declared
        .iter()
        .map(|entry| &*entry.key.text)
        .zip((0..).map(EntityId))
        .collect();
    let (mut entities, pending): (Vec<_>, Vec<_>) = declared
        .iter()
        .map(|entry| entity::declare(entry, cx))
        .unzip();
    identity_cycle::check(&entities, cx);
    for (id, pending) in (0..).map(EntityId).zip(&pending) {
        entity::complete(id, pending, &mut entities, cx);
    }
    entities
}

fn caches<'n>(
    sections: &[Section<'n>],
    defaults: &Defaults,
    entities: &[Entity],
    cx: &mut Context<'n, '_>,
) -> Vec<Cache> {
    let declared = declarations(sections, "caches", &mut NameSpace::new("cache"), cx);
    cx.caches = declared
        .iter()
        .map(|entry| &*entry.key.text)
        .zip((0..).map(CacheId))
        .collect();
    let (mut caches, pending): (Vec<_>, Vec<_>) = declared
        .iter()
        .map(|entry| cache::declare(entry, defaults, entities, cx))
        .unzip();
    names::beside_tags(&caches, cx);
    for (index, pending) in pending.iter().enumerate() {
        cache::complete(index, pending, entities, &mut caches, cx);
    }
    caches
}
