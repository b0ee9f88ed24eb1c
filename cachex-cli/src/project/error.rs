//! What can keep an application from being found.

use std::path::PathBuf;

/// What can keep an application from being found. Trying again doesn't help with any of them.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProjectError {
    /// A folder or file can't be read.
    #[error("can't read `{path}`: {1}", path = .0.display())]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The globs of the rules can't be used together.
    #[error("the globs in `check:` can't be used: {0}")]
    Globs(#[source] ignore::Error),
    /// The file's name can't hold rules.
    #[error("`{path}` is neither a folder nor a YAML or JSON file", path = .0.display())]
    NoFolder(PathBuf),
    /// There are no rules where they are looked for.
    #[error(
        "there is no cachex.yaml in `{}`, and no Cargo.toml there names one as `package.metadata.cachex.schema`; \
         `cachex facts` needs none",
        .0.display()
    )]
    NoSchema(PathBuf),
    /// Several packages have rules of their own.
    #[error(
        "{} packages of this workspace have rules of their own, name the folder of one as PATH: {}",
        .0.len(),
        .0.join(", ")
    )]
    ManySchemas(Vec<String>),
    /// A glob of the rules is none.
    #[error("`{0}` in `check:` is no glob: {1}")]
    Glob(String, ignore::Error),
}
