//! What the application's sources do, against what the schema says (5-check of the design; `docs/check.md`).
//!
//! Owns the messages. Knows neither SQL nor Rust's grammar: it asks the [`Survey`].

mod broad_declaration;
mod expired_exemption;
mod hidden_columns;
mod partial_declaration;
mod premature_invalidation;
#[cfg(test)]
mod tests;
mod unapplied_change;
mod unclear_code;
mod uncovered_write;
mod undeclared_column;
mod undeclared_read;
mod unmatched_name;
mod unneeded_declaration;
mod unneeded_exemption;
mod unreached_write;
mod unstated_move;
mod unwatched_table;
mod wording;

use crate::analyze::coverage::{Findings, Survey};

/// Asks every rule of the group, in the order a reader would.
pub(crate) fn check(survey: &Survey, out: &mut Findings) {
    uncovered_write::check(survey, out);
    partial_declaration::check(survey, out);
    undeclared_read::check(survey, out);
    unstated_move::check(survey, out);

    unneeded_declaration::check(survey, out);
    broad_declaration::check(survey, out);
    unreached_write::check(survey, out);
    unclear_code::check(survey, out);
    premature_invalidation::check(survey, out);
    unapplied_change::check(survey, out);

    hidden_columns::check(survey, out);
    unwatched_table::check(survey, out);
    undeclared_column::check(survey, out);
    unmatched_name::check(survey, out);

    // Last: they ask which exemptions the rules above used.
    unneeded_exemption::check(survey, out);
    expired_exemption::check(survey, out);
}
