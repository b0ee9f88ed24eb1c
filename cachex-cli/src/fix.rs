//! `--fix`: writes the edits that findings carry into the sources.
//!
//! Keeps true: a file is only changed where it still says what was read, and where its lines are committed; of two
//! edits that overlap the second is left. What is left says why, and a second run finds nothing more to do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use cachex_compiler::diagnostics::{Diagnostic, Fix};
use cachex_compiler::source::{FileId, SourceMap};

/// Writes the edits of findings; says of each what became of it. Paths of the map are seen from a folder.
pub(crate) fn write(
    findings: &[&Diagnostic],
    sources: &SourceMap,
    seen_from: &Path,
) -> Vec<String> {
    let mut by_file: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        by_file.entry(fix.span.file).or_default().push(fix);
    }
    let mut said = Vec::new();
    for (file, mut fixes) in by_file {
        fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
        let path = seen_from.join(sources.path(file));
        said.extend(in_file(&path, &fixes, sources));
    }
    said
}

fn in_file(path: &Path, fixes: &[&Fix], sources: &SourceMap) -> Vec<String> {
    let Some(first) = fixes.first() else {
        return Vec::new();
    };
    let read = sources.text(first.span.file);
    if std::fs::read_to_string(path).ok().as_deref() != Some(read) {
        let left = |fix: &&Fix| left(fix, sources, "the file changed while it was checked");
        return fixes.iter().map(left).collect();
    }
    let dirty = Dirty::of(path);
    let (mut text, mut end, mut said) = (String::new(), 0, Vec::new());
    for fix in fixes {
        let range = fix.span.range();
        let lines = sources.start(fix.span).line..=sources.end(fix.span).line;
        let refused = if range.start < end {
            Some("it overlaps another edit")
        } else if dirty.meets(lines) {
            Some("its lines are not committed")
        } else {
            None
        };
        match (refused, read.get(end..range.start)) {
            (None, Some(before)) => {
                text.push_str(before);
                text.push_str(&fix.text);
                end = range.end;
                let place = place(fix, sources);
                let old = sources.slice(fix.span);
                said.push(format!("{place}: wrote `{}` for `{old}`", fix.text));
            }
            (reason, _) => said.push(left(fix, sources, reason.unwrap_or("it has no place"))),
        }
    }
    if end > 0 {
        text.push_str(read.get(end..).unwrap_or_default());
        if let Err(error) = std::fs::write(path, text) {
            return vec![format!("{}: left as it is, {error}", path.display())];
        }
    }
    said
}

fn left(fix: &Fix, sources: &SourceMap, reason: &str) -> String {
    format!("{}: left as it is, {reason}", place(fix, sources))
}

fn place(fix: &Fix, sources: &SourceMap) -> String {
    let start = sources.start(fix.span);
    format!("{}:{}", sources.path(fix.span.file), start.line)
}

/// The lines of a file that its repository doesn't have yet. Without a repository nothing is dirty.
enum Dirty {
    Nothing,
    Lines(Vec<std::ops::RangeInclusive<usize>>),
    Everything,
}

impl Dirty {
    fn of(path: &Path) -> Self {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Self::Nothing;
        };
        let git = |arguments: &[&str]| -> Option<String> {
            let mut git = Command::new("git");
            git.arg("-C")
                .arg(folder)
                .args(arguments)
                .arg("--")
                .arg(PathBuf::from(name));
            let ran = git.output().ok().filter(|ran| ran.status.success())?;
            String::from_utf8(ran.stdout).ok()
        };
        match git(&["status", "--porcelain"]) {
            None => Self::Nothing,
            Some(status) if status.is_empty() => Self::Nothing,
            Some(status) if status.starts_with("??") || status.starts_with('A') => Self::Everything,
            Some(_) => git(&["diff", "--no-ext-diff", "--no-color", "-U0", "HEAD"])
                .map_or(Self::Everything, |diff| Self::Lines(hunks(&diff))),
        }
    }

    fn meets(&self, lines: std::ops::RangeInclusive<usize>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Lines(dirty) => dirty
                .iter()
                .any(|hunk| hunk.start() <= lines.end() && lines.start() <= hunk.end()),
        }
    }
}

/// The new lines of each hunk: `@@ -11,2 +11,3 @@`.
fn hunks(diff: &str) -> Vec<std::ops::RangeInclusive<usize>> {
    let heads = diff.lines().filter_map(|line| line.strip_prefix("@@ "));
    let new = heads.filter_map(|head| head.split(' ').find_map(|part| part.strip_prefix('+')));
    new.filter_map(|new| {
        let (start, count) = new.split_once(',').unwrap_or((new, "1"));
        let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
        (count > 0).then(|| start..=start + count - 1)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_the_lines_they_leave() {
        let diff = "--- a/x\n+++ b/x\n@@ -3 +3,2 @@ fn f\n-a\n+b\n+c\n@@ -9,2 +10,0 @@\n-x\n-y\n";
        assert_eq!(hunks(diff), [3..=4]);
        let dirty = Dirty::Lines(hunks(diff));
        assert!(dirty.meets(4..=6) && !dirty.meets(5..=9));
    }
}
