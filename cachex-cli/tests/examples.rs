//! The examples, as `cachex check` sees them: one that is vouched for, and its twin with three mistakes.

#![expect(clippy::expect_used, reason = "a failed expectation is the report")]
use std::path::Path;
use std::process::{Command, Output};

fn check(example: &str) -> Output {
    run("check", example)
}

fn run(command: &str, example: &str) -> Output {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(env!("CARGO_BIN_EXE_cachex"))
        .args(["--color", "never", command, example])
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
        layout.starts_with("error[CX1001]: `layouts::update` writes `layouts.name`"),
        "{layout}"
    );
    assert!(
        pictures.starts_with("error[CX1001]: `pages::remove` writes `pictures.page_id`"),
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

#[test]
fn the_shop_forgets_a_product_and_on_its_way_no_longer_does() {
    let said = text(&check("examples/shop"));
    assert!(
        said.ends_with("2 handlers, 1 covered, 1 missing\n"),
        "{said}"
    );
    let said = text(&check("examples/shop-moving"));
    assert!(
        said.ends_with("2 handlers, 2 covered, 0 missing\n"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// What the README shows of rules, output and code is what there is.
#[test]
fn the_readme_shows_what_is_there() {
    let readme = include_str!("../../README.md");
    let blocks = |fence: &str| -> Vec<&str> {
        let parts = readme.split(fence).skip(1);
        parts
            .filter_map(|part| part.split("\n```").next())
            .collect()
    };
    let [errors] = blocks("```text\n")[..] else {
        panic!("one finding of the blog");
    };
    shows(errors, &text(&check("examples/blog-forgotten")));

    let shop = blocks("```console\n");
    let [facts, finding] = shop.as_slice() else {
        panic!("facts and a finding of the shop: {shop:?}");
    };
    let lists = text(&run("facts", "examples/shop"));
    for list in below_command(facts).split("\n\n") {
        shows(list.trim_start_matches("…\n"), &lists);
    }
    shows(below_command(finding), &text(&check("examples/shop")));

    let rules = include_str!("../../examples/shop/cachex.yaml");
    assert!(readme.contains(rules.trim_end()), "the shop's rules");
    assert!(rules.lines().count() <= 10, "ten lines");

    let moving = [
        include_str!("../../examples/shop-moving/src/lib.rs"),
        include_str!("../../examples/shop-moving/src/products.rs"),
    ];
    let (_, section) = readme.split_once("## Moving one cache").expect("a section");
    let (section, _) = section.split_once("\n## ").expect("its end");
    for code in section.split("```rust\n").skip(1) {
        let code = code.split("\n```").next().unwrap_or_default();
        assert!(
            moving.iter().any(|source| source.contains(code)),
            "no file of the example has\n{code}"
        );
    }
}

fn below_command(block: &str) -> &str {
    block.split_once('\n').map_or("", |(_, below)| below)
}

fn shows(shown: &str, printed: &str) {
    let printed = printed.replace('\u{a0}', " ");
    assert!(
        printed.contains(shown.trim_end()),
        "the README shows\n{shown}\nbut the command prints\n{printed}"
    );
}
