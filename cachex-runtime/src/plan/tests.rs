use std::time::Duration;

use super::{Unreadable, read};
use crate::codegen::{Cardinality, DimensionKind, SourceDef};

const PLAN: &str = "plan 1
namespace the%20blog
scope tenant
cache post_by_id post:{id}
  has id #author?
  facets id author
  with ttl=600s negative_ttl=250ms scoped
cache pages posts%20of:{category}:{page}:end
  has category? page #item*
  facets category item category+page
  with order=7 ttl=60s jitter=10 max_entries=5 max_tags=2 format=3 replica_lag=1s
entity user
  id id:text
  attributes name
entity post event=article scoped tells=create,delete
  id org:text number:number
  attributes author category title
  holds author@0+1
  create pages category=category  # pages.depends_on[0]
  update post_by_id id=@ set:title,category if:category='a%3Ab has:author
  update pages category~author@0+2 item=@1 set:
  delete pages category='x
";

#[test]
fn a_plan_is_read_as_it_is_written() {
    let schema = read(PLAN).expect("a plan");
    assert_eq!(
        (schema.namespace, schema.scope),
        ("the blog", Some("tenant"))
    );
    let [post_by_id, pages] = schema.caches else {
        panic!("two caches")
    };
    assert_eq!(post_by_id.key, (&[("post:", 0)][..], ""));
    assert_eq!(
        (post_by_id.index, post_by_id.order, post_by_id.scoped),
        (0, 0, true)
    );
    assert_eq!(post_by_id.negative_ttl, Some(Duration::from_millis(250)));
    assert_eq!(pages.key, (&[("posts of:", 0), (":", 1)][..], ":end"));
    assert_eq!((pages.index, pages.order, pages.format), (1, 7, 3));
    assert_eq!(pages.facets, [0b1, 0b100, 0b11]);
    let item = pages.dimensions.last().expect("a tag");
    assert_eq!(
        (item.name, item.kind, item.cardinality),
        ("item", DimensionKind::Tag, Cardinality::Many)
    );
}

#[test]
fn steps_say_where_their_values_come_from() {
    let schema = read(PLAN).expect("a plan");
    let [_, post] = schema.entities else {
        panic!("two entities")
    };
    assert_eq!(
        (post.event, post.notify, post.scoped),
        ("article", [true, false, true], true)
    );
    assert_eq!(post.components, [(0, 0, 1)]);
    let [create, update, delete] = post.steps;
    assert_eq!(create.len(), 1);
    let [by_id, pages] = update else {
        panic!("two steps")
    };
    assert_eq!((by_id.mask, by_id.present), (0b110, &[0][..]));
    assert_eq!(by_id.tests, [(SourceDef::Attribute(1), "a%3Ab")]);
    let [category, item] = pages.bindings else {
        panic!("two bindings")
    };
    assert_eq!(
        (category.from, category.or_absent),
        (SourceDef::ComponentOf(0, 0, 2), true)
    );
    assert_eq!((item.dimension, item.from), (2, SourceDef::Component(1)));
    assert_eq!((pages.cache, pages.mask), (1, 0));
    let literal = delete.first().and_then(|step| step.bindings.first());
    assert_eq!(literal.map(|it| it.from), Some(SourceDef::Literal("x")));
}

#[test]
fn no_broken_line_is_guessed_at() {
    for (broken, from, to) in [
        (1, "plan 1", "plan 2"),
        (3, "scope tenant", "scope tenant shop"),
        (4, "post:{id}", "post:{ide}"),
        (6, "facets id author", "facets id writer"),
        (7, "ttl=600s", "ttl=600"),
        (7, "scoped\ncache", "loose\ncache"),
        (16, "id org:text", "id org:word"),
        (18, "author@0+1\n", "author@0\n"),
        (19, "create pages", "create page"),
        (20, "set:title", "set:tittle"),
        (20, "has:author", "has:autor"),
        (21, "item=@1", "item=@one"),
        (22, "category='x", "kategory='x"),
    ] {
        assert!(PLAN.contains(from), "{from}");
        let text = String::leak(PLAN.replacen(from, to, 1));
        let refused = read(text).expect_err(to);
        assert_eq!(refused, Unreadable { line: broken }, "{to}");
    }
}
