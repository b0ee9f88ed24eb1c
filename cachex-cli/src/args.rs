//! The command line: what may be typed, and the help texts. Does nothing.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Proves that every write of a cached entity is followed by its invalidation.
///
/// cachex reads the rules of cachex.yaml and the Rust sources of an application. Nothing is compiled or run,
/// nothing is downloaded.
#[derive(Debug, Parser)]
#[command(
    name = "cachex",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours and lines.
    #[arg(long, value_name = "WHEN", default_value_t, value_enum, global = true)]
    pub(crate) color: Color,
}

/// When to use colours and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// In a terminal, and not where `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the rules, and the application's sources against them.
    ///
    /// Exit status: 0 no error, 1 at least one error, 2 could not run.
    Check(Check),
    /// Explain a change, a cache or a finding's code.
    ///
    /// `post.update` says what such a change clears and by which rules, `post_by_id` who clears that cache, and
    /// `CX0301` what the rule finds, why it matters and what to write instead. Alone it lists the rules.
    Explain(Explain),
    /// Draw what clears what.
    Graph(Graph),
    /// Print what the rules compile to.
    #[command(subcommand)]
    Gen(Gen),
    /// List the writes and reads that were understood in the sources, and those that were not.
    ///
    /// Needs no cachex.yaml: it is how to see what `check` will be able to tell.
    Facts(Facts),
}

/// Where an application lies.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// The folder of the application: of a workspace, of one package of it, or of its cachex.yaml.
    ///
    /// Without it, the nearest folder upwards that has a Cargo.toml or a cachex.yaml.
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Read the rules from this file instead of PATH/cachex.yaml.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

/// Which sources are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct Sources {
    /// Read every Rust file below this folder instead of asking cargo. May be given several times.
    #[arg(long, value_name = "DIR")]
    pub(crate) src: Vec<PathBuf>,
    /// Read tests, benches and examples too.
    #[arg(long)]
    pub(crate) tests: bool,
    /// Keep what was found for the next run in this folder instead of cargo's target folder.
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Neither keep what was found nor use what was kept.
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// `cachex check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// How to print the findings.
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: Format,
    /// Count these as errors: `warnings`, or a code such as CX1103. May be given several times.
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Vec<String>,
    /// Ask for a declaration of every column, also where the statement hides which ones it sets.
    #[arg(long)]
    pub(crate) strict: bool,
    /// What to do with cachex-baseline.yaml, which lies beside the rules and counts the findings to live with.
    #[arg(long, value_name = "MODE", default_value_t, value_enum)]
    pub(crate) baseline: BaselineMode,
    /// Narrow declarations that clear more than is written (CX1102), in the sources.
    ///
    /// Only lines that are committed are changed; each edit is said on standard error.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Check the rules alone, without the application's sources.
    #[arg(long, conflicts_with_all = ["src", "tests", "strict", "fix", "cache_dir", "no_cache"])]
    pub(crate) rules_only: bool,
}

/// What to do with the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum BaselineMode {
    /// Leave out what it counts, where there is one.
    #[default]
    Use,
    /// Make one of what is found, or take out of it what is mended.
    Write,
    /// Report everything.
    Off,
}

/// How to print findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people: with the lines in question.
    #[default]
    Human,
    /// One JSON object, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub Actions run.
    Github,
}

/// `cachex explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A change pattern, a cache, a code or a rule's name. Without it, all rules are listed.
    #[arg(value_name = "WHAT")]
    pub(crate) what: Option<String>,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// `cachex graph`.
#[derive(Debug, Args)]
pub(crate) struct Graph {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The language to draw in.
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: GraphFormat,
}

/// The language of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum GraphFormat {
    /// A Mermaid flow chart, as Markdown renderers draw it.
    #[default]
    Mermaid,
    /// Graphviz.
    Dot,
    /// A picture.
    Svg,
}

/// `cachex gen`.
#[derive(Debug, Subcommand)]
pub(crate) enum Gen {
    /// The Rust text that `cachex::schema!` expands to, formatted.
    Rust(Place),
}

/// `cachex facts`.
#[derive(Debug, Args)]
pub(crate) struct Facts {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// How to print them.
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: FactsFormat,
    /// With `--format jsonl`, list the calls too, and how each was resolved.
    #[arg(long)]
    pub(crate) calls: bool,
}

/// How to print facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum FactsFormat {
    /// A table.
    #[default]
    Table,
    /// One JSON object a line.
    Jsonl,
}
