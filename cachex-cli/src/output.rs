//! Prints. Keeps true: nothing of the user's reaches a terminal with control or bidirectional characters in it.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use cachex_compiler::diagnostics::{Look, escape};

use crate::args::Color;
use crate::commands::Failure;

/// How reports look on standard output.
pub(crate) fn look(color: Color) -> Look {
    match AutoStream::choice(&std::io::stdout()) {
        _ if color == Color::Always => Look::Coloured,
        _ if color == Color::Never => Look::Plain,
        ColorChoice::Never => Look::Plain,
        _ if std::io::stdout().is_terminal() => Look::Coloured,
        ColorChoice::Always | ColorChoice::AlwaysAnsi => Look::Coloured,
        ColorChoice::Auto => Look::Plain,
    }
}

/// How wide reports may be: as the terminal is, or, where there is none, as wide as they are read.
pub(crate) fn columns() -> usize {
    terminal_size::terminal_size().map_or(usize::MAX, |(width, _)| usize::from(width.0))
}

/// Prints to standard output. A reader that went away (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Says something on standard error that is no part of the output.
pub(crate) fn remark(text: &str) {
    // When standard error is gone there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{}", escape(text));
}

/// Says on standard error why a command could not run.
pub(crate) fn complain(color: Color, failure: &Failure) {
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let mut out = AutoStream::new(std::io::stderr(), choice);
    // When standard error is gone too there is nobody to tell.
    let _ = writeln!(
        out,
        "\u{1b}[1;31merror\u{1b}[0m: {}",
        escaped_lines(&failure.to_string())
    );
}

/// A message of several lines, what cargo says for one, stays readable.
fn escaped_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escape).collect();
    lines.join("\n")
}
