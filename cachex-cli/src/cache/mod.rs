//! Facts kept from one run to the next.
//!
//! One file holds what a run found, named after everything that the result depends on but what stands in the sources:
//! the version of cachex, the options, the crates, the list of files. Within it each Rust file has a [`Stamp`] by which
//! it need not be read, the digest of its content and its [`Shape`]: while those agree the facts are taken as they are,
//! and where only the layout of files changed their places are moved. SQL files count where a statement named them.
//! Beside it lies what each file says ([`trees`]): where only some functions were edited, nothing else is looked at
//! again. Such a result isn't kept, the next run begins where this one did.
//!
//! Keeps true: what is recalled equals what would be worked out. A file that is damaged, foreign, of another version
//! or half written is as good as none, and a folder that can't be written costs the next run's time only.

mod key;
mod stamp;
mod store;
mod trees;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use cachex_compiler::analyze::{Facts, FileFacts, Instance, Moves, Shape, shape};
use cachex_compiler::source::FileId;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub(crate) use key::{Digest, Key, digest};
pub(crate) use stamp::Stamp;
use store::Part;

use crate::args::Sources;
use crate::project::Project;
use crate::read::Source;

/// Where facts are kept.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: Option<PathBuf>,
    /// Whether the user named the folder, and wants to know when it is of no use.
    named: bool,
    /// Before any stamp was taken. What was edited since may look as it did then.
    begun: SystemTime,
}

/// The SQL files that facts depend on, by path, each as it was then.
pub(crate) type Named = BTreeMap<String, Digest>;

/// What is known of sources that were looked at before.
pub(crate) enum Recalled {
    /// They say the same, wherever it stands now; files are renamed.
    Same(Facts),
    /// Something else is said in some functions.
    Edited(Edited),
}

/// What is known of before some functions were edited.
pub(crate) struct Edited {
    /// As it was read.
    kept: Vec<u8>,
    /// Of the trees, and where they lie.
    trees: Digest,
    folder: PathBuf,
    key: Key,
    pub(crate) moves: BTreeMap<FileId, Moves>,
}

/// What a file holds. Parts are read only where they are needed, or by several threads.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    #[serde(borrow)]
    files: Vec<Known<'a>>,
    sql: Named,
    /// Of what lies beside it.
    trees: Digest,
    /// [`Facts`] without their instances.
    facts: &'a [u8],
    /// The instances, some at a time.
    instances: Vec<&'a [u8]>,
}

/// A file as it was.
#[derive(Serialize, Deserialize)]
struct Known<'a> {
    /// Where the file had been left alone for a while.
    stamp: Option<Stamp>,
    content: Digest,
    /// An `Option<Shape>`, `None` where it is not Rust.
    shape: &'a [u8],
}

/// How many instances are read at a time.
const SOME: usize = 512;

impl Cache {
    /// In the folder that was asked for, else below cargo's, else nowhere.
    pub(crate) fn of(arguments: &Sources, project: &Project) -> Self {
        let below_target = || Some(project.target.as_ref()?.join("cachex"));
        let folder = match &arguments.cache_dir {
            _ if arguments.no_cache => None,
            Some(folder) => Some(folder.clone()),
            None => below_target(),
        };
        Self {
            folder,
            named: arguments.cache_dir.is_some(),
            begun: SystemTime::now(),
        }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.folder.is_some()
    }

    /// What is known of these files. Their ids begin at 0, and are renamed where nothing remains to be done.
    pub(crate) fn recall(
        &self,
        key: &Key,
        files: &[Source],
        sql: impl Fn(&str) -> Option<Digest>,
        renamed: &dyn Fn(FileId) -> FileId,
    ) -> Option<Recalled> {
        let folder = self.folder.as_ref()?;
        let (bytes, _) = store::read(folder, key, Part::Facts)?;
        let kept: Kept<'_> = postcard::from_bytes(&bytes).ok()?;
        let same = |(path, known): (&String, &Digest)| sql(path).as_ref() == Some(known);
        if !kept.sql.iter().all(same) {
            return None;
        }
        let moves = moves(&kept.files, files)?;
        if !moves.values().any(Moves::edits) {
            return Some(Recalled::Same(kept.facts()?.moved(&moves, renamed)?));
        }
        Some(Recalled::Edited(Edited {
            trees: kept.trees,
            folder: folder.clone(),
            key: key.clone(),
            moves,
            kept: bytes,
        }))
    }

    /// Keeps facts for later runs, and what they were made of. The ids of files begin at 0.
    pub(crate) fn keep(
        &self,
        key: &Key,
        files: &[Source],
        said: postcard::Result<Said>,
        sql: Named,
        facts: &mut Facts,
    ) {
        let Some(folder) = &self.folder else { return };
        let written = || -> std::io::Result<()> {
            let Said { shapes, trees } = said.map_err(std::io::Error::other)?;
            let trees = store::write(folder, key, Part::Trees, &trees)?;
            let known = |(file, shape)| known(file, shape, self.begun);
            // Whether a file can be read is no matter of its content.
            let Some(known) = files.iter().zip(&shapes).map(known).collect() else {
                return Ok(());
            };
            let bytes = encoded(known, sql, trees, facts).map_err(std::io::Error::other)?;
            store::write(folder, key, Part::Facts, &bytes)?;
            store::sweep(folder);
            Ok(())
        };
        let written = written();
        if let (Err(error), true) = (written, self.named) {
            let folder = folder.display();
            crate::output::remark(&format!(
                "warning: can't keep what was found in `{folder}`: {error}"
            ));
        }
    }
}

impl Edited {
    /// What was known of each file, in the order of the list.
    pub(crate) fn files(&self) -> Option<Vec<FileFacts>> {
        let (trees, digest) = store::read(&self.folder, &self.key, Part::Trees)?;
        (digest == self.trees).then(|| trees::read(trees))?
    }

    /// The facts of before.
    pub(crate) fn facts(&self) -> Option<Facts> {
        postcard::from_bytes::<Kept<'_>>(&self.kept).ok()?.facts()
    }
}

impl Kept<'_> {
    fn facts(&self) -> Option<Facts> {
        let read = |bytes: &&[u8]| postcard::from_bytes::<Vec<Instance>>(bytes);
        let (facts, instances) = rayon::join(
            || postcard::from_bytes::<Facts>(self.facts),
            || self.instances.par_iter().map(read).collect::<Vec<_>>(),
        );
        let mut facts = facts.ok()?;
        for some in instances {
            facts.instances.extend(some.ok()?);
        }
        Some(facts)
    }
}

/// What each file says, to be kept.
pub(crate) struct Said {
    shapes: Vec<Vec<u8>>,
    trees: Vec<u8>,
}

impl Said {
    /// Of files, and of what was read of each.
    pub(crate) fn by(files: &[Source], parsed: &[&FileFacts]) -> postcard::Result<Self> {
        let shape = |file: &Source| {
            // Worked out here, on all cores; `known` asks for it on one.
            file.digest();
            postcard::to_stdvec(&file.text().and_then(shape))
        };
        let shapes = || files.par_iter().map(shape).collect::<Result<_, _>>();
        let (shapes, trees) = rayon::join(shapes, || trees::encoded(parsed));
        Ok(Self {
            shapes: shapes?,
            trees: trees?,
        })
    }
}

/// The facts are whole again in the end.
fn encoded(
    files: Vec<Known<'_>>,
    sql: Named,
    trees: Digest,
    facts: &mut Facts,
) -> postcard::Result<Vec<u8>> {
    let all = std::mem::take(&mut facts.instances);
    let without = postcard::to_stdvec(facts);
    let instances = all.par_chunks(SOME).map(postcard::to_stdvec);
    let instances: postcard::Result<Vec<Vec<u8>>> = instances.collect();
    facts.instances = all;
    let (without, instances) = (without?, instances?);
    postcard::to_stdvec(&Kept {
        files,
        sql,
        trees,
        facts: &without,
        instances: instances.iter().map(Vec::as_slice).collect(),
    })
}

fn known<'a>(file: &Source, shape: &'a Vec<u8>, begun: SystemTime) -> Option<Known<'a>> {
    let settled = |stamp: &&Stamp| stamp.is_settled(begun);
    Some(Known {
        stamp: file.stamp.as_ref().filter(settled).cloned(),
        content: file.digest()?,
        shape,
    })
}

/// How the places in each changed file moved; `None` where more than layout and functions changed.
fn moves(known: &[Known<'_>], files: &[Source]) -> Option<BTreeMap<FileId, Moves>> {
    if known.len() != files.len() {
        return None;
    }
    let all: Vec<_> = (0..).map(FileId).zip(known.iter().zip(files)).collect();
    let changed = all
        .into_par_iter()
        .filter(|(_, (known, now))| known.stamp.is_none() || known.stamp != now.stamp)
        .filter(|(_, (known, now))| now.digest() != Some(known.content));
    changed
        .map(|(id, (known, now))| {
            let text = now.text()?;
            let before: Option<Shape> = postcard::from_bytes(known.shape).ok()?;
            Some((id, Moves::between(&before?, &shape(text)?, text)?))
        })
        .collect()
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use cachex_compiler::analyze::Options;

    use super::*;

    /// Long after the end of a run an edit within it may have left the stamp as it was.
    #[test]
    fn a_stamp_is_trusted_by_when_the_run_began_and_not_by_when_it_ends() {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let touched = fs::metadata(&place).unwrap().modified().unwrap();
        let key = Key::of(&Options::default(), &[], [].into_iter(), [].into_iter());
        let folder = tempfile::tempdir().unwrap();
        let trusted = |begun: SystemTime| {
            let files = [Source::new("Cargo.toml".to_owned(), &place)];
            let cache = Cache {
                folder: Some(folder.path().to_owned()),
                named: true,
                begun,
            };
            let said = Said::by(&files, &[]);
            cache.keep(&key, &files, said, Named::new(), &mut Facts::default());
            let (bytes, _) = store::read(folder.path(), &key, Part::Facts).unwrap();
            let kept: Kept<'_> = postcard::from_bytes(&bytes).unwrap();
            kept.files[0].stamp.is_some()
        };
        assert!(trusted(SystemTime::now() + Duration::from_mins(1)));
        assert!(!trusted(touched), "it may have been edited once more");
    }
}
