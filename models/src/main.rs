//! Searches the models: each variant of a protocol with the verdict it must have.
//!
//! `cargo run --release -p cachex-models`, or with the names of models. Ends with status 1 if a rule is broken, or if one
//! that is left out is not missed: then the model no longer shows what it is for.

mod beneath;
mod count;
mod search;
mod slots;

use std::process::ExitCode;

use search::Verdict;

/// A variant of a protocol.
struct Variant {
    name: String,
    expected: Expected,
    search: Box<dyn Fn() -> Verdict>,
}

/// What a search of a variant has to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// The rule, or a change of it that is harmless.
    Holds,
    /// A rule is left out: there is a schedule that breaks the promise.
    Broken,
}

impl Variant {
    fn of<M: search::Model + 'static>(name: &str, expected: Expected, model: M) -> Self {
        Self {
            name: name.to_owned(),
            expected,
            search: Box::new(move || search::search(&model)),
        }
    }

    /// Whether the search finds what it has to; prints it.
    fn check(&self) -> bool {
        let verdict = (self.search)();
        let as_expected =
            matches!(verdict, Verdict::Holds { .. }) == (self.expected == Expected::Holds);
        let remark = if as_expected { "" } else { "UNEXPECTED: " };
        println!("  {remark}{}: {verdict}", self.name);
        as_expected
    }
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let models = [
        ("count", count::variants(count::Size::FULL)),
        ("beneath", beneath::variants(beneath::Size::FULL)),
        ("slots", slots::variants()),
    ];
    let mut all = true;
    for (name, variants) in &models {
        if wanted.is_empty() || wanted.iter().any(|it| it == name) {
            println!("{name}");
            // Not `all`: each of them is looked at.
            all = variants
                .iter()
                .fold(all, |all, variant| variant.check() && all);
        }
    }
    if all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::{Variant, beneath, count};

    fn all_as_expected(variants: &[Variant]) {
        for variant in variants {
            assert!(variant.check(), "{}", variant.name);
        }
    }

    #[test]
    fn the_count_spares_the_walk_and_nothing_else_does() {
        all_as_expected(&count::variants(count::Size::SMALL));
    }

    #[test]
    fn what_lies_beneath_goes_before_the_next_number_is_drawn() {
        all_as_expected(&beneath::variants(beneath::Size::SMALL));
    }
}
