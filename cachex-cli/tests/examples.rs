//! The examples, as `cachex check` sees them: one that is vouched for, and its twin with three mistakes.

#![expect(clippy::expect_used, reason = "a failed expectation is the report")]
use std::path::Path;
use std::process::{Command, Output};

fn check(example: &str) -> Output {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(env!("CARGO_BIN_EXE_cachex"))
        .args(["--color", "never", "check", example])
        .current_dir(workspace)
        .output()
        .expect("the binary runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_write_of_the_blog_is_vouched_for() {
    let output = check("examples/blog");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let said = text(&output);
    assert_eq!(said.lines().count(), 1, "nothing but the summary: {said}");
    assert!(
        said.starts_with("24 of 24 write statements understood, 21 handlers"),
        "{said}"
    );
}

#[test]
fn the_three_mistakes_of_its_twin_are_found_and_nothing_else() {
    let output = check("examples/blog-forgotten");
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let found: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
        .collect();
    let [layout, pictures, column] = found.as_slice() else {
        panic!("three findings: {said}");
    };
    assert!(
        layout.starts_with("error[CX1001]: `update` writes `layouts.name`"),
        "{layout}"
    );
    assert!(
        pictures.starts_with("error[CX1001]: `remove` writes `pictures.page_id`"),
        "{pictures}"
    );
    assert!(
        column.starts_with("error[CX1002]: `rename` writes `posts.published`"),
        "{column}"
    );
    for place in [
        "this handler of PUT /layouts/{id}",
        "this handler of DELETE /pages/{id}",
        "calls `pictures::leave_page` here",
        "calls `links::clear_page` here",
        "writes `pictures.page_id` here",
        "this handler of PATCH /posts/{id}/title",
    ] {
        assert!(said.contains(place), "`{place}` in {said}");
    }
}

/// The example of an error in the README is what the command prints.
#[test]
fn the_readme_shows_real_output() {
    let readme = include_str!("../../README.md");
    let (_, shown) = readme
        .split_once("```text\n")
        .expect("an example of output");
    let (shown, _) = shown.split_once("```").expect("its end");
    let printed = text(&check("examples/blog-forgotten")).replace('\u{a0}', " ");
    assert!(
        printed.contains(shown.trim_end()),
        "the README shows\n{shown}\nbut the command prints\n{printed}"
    );
}
