//! The language's own example is compiled whole, as YAML and as JSON.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::time::Duration;

use cachex_compiler::model::{
    Cardinality, Dependency, EffectArgument, Schema, Ttl, WhereField, WhereValue,
};
use cachex_compiler::{Compilation, Options, Sources, compile};

const EXAMPLE: &str = include_str!("language/example.yaml");
const PAGES: &str = include_str!("language/caches/pages.yaml");
const CHECK: &str = include_str!("language/check.yaml");

fn read(root: &str, pages: &str) -> Compilation {
    let mut sources = Sources::new("cachex.yaml", root);
    sources.include("caches/pages.yaml", Ok(pages.into()));
    let compilation = compile(&sources, &Options::default());
    assert!(
        compilation.diagnostics.is_empty(),
        "{:#?}",
        compilation.diagnostics
    );
    compilation
}

fn as_json(yaml: &str) -> String {
    let options = serde_yaml::options! { strict_booleans: true };
    let value: serde_json::Value = serde_yaml::from_str_with_options(yaml, options).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

fn names(schema: &Schema) -> Vec<&str> {
    schema
        .caches
        .iter()
        .map(|cache| cache.name.value.as_str())
        .collect()
}

#[test]
fn the_example_compiles_whole() {
    let compilation = read(EXAMPLE, PAGES);
    let schema = compilation.schema.unwrap();
    assert_eq!(schema.entities.len(), 6);
    assert_eq!(
        names(&schema),
        [
            "post_by_id",
            "post_by_slug",
            "posts_by_topic",
            "post_pages",
            "feed",
            "category_names"
        ]
    );
    assert_eq!(schema.scope.as_ref().unwrap().0.value, "tenant");
}

#[test]
fn each_part_of_a_cache_is_read() {
    let compilation = read(EXAMPLE, PAGES);
    let schema = compilation.schema.unwrap();
    let pages = &schema.caches[3];
    assert_eq!(pages.ttl.value, Ttl::After(Duration::from_mins(1)));
    assert_eq!(pages.jitter, 10);
    let kinds: Vec<_> = pages
        .dimensions
        .iter()
        .map(|dimension| (dimension.name.value.as_str(), dimension.cardinality))
        .collect();
    assert_eq!(
        kinds,
        [
            ("category", Cardinality::Optional),
            ("page", Cardinality::One),
            ("sort", Cardinality::One),
            ("item", Cardinality::Many),
        ]
    );
    let [_, shown, liked] = pages.dependencies() else {
        panic!()
    };
    let (Dependency::When(shown), Dependency::When(liked)) = (shown, liked) else {
        panic!()
    };
    assert_eq!(shown.wheres[0].left.value, WhereField::Identity);
    assert!(matches!(shown.wheres[0].right.value, WhereValue::Dimension(id) if id.0 == 3));
    assert_eq!(liked.only[0].literal.value, "popular");
}

#[test]
fn a_component_named_as_a_reference_is_that_reference() {
    let schema = read(EXAMPLE, PAGES).schema.unwrap();
    let like = schema
        .entities
        .iter()
        .find(|entity| entity.name.value == "like")
        .unwrap();
    assert!(
        like.identity
            .components
            .iter()
            .all(|component| component.reference.is_some())
    );
}

#[test]
fn json_reads_as_yaml_does() {
    let yaml = read(EXAMPLE, PAGES).plan.unwrap();
    let json = read(&as_json(EXAMPLE), &as_json(PAGES));
    assert_eq!(json.plan.unwrap().entities.len(), yaml.entities.len());
    // serde_json sorts keys, so ids differ; names and the number of steps do not.
    let schema = json.schema.unwrap();
    let mut sorted = names(&schema);
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "category_names",
            "feed",
            "post_by_id",
            "post_by_slug",
            "post_pages",
            "posts_by_topic"
        ]
    );
}

#[test]
fn the_check_section_is_read_whole() {
    let compilation = compile(&Sources::new("cachex.yaml", CHECK), &Options::default());
    assert!(!compilation.has_errors(), "{:#?}", compilation.diagnostics);
    let schema = compilation.schema.unwrap();
    let check = &schema.check;
    assert_eq!(check.sources.len(), 2);
    assert_eq!(check.severity["CX1103"].value, None);
    assert_eq!(check.views["post_list"].len(), 2);
    assert_eq!(check.ignore_tables[0].1.value, "never read by a cache");
    let [clear, publish, invalidate] = check.effects.as_slice() else {
        panic!()
    };
    assert_eq!(clear.arguments, None);
    assert_eq!(
        publish.arguments.as_deref(),
        Some(
            &[
                EffectArgument::Literal("CacheKind::Accounts".to_owned()),
                EffectArgument::Any
            ][..]
        )
    );
    assert_eq!(invalidate.covers.bindings.len(), 2);
}
