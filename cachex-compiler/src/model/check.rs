//! The `check:` section: what `cachex check` is told about the application.

use std::collections::BTreeMap;
use std::fmt;

use super::{Name, Pattern, Spanned};
use crate::diagnostics::Severity;
use crate::source::Span;

/// The `check:` section, validated whole. Empty where it is missing.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// Folders or globs of sources; empty: the workspace.
    pub sources: Vec<Name>,
    /// The SQL dialect.
    pub dialect: Option<Spanned<Dialect>>,
    /// Severities by code, `None` for `off`.
    pub severity: Severities,
    /// Attributes that make a handler.
    pub handler_attributes: Vec<Name>,
    /// Functions that route to a handler.
    pub handler_routers: Vec<Name>,
    /// Functions that are given a job.
    pub handler_jobs: Vec<Name>,
    /// Loaders of caches made by hand: function path → what it loads (a cache, entity or table by name).
    pub loaders: Vec<(Name, Name)>,
    /// Functions that already invalidate.
    pub effects: Vec<Effect>,
    /// Views and the tables they read.
    pub views: BTreeMap<String, Vec<Name>>,
    /// Globs of files that are left out.
    pub ignore: Vec<Name>,
    /// Tables that are left out, with the reason.
    pub ignore_tables: Vec<(Name, Name)>,
}

/// `severity: { CX0501: error, CX1103: off }`; `None` is `off`.
pub type Severities = BTreeMap<String, Spanned<Option<Severity>>>;

/// An SQL dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `postgres`
    Postgres,
    /// `sqlite`
    Sqlite,
    /// `mysql`
    Mysql,
    /// `generic`
    Generic,
}

/// A function that already invalidates.
#[derive(Debug, Clone)]
pub struct Effect {
    /// Its path, `DBProject::clear_cache`.
    pub function: Name,
    /// The arguments its pattern names, in order; `None` where it has no parentheses.
    pub arguments: Option<Vec<EffectArgument>>,
    /// What it covers.
    pub covers: WritePattern,
    /// Where.
    pub span: Span,
}

/// As it is written: `publish(CacheKind::Accounts, _)`.
impl fmt::Display for Effect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.function.value)?;
        let Some(arguments) = &self.arguments else {
            return Ok(());
        };
        let arguments = arguments.iter().map(|argument| match argument {
            EffectArgument::Any => "_",
            EffectArgument::Literal(text) | EffectArgument::Named(text) => text,
        });
        write!(out, "({})", arguments.collect::<Vec<_>>().join(", "))
    }
}

/// An argument of an effect's pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectArgument {
    /// `_`: anything.
    Any,
    /// A path or literal that must stand there (`CacheKind::Accounts`), as written without spaces.
    Literal(String),
    /// A name that [`WritePattern::bindings`] refers to.
    Named(String),
}

/// What an effect covers: a pattern, and which argument is which value of the change.
#[derive(Debug, Clone)]
pub struct WritePattern {
    /// The changes.
    pub pattern: Pattern,
    /// `id: id, email: email`: value of the change → name of the argument.
    pub bindings: Vec<(Name, Name)>,
}
