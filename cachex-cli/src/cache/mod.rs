//! Facts kept from one run to the next.
//!
//! One file holds what a run found, named after everything that the result depends on but what stands in the sources:
//! the version of cachex, the options, the crates, the list of files. Within it each Rust file has a [`Stamp`] by which
//! it need not be read, the digest of its content and its [`Shape`]: while those agree the facts are taken as they are,
//! and where only the layout of files changed their places are moved. SQL files count where a statement named them.
//! Where only some functions were edited, they alone are looked at again: with the definitions of all files, and what
//! those files say that the functions lead to. Such a result isn't kept, the next run begins where this one did.
//!
//! Keeps true: what is recalled equals what would be worked out. A file that is damaged, foreign, of another version
//! or half written is as good as none, and a folder that can't be written costs the next run's time only.

mod key;
mod stamp;
mod store;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use cachex_compiler::analyze::{Facts, FileFacts, Instance, Moves, Shape, shape};
use cachex_compiler::source::FileId;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub(crate) use key::{Digest, Key, digest};
pub(crate) use stamp::Stamp;
use store::{Opened, Section, Sections};

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
    Edited(Box<Edited>),
}

/// What is known of before some functions were edited.
pub(crate) struct Edited {
    pub(crate) kept: Kept,
    pub(crate) facts: Facts,
    pub(crate) moves: BTreeMap<FileId, Moves>,
}

/// What is kept, as far as it was read.
pub(crate) struct Kept {
    head: Head,
    opened: Opened,
}

/// What lies where.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    files: Vec<Known>,
    sql: Named,
    /// [`Facts`] without their instances.
    facts: Section,
    /// The instances, some at a time.
    instances: Vec<Section>,
    /// [`Definitions`](cachex_compiler::analyze::Definitions)
    definitions: Section,
}

/// A file as it was.
#[derive(Debug, Serialize, Deserialize)]
struct Known {
    /// Where the file had been left alone for a while.
    stamp: Option<Stamp>,
    content: Digest,
    /// An `Option<Shape>`, `None` where it is not Rust.
    shape: Section,
    /// [`FileFacts`]
    facts: Section,
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
        let (opened, head) = Opened::new(folder, key)?;
        let head: Head = postcard::from_bytes(&head).ok()?;
        let kept = Kept { head, opened };
        let same = |(path, known): (&String, &Digest)| sql(path).as_ref() == Some(known);
        if !kept.head.sql.iter().all(same) {
            return None;
        }
        // Whatever became of the files, mostly the facts are of use.
        let (moves, facts) = rayon::join(|| kept.moves(files), || kept.facts());
        let (moves, facts) = (moves?, facts?);
        if !moves.values().any(Moves::edits) {
            return Some(Recalled::Same(facts.moved(&moves, renamed)?));
        }
        Some(Recalled::Edited(Box::new(Edited { kept, facts, moves })))
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
            let said = said.map_err(std::io::Error::other)?;
            let mut sections = Sections::default();
            let both = files.iter().zip(&said.files);
            let known = both.map(|(file, said)| known(file, said, self.begun, &mut sections));
            // Whether a file can be read is no matter of its content.
            let Some(known) = known.collect() else {
                return Ok(());
            };
            let definitions = sections.add(&said.definitions);
            let (without, instances) = encoded(facts).map_err(std::io::Error::other)?;
            let head = Head {
                files: known,
                sql,
                facts: sections.add(&without),
                instances: instances.iter().map(|some| sections.add(some)).collect(),
                definitions,
            };
            let head = postcard::to_stdvec(&head).map_err(std::io::Error::other)?;
            store::write(folder, key, &head, &sections)
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

impl Kept {
    /// What was known of a file, by its number in the list.
    pub(crate) fn file(&self, index: usize) -> Option<FileFacts> {
        let known = self.head.files.get(index)?;
        postcard::from_bytes(&self.opened.section(&known.facts)?).ok()
    }

    /// The [`Definitions`](cachex_compiler::analyze::Definitions) of all files, as bytes.
    pub(crate) fn definitions(&self) -> Option<Vec<u8>> {
        self.opened.section(&self.head.definitions)
    }

    fn facts(&self) -> Option<Facts> {
        let Self { head, opened } = self;
        let some = |section: &Section| -> Option<Vec<Instance>> {
            postcard::from_bytes(&opened.section(section)?).ok()
        };
        let (facts, instances) = rayon::join(
            || postcard::from_bytes::<Facts>(&opened.section(&head.facts)?).ok(),
            || head.instances.par_iter().map(some).collect::<Vec<_>>(),
        );
        let mut facts = facts?;
        for some in instances {
            facts.instances.extend(some?);
        }
        Some(facts)
    }

    /// How the places in each changed file moved; `None` where more than layout and functions changed.
    fn moves(&self, files: &[Source]) -> Option<BTreeMap<FileId, Moves>> {
        if self.head.files.len() != files.len() {
            return None;
        }
        let all = (0..).map(FileId).zip(self.head.files.iter().zip(files));
        let all: Vec<(FileId, (&Known, &Source))> = all.collect();
        let changed = all
            .into_par_iter()
            .filter(|(_, (known, now))| known.stamp.is_none() || known.stamp != now.stamp)
            .filter(|(_, (known, now))| now.digest() != Some(known.content));
        changed
            .map(|(id, (known, now))| {
                let text = now.text()?;
                let before = self.opened.section(&known.shape)?;
                let before: Option<Shape> = postcard::from_bytes(&before).ok()?;
                Some((id, Moves::between(&before?, &shape(text)?, text)?))
            })
            .collect()
    }
}

/// What files say, to be kept.
pub(crate) struct Said {
    files: Vec<SaidFile>,
    definitions: Vec<u8>,
}

struct SaidFile {
    shape: Vec<u8>,
    facts: Vec<u8>,
}

impl Said {
    /// Of files, and of what was read of each.
    pub(crate) fn by(files: &[Source], parsed: &[&FileFacts]) -> postcard::Result<Self> {
        let said = |(file, facts): (&Source, &&FileFacts)| {
            // Worked out here, on all cores; `known` asks for it on one.
            file.digest();
            Ok(SaidFile {
                shape: postcard::to_stdvec(&file.text().and_then(shape))?,
                facts: postcard::to_stdvec(facts)?,
            })
        };
        let files = files.par_iter().zip(parsed).map(said);
        Ok(Self {
            files: files.collect::<postcard::Result<_>>()?,
            definitions: Vec::new(),
        })
    }

    /// And what they define.
    pub(crate) fn with(self, definitions: Vec<u8>) -> Self {
        Self {
            definitions,
            ..self
        }
    }
}

/// Facts without their instances, and those. The facts are whole again in the end.
fn encoded(facts: &mut Facts) -> postcard::Result<(Vec<u8>, Vec<Vec<u8>>)> {
    let all = std::mem::take(&mut facts.instances);
    let without = postcard::to_stdvec(facts);
    let instances = all.par_chunks(SOME).map(postcard::to_stdvec);
    let instances: postcard::Result<Vec<Vec<u8>>> = instances.collect();
    facts.instances = all;
    Ok((without?, instances?))
}

fn known(
    file: &Source,
    said: &SaidFile,
    begun: SystemTime,
    sections: &mut Sections,
) -> Option<Known> {
    let settled = |stamp: &&Stamp| stamp.is_settled(begun);
    Some(Known {
        stamp: file.stamp.as_ref().filter(settled).cloned(),
        content: file.digest()?,
        shape: sections.add(&said.shape),
        facts: sections.add(&said.facts),
    })
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
            let said = Said::by(&files, &[&FileFacts::default()]);
            cache.keep(&key, &files, said, Named::new(), &mut Facts::default());
            let (_, head) = Opened::new(folder.path(), &key).unwrap();
            let head: Head = postcard::from_bytes(&head).unwrap();
            head.files[0].stamp.is_some()
        };
        assert!(trusted(SystemTime::now() + Duration::from_mins(1)));
        assert!(!trusted(touched), "it may have been edited once more");
    }
}
