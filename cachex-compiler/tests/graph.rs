//! The drawings of a schema, and the plan as JSON.

use cachex_compiler::emit::{dot::dot, json::json, mermaid::mermaid, svg::svg};
use cachex_compiler::{Compilation, Options, Sources, compile};

fn compiled(yaml: &str) -> Compilation {
    let compilation = compile(&Sources::new("cachex.yaml", yaml), &Options::default());
    assert!(
        compilation.schema.is_some(),
        "{:#?}",
        compilation.diagnostics
    );
    compilation
}

fn example() -> Compilation {
    compiled(include_str!("plan/language.yaml"))
}

#[test]
fn mermaid_shows_entities_caches_and_what_leads_from_one_to_the_other() {
    insta::assert_snapshot!(mermaid(example().schema.as_ref().unwrap()));
}

#[test]
fn dot_shows_the_same() {
    insta::assert_snapshot!(dot(example().schema.as_ref().unwrap()));
}

#[test]
fn the_picture_shows_every_name_and_every_rule() {
    let compilation = example();
    let schema = compilation.schema.as_ref().unwrap();
    let picture = svg(schema);
    let entities = schema.entities.iter().map(|entity| &entity.name.value);
    let caches = schema.caches.iter().map(|cache| &cache.name.value);
    for name in entities.chain(caches) {
        assert!(picture.contains(&format!(">{name}</text>")), "{name}");
    }
    assert!(picture.contains("post: create, update(topics, title, slug), delete"));
    assert!(picture.contains("touched by like: update(likes)"));
    assert!(picture.contains("built from post_pages"));
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
    assert_eq!(picture, svg(schema), "the same bytes");
}

#[test]
fn what_people_wrote_is_text_in_the_picture() {
    let compilation = compiled(
        "
cachex: 1
namespace: x
entities:
  post: { id: uuid, fields: [title], tables: [posts] }
caches:
  posts:
    description: \"a <b> & \\u0007 ]]>\"
    key: posts
    ttl: 1m
    depends_on: [post]
",
    );
    let picture = svg(compilation.schema.as_ref().unwrap());
    assert!(
        picture.contains("<title>a &lt;b&gt; &amp;  ]]&gt;</title>"),
        "{picture}"
    );
}

#[test]
fn an_empty_schema_is_drawn() {
    let compilation = compiled("cachex: 1\nnamespace: x\nentities: {}\ncaches: {}\n");
    let schema = compilation.schema.as_ref().unwrap();
    assert!(svg(schema).ends_with("</svg>\n"));
    assert_eq!(mermaid(schema), "flowchart LR\n");
}

#[test]
fn the_plan_is_json_with_names() {
    let compilation = example();
    let (Some(schema), Some(plan)) = (&compilation.schema, &compilation.plan) else {
        panic!("no plan");
    };
    let text = json(schema, plan, &compilation.sources);
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
    let like = &parsed["entities"][5]["actions"][0]["steps"][1];
    insta::assert_snapshot!(serde_json::to_string_pretty(like).unwrap());
}
