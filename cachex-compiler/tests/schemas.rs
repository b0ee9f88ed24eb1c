//! The schemas of the example systems: silent, and clearing what each system must clear and nothing else.
//!
//! A row is a change and the regions it clears, as `cache{dimensions}`; what isn't in it is kept.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::collections::BTreeSet;
use std::path::Path;

use cachex_compiler::model::{Action, Entity, FieldSet, Schema};
use cachex_compiler::plan::{Plan, Step};
use cachex_compiler::{Compilation, Options, Sources, compile};

fn compiled(name: &str) -> Compilation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let text = std::fs::read(folder.join(name)).unwrap();
    compile(&Sources::new(name, text), &Options::default())
}

#[test]
fn nothing_is_reported_of_any_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let name = path.file_name().unwrap().to_str().unwrap();
            let diagnostics = compiled(name).diagnostics;
            assert!(diagnostics.is_empty(), "{name}: {diagnostics:#?}");
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

/// `addon.update(price)` → `["package_by_slug{addon}"]`.
fn cleared(schema: &Schema, plan: &Plan, change: &str) -> BTreeSet<String> {
    let (entity, rest) = change.split_once('.').unwrap();
    let (id, entity) = schema
        .entity_ids()
        .find(|(_, found)| found.name.value == entity)
        .unwrap();
    let (action, fields) = rest.split_once('(').unwrap_or((rest, ""));
    let action = Action::ALL
        .into_iter()
        .find(|found| found.name() == action)
        .unwrap();
    let set = set(entity, fields.trim_end_matches(')'));
    let steps = plan.action(id, action).steps.iter();
    steps
        .filter(|step| step.mask == FieldSet::ALL || step.mask.meets(set))
        .map(|step| region(schema, step))
        .collect()
}

fn set(entity: &Entity, fields: &str) -> FieldSet {
    let id = |name: &str| {
        entity
            .attribute_ids()
            .find(|(_, found)| found.name.value == name)
            .unwrap()
            .0
    };
    fields
        .split(", ")
        .filter(|name| !name.is_empty())
        .map(id)
        .collect()
}

fn region(schema: &Schema, step: &Step) -> String {
    let cache = schema.cache(step.cache);
    let bound = step.dimensions().into_iter();
    let names: Vec<_> = bound
        .map(|id| cache.dimension(id).name.value.clone())
        .collect();
    let tests = step
        .tests
        .iter()
        .map(|test| format!(" if {}", test.literal));
    let tests: String = tests.collect();
    format!("{}{{{}}}{tests}", cache.name.value, names.join(","))
}

fn clears(name: &str, rows: &[(&str, &[&str])]) {
    let compilation = compiled(name);
    let (schema, plan) = (compilation.schema.unwrap(), compilation.plan.unwrap());
    for (change, expected) in rows {
        let expected: BTreeSet<String> =
            expected.iter().map(|region| (*region).to_owned()).collect();
        assert_eq!(
            cleared(&schema, &plan, change),
            expected,
            "{name}: {change}"
        );
    }
}

#[test]
fn catalog() {
    clears(
        "catalog.yaml",
        &[
            (
                "package.create",
                &["all_packages{}", "package_by_slug{id}", "segment_by_id{id}"],
            ),
            (
                "package.update(name, price)",
                &["all_packages{}", "package_by_slug{id}"],
            ),
            (
                "package.update(slug)",
                &["all_packages{}", "package_by_slug{id}"],
            ),
            (
                "package.update(segment)",
                &["all_packages{}", "package_by_slug{id}", "segment_by_id{id}"],
            ),
            (
                "package.delete",
                &[
                    "all_packages{}",
                    "package_by_slug{id}",
                    "segment_by_id{item}",
                ],
            ),
            ("addon.create", &["package_by_slug{id}"]),
            ("addon.update(price)", &["package_by_slug{addon}"]),
            (
                "addon.update(package)",
                &["package_by_slug{addon}", "package_by_slug{id}"],
            ),
            ("addon.delete", &["package_by_slug{addon}"]),
            ("segment.update(name)", &["segment_by_id{id}"]),
        ],
    );
}

#[test]
fn blog() {
    let lists = ["feed{}", "posts{picture}", "pages{picture}"];
    clears(
        "blog.yaml",
        &[
            (
                "post.update(title)",
                &["post_by_id{id}", "posts{item}", "feed{}"],
            ),
            ("post.update(body)", &["post_by_id{id}"]),
            (
                "post.create",
                &["post_by_id{id}", "posts{category}", "feed{}"],
            ),
            (
                "picture.update(caption)",
                &[
                    "picture_by_id{id}",
                    "pictures{}",
                    "post_by_id{picture}",
                    "page_by_id{picture}",
                ],
            ),
            (
                "picture.update(url)",
                &[
                    "picture_by_id{id}",
                    "pictures{}",
                    "post_by_id{picture}",
                    "page_by_id{picture}",
                    lists[0],
                    lists[1],
                    lists[2],
                ],
            ),
            (
                "picture.create",
                &[
                    "picture_by_id{id}",
                    "pictures{}",
                    "post_by_id{id}",
                    "page_by_id{id}",
                    "posts{item}",
                    "pages{item}",
                    "feed{}",
                ],
            ),
            (
                "category.update(name)",
                &["categories{}", "post_by_id{category}"],
            ),
            ("type.update(name)", &["types{}", "post_by_id{type}"]),
            ("layout.update(width)", &["layouts{}", "page_by_id{layout}"]),
        ],
    );
}

#[test]
fn stories() {
    clears(
        "stories.yaml",
        &[
            (
                "scene.update(text)",
                &[
                    "scene_by_id{id}",
                    "chapter_by_id{scene}",
                    "story_write{scene}",
                ],
            ),
            (
                "scene.delete",
                &[
                    "scene_by_id{id}",
                    "chapter_by_id{scene}",
                    "story_write{scene}",
                ],
            ),
            (
                "scene.create",
                &[
                    "scene_by_id{id}",
                    "chapter_by_id{id}",
                    "story_write{chapter}",
                ],
            ),
            (
                "chapter.update(title)",
                &["chapter_by_id{id}", "story_write{chapter}"],
            ),
            (
                "story.update(summary)",
                &["story_write{id}", "published_stories{item}"],
            ),
            (
                "like.create",
                &["community_post_by_id{id}", "community_posts{item}"],
            ),
            (
                "like.delete",
                &["community_post_by_id{id}", "community_posts{item}"],
            ),
            (
                "reply.create",
                &["community_post_by_id{id}", "community_posts{item}"],
            ),
            (
                "community_post.create",
                &["community_post_by_id{id}", "community_posts{}"],
            ),
            ("community_post.update(body)", &["community_post_by_id{id}"]),
        ],
    );
}

#[test]
fn challenges() {
    let dashboards = [
        "dashboard{challenge}",
        "dashboard{evaluation}",
        "dashboard{evaluator}",
        "dashboard{user}",
    ];
    clears(
        "challenges.yaml",
        &[
            (
                "user.update(name)",
                &[
                    "user_by_id{id}",
                    "challenge_by_id{owner}",
                    "challenges{owner}",
                    "evaluations_of_challenge{evaluator}",
                    dashboards[2],
                    dashboards[3],
                ],
            ),
            (
                "user.update(email)",
                &["user_by_id{id}", "user_by_email{id}", dashboards[3]],
            ),
            (
                "challenge.update(title)",
                &[
                    "challenge_by_id{id}",
                    "challenges{item}",
                    "challenges_of_user{item}",
                    dashboards[0],
                ],
            ),
            ("challenge.update(task)", &["challenge_by_id{id}"]),
            (
                "evaluation.update(score)",
                &[
                    "evaluations_of_challenge{item}",
                    "challenge_by_id{id}",
                    "challenges_of_user{item}",
                    dashboards[0],
                    dashboards[1],
                ],
            ),
        ],
    );
}

#[test]
fn booking() {
    clears(
        "booking.yaml",
        &[
            (
                "booking.create",
                &[
                    "dashboard_statistics{}",
                    "availability{date}",
                    "booking_by_id{id}",
                    "search{}",
                ],
            ),
            (
                "booking.update(status)",
                &[
                    "dashboard_statistics{}",
                    "availability{date} if cancelled",
                    "booking_by_id{id}",
                    "search{}",
                ],
            ),
            (
                "booking.update(date)",
                &[
                    "dashboard_statistics{}",
                    "availability{date}",
                    "availability{date} if cancelled",
                    "booking_by_id{id}",
                    "search{}",
                ],
            ),
            ("booking.update(note)", &["booking_by_id{id}", "search{}"]),
            (
                "guest.update(name)",
                &["booking_by_id{guest}", "search{guest}"],
            ),
        ],
    );
}
