//! The language's own example is compiled whole, as YAML and as JSON.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use cachex_compiler::{Compilation, Options, Sources, compile};

fn example() -> Compilation {
    let mut sources = Sources::new("example.yaml", include_str!("language/example.yaml"));
    let pages = include_str!("language/caches/pages.yaml");
    sources.include("caches/pages.yaml", Ok(pages.into()));
    compile(&sources, &Options::default())
}

#[test]
fn the_example_compiles_without_an_error() {
    let compilation = example();
    assert!(!compilation.has_errors(), "{:#?}", compilation.diagnostics);
    let schema = compilation.schema.unwrap();
    assert_eq!(schema.entities.len(), 6);
    let names: Vec<&str> = schema
        .caches
        .iter()
        .map(|cache| cache.name.value.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "post_by_id",
            "post_by_slug",
            "posts_by_topic",
            "post_pages",
            "feed",
            "category_names"
        ]
    );
}
