//! Schemas of thousands of declarations, each made to be slow for one rule: what they cost grows with their size, not
//! with its square. A rule that compares all with all takes minutes here; the steps of the search for keys, which has
//! a bound of its own, are counted where it stands (`rules/keys/tests.rs`).

use cachex_compiler::{Compilation, Options, Sources, compile};

fn read(text: &str) -> Compilation {
    let options = Options {
        size_limit: u64::MAX,
    };
    compile(&Sources::new("cachex.yaml", text), &options)
}

fn codes(text: &str) -> Vec<&'static str> {
    let compilation = read(text);
    let mut codes: Vec<_> = compilation
        .diagnostics
        .iter()
        .map(|report| report.rule.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Lines made from their numbers.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| line(number) + "\n").collect()
}

const HEAD: &str = "cachex: 1\nnamespace: a\n";
const POST: &str = "entities:\n  post: { id: uuid, fields: { title: string } }\n";

/// Caches whose keys are as alike as they can be.
fn keys(head: &str, key: impl Fn(usize) -> String, more: impl Fn(usize) -> &'static str) -> String {
    let caches = lines(3_000, |n| {
        format!(
            "  c{n}: {{ key: \"{}\", {} ttl: 1m, depends_on: [post.delete] }}",
            key(n),
            more(n)
        )
    });
    format!("{HEAD}{head}{POST}caches:\n{caches}")
}

#[test]
fn keys_that_differ_in_their_middle() {
    let text = keys(
        "",
        |n| format!("{{id}}x{n}y{{b}}"),
        |_| "params: { id: uuid, b: uuid },",
    );
    assert!(!codes(&text).contains(&"CX0403"));
}

#[test]
fn keys_that_share_and_are_ambiguous() {
    let text = keys(
        "",
        |n| format!("{{id}}x{n}y{{b}}"),
        |_| "params: { id: string, b: string },",
    );
    // The steps do not suffice for all of them, which is said.
    assert_eq!(codes(&text), ["CX0401", "CX0402", "CX0403"]);
}

#[test]
fn keys_that_differ_in_their_end() {
    let text = keys("", |n| format!("{{id}}-x{n}"), |_| "params: { id: uuid },");
    assert!(!codes(&text).contains(&"CX0401"));
}

#[test]
fn keys_with_scope_and_without() {
    let text = keys(
        "scope: { tenant: string }\n",
        |n| {
            if n % 2 == 0 {
                format!("k{n}:{{id}}:{{b}}")
            } else {
                format!("k{n}:{{id}}")
            }
        },
        |n| {
            if n % 2 == 0 {
                "scope: none, params: { id: string, b: string },"
            } else {
                "params: { id: string },"
            }
        },
    );
    assert!(codes(&text.replace("post: {", "post: { scope: none,")).contains(&"CX0401"));
}

#[test]
fn a_long_cycle_of_caches() {
    let caches = lines(3_000, |n| {
        format!(
            "  c{n}: {{ key: \"k{n}:x\", ttl: 1m, depends_on: [{{ cache: c{} }}] }}",
            (n + 1) % 3_000
        )
    });
    assert!(codes(&format!("{HEAD}{POST}caches:\n{caches}")).contains(&"CX0301"));
}

#[test]
fn many_cycles_of_caches() {
    let caches = lines(3_000, |n| {
        let edges: Vec<String> = (1..=8)
            .map(|to| format!("{{ cache: c{} }}", (n * to + 1) % 3_000))
            .collect();
        format!(
            "  c{n}: {{ key: \"k{n}:x\", ttl: 1m, depends_on: [{}] }}",
            edges.join(", ")
        )
    });
    assert!(codes(&format!("{HEAD}{POST}caches:\n{caches}")).contains(&"CX0301"));
}

#[test]
fn a_long_cycle_of_touches() {
    let entities = lines(3_000, |n| {
        format!(
            "  e{n}: {{ id: uuid, refs: {{ r: e{} }}, touches: [r] }}",
            (n + 1) % 3_000
        )
    });
    assert!(codes(&format!("{HEAD}entities:\n{entities}")).contains(&"CX0302"));
}

#[test]
fn a_deep_cascade() {
    let caches = lines(2_000, |n| {
        match n {
        0 => "  c0: { key: \"k0:{id}\", params: { id: post.id }, ttl: 1m, depends_on: [{ when: post, where: { id: $id } }] }".to_owned(),
        n => format!("  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id }}, ttl: 1m, depends_on: [{{ cache: c{}, where: {{ id: $id }} }}] }}", n - 1),
    }
    });
    assert_eq!(
        codes(&format!("{HEAD}{POST}caches:\n{caches}")),
        ["CX0308"; 0]
    );
}

#[test]
fn a_cascade_of_diamonds() {
    let caches = lines(600, |n| match n {
        0 | 1 => format!(
            "  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id }}, ttl: 1m, depends_on: [{{ when: post, where: {{ id: $id }} }}] }}"
        ),
        n => format!(
            "  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id }}, ttl: 1m, depends_on: [{{ cache: c{}, where: {{ id: $id }} }}, {{ cache: c{} }}] }}",
            n - 1,
            n - 2
        ),
    });
    codes(&format!("{HEAD}{POST}caches:\n{caches}"));
}

#[test]
fn a_cascade_of_touches() {
    let entities = lines(1_000, |n| match n {
        0 => "  e0: { id: uuid }".to_owned(),
        n => format!(
            "  e{n}: {{ id: uuid, refs: {{ r: e{} }}, touches: [r] }}",
            n - 1
        ),
    });
    let caches = "caches:\n  c: { key: \"{id}\", params: { id: e0.id }, ttl: 1m, depends_on: [{ when: e0, where: { id: $id } }] }\n";
    codes(&format!("{HEAD}entities:\n{entities}{caches}"));
}

#[test]
fn ten_thousand_edges_on_one_entity() {
    let caches = lines(10_000, |n| {
        format!(
            "  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id }}, ttl: 1m, depends_on: [{{ when: post, where: {{ id: $id }} }}] }}"
        )
    });
    assert_eq!(codes(&format!("{HEAD}{POST}caches:\n{caches}")), [""; 0]);
}

#[test]
fn ten_thousand_entities_that_touch_one() {
    let entities = lines(10_000, |n| {
        format!("  e{n}: {{ id: uuid, refs: {{ post: post }}, touches: [post] }}")
    });
    let caches = "caches:\n  c: { key: \"{id}\", params: { id: post.id }, ttl: 1m, depends_on: [{ when: post, where: { id: $id } }] }\n";
    assert_eq!(codes(&format!("{HEAD}{POST}{entities}{caches}")), [""; 0]);
}

#[test]
fn wide_lists() {
    let fields: Vec<String> = (0..100).map(|n| format!("f{n}: string")).collect();
    let when: Vec<String> = (0..3_000)
        .map(|n| format!("post.update(f{})", n % 100))
        .collect();
    let caches = lines(3, |n| {
        format!(
            "  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id }}, ttl: 1m, depends_on: [{{ when: [{}], where: {{ id: $id }} }}] }}",
            when.join(", ")
        )
    });
    codes(&format!(
        "{HEAD}entities:\n  post: {{ id: uuid, fields: {{ {} }} }}\ncaches:\n{caches}",
        fields.join(", ")
    ));
}

#[test]
fn a_thousand_dependencies() {
    let fields: Vec<String> = (0..100).map(|n| format!("f{n}: string")).collect();
    let depends: Vec<String> = (0..1_000)
        .map(|n| {
            format!(
                "{{ when: post.update(f{}), where: {{ f{}: v{n} }} }}",
                n % 100,
                n % 99
            )
        })
        .collect();
    let caches = lines(10, |n| {
        format!(
            "  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id }}, ttl: 1m, depends_on: [{}] }}",
            depends.join(", ")
        )
    });
    codes(&format!(
        "{HEAD}entities:\n  post: {{ id: uuid, fields: {{ {} }} }}\ncaches:\n{caches}",
        fields.join(", ")
    ));
}

#[test]
fn thousands_of_names_that_were_nearly_right() {
    let entities = lines(3_000, |n| format!("  entity_{n}: {{ id: uuid }}"));
    let caches = lines(3_000, |n| {
        format!("  c{n}: {{ key: \"k{n}:x\", ttl: 1m, depends_on: [entitie_{n}] }}")
    });
    assert!(codes(&format!("{HEAD}entities:\n{entities}caches:\n{caches}")).contains(&"CX0101"));
}

#[test]
fn thousands_of_mistakes() {
    let caches = lines(10_000, |n| {
        format!(
            "  c{n}: {{ key: \"k{n}:{{id}}\", params: {{ id: post.id, b: u32 }}, ttl: 1m, depends_on: [{{ when: post }}] }}"
        )
    });
    assert!(codes(&format!("{HEAD}{POST}caches:\n{caches}")).contains(&"CX0223"));
}

#[test]
fn identities_that_double() {
    let entities = lines(60, |n| match n {
        0 => "  e0: { id: uuid }".to_owned(),
        n => format!(
            "  e{n}: {{ id: {{ a, b }}, refs: {{ a: e{0}, b: e{0} }} }}",
            n - 1
        ),
    });
    let caches = "caches:\n  c: { key: \"c:{id}\", params: { id: e59.id }, ttl: 1m, depends_on: [{ when: e59, where: { id: $id } }] }\n";
    codes(&format!("{HEAD}entities:\n{entities}{caches}"));
}

#[test]
fn many_keys_of_composite_values_that_may_be_absent() {
    let params: Vec<String> = (0..6).map(|n| format!("p{n}: pair.id?")).collect();
    let holes: Vec<String> = (0..6).map(|n| format!("{{p{n}}}")).collect();
    let caches = lines(3_000, |n| {
        format!(
            "  c{n}: {{ key: \"k{n}:{}\", params: {{ {} }}, ttl: 1m, depends_on: [pair] }}",
            holes.join(":"),
            params.join(", ")
        )
    });
    assert!(
        codes(&format!(
            "{HEAD}entities:\n  pair: {{ id: {{ a: u32, b: u32 }} }}\ncaches:\n{caches}"
        ))
        .contains(&"CX0403")
    );
}
