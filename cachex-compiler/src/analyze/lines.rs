//! Facts as lines of JSON: the shape `cachex facts --format jsonl` prints and the analyser is measured by.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::facts::{
    Call, Callee, Facts, FunctionId, InstanceId, Operation, Place, Root, RootId, RootKind, SiteId,
    Via,
};
use super::graph::Walk;

/// A root that reaches a statement, and whether through a spawned task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReachedFrom {
    /// The root.
    pub root: RootId,
    /// [`Via::Spawn`] where every path goes through a task.
    pub via: Via,
}

#[derive(Serialize)]
struct SiteLine<'a> {
    site: &'static str,
    table: &'a str,
    operation: Operation,
    columns: Option<&'a [String]>,
    function: String,
    file: &'a str,
    line: u32,
    form: super::facts::Form,
    roots: Vec<&'a RawValue>,
}

#[derive(Clone, Serialize)]
struct RootLine<'a> {
    kind: RootKind,
    route: Option<&'a str>,
    function: String,
    file: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'static str>,
}

impl RootLine<'_> {
    /// Roots that agree in this are one.
    fn order(&self) -> (&str, u32, Option<&str>, RootKind) {
        (self.file, self.line, self.route, self.kind)
    }
}

/// A root as it is shown with every statement it reaches: written once, as there may be hundreds of them.
struct ShownRoot {
    /// Where it stands among all; roots that are shown alike have one.
    rank: u32,
    called: Box<RawValue>,
    spawned: Box<RawValue>,
}

#[derive(Serialize)]
struct UnknownLine<'a> {
    site: &'static str,
    reason: &'a str,
    function: Option<String>,
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct CallLine<'a> {
    call: String,
    callee: String,
    file: &'a str,
    line: u32,
    via: &'static str,
    resolution: String,
}

/// Whether call edges are listed too (`--calls`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edges {
    /// Statements only.
    Left,
    /// Statements, then every call of a function of the sources.
    Listed,
}

fn is_task(root: &Root) -> bool {
    root.kind == RootKind::Task
}

/// Whether what is called runs because of this call, now or in a task.
fn starts(call: &Call) -> bool {
    call.via != Via::Register
}

/// The roots of statements while they are gathered, root by root.
struct Gathered<'f> {
    facts: &'f Facts,
    walk: Walk<'f>,
    /// By the number of the site.
    found: Vec<Vec<ReachedFrom>>,
    /// By the number of the instance: whether roots other than tasks and `main` start it.
    covered: Vec<bool>,
}

impl<'f> Gathered<'f> {
    fn new(facts: &'f Facts) -> Self {
        Self {
            facts,
            walk: Walk::over(facts),
            found: vec![Vec::new(); facts.sites.len()],
            covered: vec![false; facts.instances.len()],
        }
    }

    fn root(&mut self, id: RootId, root: &Root) {
        self.sites(id, root, Via::Call, |call| call.via == Via::Call);
        if root.kind == RootKind::Main {
            return;
        }
        self.sites(id, root, Via::Spawn, starts);
        if !is_task(root) {
            for instance in self.walk.reached() {
                if let Some(covered) = self.covered.get_mut(instance.0 as usize) {
                    *covered = true;
                }
            }
        }
    }

    fn is_covered(&self, instance: InstanceId) -> bool {
        self.covered.get(instance.0 as usize) == Some(&true)
    }

    /// Statements that this root was found to reach before stay as they were found.
    fn sites(&mut self, id: RootId, root: &Root, via: Via, follow: fn(&Call) -> bool) {
        let reached = self.walk.from(root.instance, follow);
        let instances = reached.filter_map(|instance| self.facts.instance(instance));
        for site in instances.flat_map(|instance| &instance.sites) {
            let Some(roots) = self.found.get_mut(site.0 as usize) else {
                continue;
            };
            if roots.last().is_none_or(|last| last.root != id) {
                roots.push(ReachedFrom { root: id, via });
            }
        }
    }

    fn by_site(self) -> BTreeMap<SiteId, Vec<ReachedFrom>> {
        let sites = (0..).map(SiteId).zip(self.found);
        sites
            .filter(|(_, roots)| !roots.is_empty())
            .map(|(site, mut roots)| {
                roots.sort_unstable();
                (site, roots)
            })
            .collect()
    }
}

impl Facts {
    /// Every statement's roots. A task that some other root reaches is not listed beside it; `main` counts for what
    /// it does itself.
    pub fn reached_from(&self) -> BTreeMap<SiteId, Vec<ReachedFrom>> {
        let mut gathered = Gathered::new(self);
        for (id, root) in self.numbered().filter(|(_, root)| !is_task(root)) {
            gathered.root(id, root);
        }
        // A task that none of them starts is a root; one that another such task starts is not.
        let tasks = self.numbered().filter(|(_, root)| is_task(root));
        let tasks: Vec<(RootId, &Root)> = tasks
            .filter(|(_, root)| !gathered.is_covered(root.instance))
            .collect();
        let mut below: BTreeSet<InstanceId> = BTreeSet::new();
        for (_, root) in &tasks {
            let all = gathered.walk.from(root.instance, starts);
            below.extend(all.filter(|instance| *instance != root.instance));
        }
        for (id, root) in tasks {
            if !below.contains(&root.instance) {
                gathered.root(id, root);
            }
        }
        gathered.by_site()
    }

    fn numbered(&self) -> impl Iterator<Item = (RootId, &Root)> {
        self.roots
            .iter()
            .enumerate()
            .map(|(index, root)| (RootId(u32::try_from(index).unwrap_or(u32::MAX)), root))
    }

    /// One JSON object a line: statements, then what was not understood, then call edges where asked for.
    pub fn lines(&self, edges: Edges) -> String {
        let mut out = Vec::new();
        let mut roots = self.reached_from();
        self.merge_constants(&mut roots);
        let shown = self.shown_roots();
        for (index, site) in self.sites.iter().enumerate() {
            let id = SiteId(u32::try_from(index).unwrap_or(u32::MAX));
            if self.repeats(index) {
                continue;
            }
            let line = SiteLine {
                site: if site.is_write() { "write" } else { "read" },
                table: &site.table,
                operation: site.operation,
                columns: site.columns.as_deref(),
                function: self.shown(site.function),
                file: self.file(site.place.span.file),
                line: site.place.line,
                form: site.form,
                roots: roots
                    .get(&id)
                    .map_or_else(Vec::new, |roots| root_lines(&shown, roots)),
            };
            push(&mut out, &line);
        }
        for unknown in &self.unknowns {
            let function = unknown.function.map(|function| self.shown(function));
            push(
                &mut out,
                &UnknownLine {
                    site: "unknown",
                    reason: &unknown.reason,
                    function,
                    file: self.file(unknown.place.span.file),
                    line: unknown.place.line,
                },
            );
        }
        if edges == Edges::Listed {
            self.call_lines(&mut out);
        }
        // JSON is text.
        String::from_utf8(out).unwrap_or_default()
    }

    /// Whether a statement is that of the site before, used by a further function: a constant is one statement.
    fn repeats(&self, index: usize) -> bool {
        let before = index
            .checked_sub(1)
            .and_then(|before| self.sites.get(before));
        let here = self.sites.get(index);
        before.zip(here).is_some_and(|(one, other)| {
            (one.place, &one.table, one.operation) == (other.place, &other.table, other.operation)
        })
    }

    /// The roots of a constant's statement are those of every function that uses it.
    fn merge_constants(&self, roots: &mut BTreeMap<SiteId, Vec<ReachedFrom>>) {
        let mut first = 0;
        for index in 0..self.sites.len() {
            if !self.repeats(index) {
                first = index;
                continue;
            }
            let id = |index: usize| SiteId(u32::try_from(index).unwrap_or(u32::MAX));
            let more = roots.get(&id(index)).cloned().unwrap_or_default();
            roots.entry(id(first)).or_default().extend(more);
        }
    }

    /// By [`RootId`]; `None` where its function is missing.
    fn shown_roots(&self) -> Vec<Option<ShownRoot>> {
        let lines: Vec<_> = self.roots.iter().map(|root| self.root_line(root)).collect();
        let ranks: BTreeSet<_> = lines.iter().flatten().map(RootLine::order).collect();
        let ranks: BTreeMap<_, u32> = ranks.into_iter().zip(0..).collect();
        let shown = |line: &Option<RootLine<'_>>| {
            let called = line.as_ref()?;
            let spawned = RootLine {
                via: Some("spawn"),
                ..called.clone()
            };
            Some(ShownRoot {
                rank: *ranks.get(&called.order())?,
                called: to_raw_value(called).ok()?,
                spawned: to_raw_value(&spawned).ok()?,
            })
        };
        lines.iter().map(shown).collect()
    }

    fn root_line<'f>(&'f self, root: &'f Root) -> Option<RootLine<'f>> {
        let place = self.function(root.function)?.place;
        Some(RootLine {
            kind: root.kind,
            route: root.route.as_deref(),
            function: self.shown(root.function),
            file: self.file(place.span.file),
            line: place.line,
            via: None,
        })
    }

    fn call_lines(&self, out: &mut Vec<u8>) {
        for instance in &self.instances {
            for call in &instance.calls {
                let Callee::Instance(callee) = call.callee else {
                    continue;
                };
                let Some(callee) = self.instance(callee) else {
                    continue;
                };
                let Place { span, line } = call.place;
                let via = match call.via {
                    Via::Call => "call",
                    Via::Spawn => "spawn",
                    Via::Register => "register",
                };
                let resolution = format!("{:?}", call.resolution).to_lowercase();
                push(
                    out,
                    &CallLine {
                        call: self.shown(instance.function),
                        callee: self.shown(callee.function),
                        file: self.file(span.file),
                        line,
                        via,
                        resolution,
                    },
                );
            }
        }
    }

    /// A function's path with `crate` for its crate's name.
    fn shown(&self, function: FunctionId) -> String {
        let path = self
            .function(function)
            .map_or("", |function| function.path.as_str());
        path.split_once("::")
            .map_or_else(|| path.to_owned(), |(_, rest)| format!("crate::{rest}"))
    }
}

/// In the order of their places, each once: called where it is called and spawned.
fn root_lines<'s>(shown: &'s [Option<ShownRoot>], roots: &[ReachedFrom]) -> Vec<&'s RawValue> {
    let line = |reached: &ReachedFrom| {
        let root = shown.get(reached.root.0 as usize)?.as_ref()?;
        Some((root.rank, reached.via == Via::Spawn, root))
    };
    let mut lines: Vec<_> = roots.iter().filter_map(line).collect();
    lines.sort_by_key(|(rank, spawned, _)| (*rank, *spawned));
    lines.dedup_by_key(|(rank, ..)| *rank);
    let text = |(_, spawned, root): (u32, bool, &'s ShownRoot)| {
        if spawned {
            &*root.spawned
        } else {
            &*root.called
        }
    };
    lines.into_iter().map(text).collect()
}

fn push(out: &mut Vec<u8>, line: &impl Serialize) {
    // Strings and numbers always have a form in JSON, and a list takes whatever is written.
    if serde_json::to_writer(&mut *out, line).is_ok() {
        out.push(b'\n');
    }
}
