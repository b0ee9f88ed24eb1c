//! How far the search goes, and that it says where it ends.

use super::super::collisions::{Found, collisions};
use super::super::effort::Effort;
use super::super::template::Template;
use super::meeting;

#[test]
fn each_cache_meets_one_before_it() {
    let templates = ["a:{u32}", "b:{u32}", "a:{string}", "b:1", "a:1", "c"];
    let (found, _) = searched(templates);
    assert_eq!(found.open, None);
    let later: Vec<_> = found.pairs.iter().map(|(later, _)| *later).collect();
    assert_eq!(later, [2, 3, 4]);
    for (later, earlier) in found.pairs {
        assert!(earlier < later);
        assert!(meeting(templates[earlier], templates[later]).is_some());
    }
}

/// What is found among templates of as many caches, and in how many steps.
fn searched(templates: impl IntoIterator<Item = impl AsRef<str>>) -> (Found, usize) {
    let templates: Vec<_> = templates
        .into_iter()
        .zip(0..)
        .map(|(text, cache)| Template::parse(cache, text.as_ref()))
        .collect();
    let owners: Vec<u32> = templates.iter().map(|template| template.cache.0).collect();
    let mut effort = Effort::default();
    let found = collisions(&templates, &owners, &mut effort);
    (found, effort.spent())
}

/// Families of thousands of keys, as alike as they can be: steps grow with their number, not with their pairs.
#[test]
fn many_keys_cost_steps_in_proportion() {
    type Family = (&'static str, fn(usize) -> String, fn(usize) -> usize);
    let families: [Family; 9] = [
        ("all one", |_| "x".to_owned(), |count| count - 1),
        ("any text", |_| "{string}".to_owned(), |count| count - 1),
        ("own ending", |n| format!("{{uuid}}-x{n}"), |_| 0),
        ("own middle", |n| format!("{{uuid}}x{n}y{{uuid 2}}"), |_| 0),
        (
            "own middle of texts",
            |n| format!("{{string}}x{n}y{{string 2}}"),
            |count| count - 1,
        ),
        ("own beginning", |n| format!("p{n}-{{string}}"), |_| 0),
        (
            "scope and none, told apart",
            |n| {
                if n % 2 == 0 {
                    format!("k{n}:{{uuid}}")
                } else {
                    format!("{{string}}:k{n}:{{uuid 2}}")
                }
            },
            |_| 0,
        ),
        (
            "scope and none",
            |n| {
                if n % 2 == 0 {
                    format!("k{n}:{{string}}:{{string 2}}")
                } else {
                    format!("{{string}}:k{n}:{{string 2}}")
                }
            },
            |count| count - 1,
        ),
        (
            "letters a number may have",
            |n| format!("{}{{uuid}}x", "a".repeat(n % 150 + 1)),
            |count| count - 150,
        ),
    ];
    for (name, key, colliding) in families {
        let (found, steps) = searched((0..3000).map(key));
        assert_eq!(found.open, None, "{name}: {steps} steps");
        assert_eq!(found.pairs.len(), colliding(3000), "{name}");
        assert!(steps < 300_000, "{name}: {steps} steps");
    }
}

/// Where the steps are used up something is named that was not decided; nothing is passed over in silence.
#[test]
fn what_is_not_decided_is_said() {
    let templates = ["{u32}a", "{string}b", "{i64}c", "{string}c"].map(|text| (text, 0));
    let templates: Vec<_> = templates
        .iter()
        .zip(0..)
        .map(|((text, _), cache)| Template::parse(cache, text))
        .collect();
    let whole = collisions(&templates, &[0, 1, 2, 3], &mut Effort::default());
    assert_eq!(whole.pairs, [(3, 2)]);
    let mut open = 0;
    for steps in (0..2_000).step_by(13) {
        let mut effort = Effort::of(steps);
        let found = collisions(&templates, &[0, 1, 2, 3], &mut effort);
        open += usize::from(found.open.is_some());
        assert!(
            found.open.is_some() || found == whole,
            "{steps} steps: {found:?}"
        );
    }
    assert!(open > 5);
}
