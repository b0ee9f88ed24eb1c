//! Corners that random schemas seldom reach.

use super::told::{LANGUAGE, World};
use crate::model::{Action, FieldSet};

fn world(text: &str) -> World {
    World::of(&format!(
        "cachex: 1\nnamespace: case\ndefaults: {{ ttl: 1m }}\n{text}"
    ))
}

/// `posts` is restricted to a category or not, `summary` knows its category from its value, `digest` from that.
const BUILT: &str = "
entities:
  category: { id: string, tables: [categories] }
  post: { id: string, refs: { category: category? }, fields: [title], tables: [posts] }
caches:
  posts:
    key: \"posts:{category}\"
    params: { category: category.id? }
    depends_on: [{ when: post, where: { category: $category } }]
  summary:
    key: \"summary:{name}\"
    params: { name: string }
    tags: { category: category.id? }
    depends_on: [{ cache: posts, where: { category: $category } }]
  digest:
    key: \"digest:{name}\"
    params: { name: string }
    tags: { category: category.id? }
    depends_on:
      - { when: post, where: { category: $category } }
      - { cache: summary, where: { category: $category } }
";

#[test]
fn what_is_built_from_an_unrestricted_list_is_unrestricted_all_the_way() {
    let world = world(BUILT);
    let created = world.change("post.create", "1").with("category", "a");
    assert_eq!(
        created.clears(),
        [
            "posts{category=a}",
            "summary{category=a}",
            "summary{category=-}",
            "digest{category=a}",
            "digest{category=-}"
        ]
    );
    assert!(created.clears_entry("digest", "name=x category=-"));
    assert!(!created.clears_entry("digest", "name=x category=b"));
}

#[test]
fn what_no_region_is_cleared_of_builds_none() {
    let world = world(
        "
entities:
  category: { id: string, tables: [categories] }
  topic: { id: string, tables: [topics] }
  post: { id: string, refs: { category: category?, topics: [topic] }, tables: [posts] }
caches:
  of_category:
    key: \"c:{category}\"
    params: { category: category.id }
    depends_on: [{ when: post.create, where: { category: $category } }]
  of_topic:
    key: \"t:{topic}\"
    params: { topic: topic.id }
    depends_on: [{ when: post.delete, where: { topics: $topic } }]
  front:
    key: front
    depends_on: [{ cache: of_category }, { cache: of_topic }]
",
    );
    let filed = world.change("post.create", "1").with("category", "a");
    assert_eq!(filed.clears(), ["of_category{category=a}", "front{}"]);
    let unfiled = world.change("post.create", "1").with("category", "-");
    assert_eq!(unfiled.clears(), [""; 0]);
    assert!(!unfiled.clears_entry("front", ""));
    let bare = world.change("post.delete", "1").with("topics", "");
    assert_eq!(bare.clears(), [""; 0]);
    let unknown = world.change("post.delete", "1");
    assert_eq!(unknown.clears(), ["of_topic{}", "front{}"]);
}

#[test]
fn an_update_of_no_declared_field_is_met_by_no_fields() {
    let world = world(
        "
entities:
  post: { id: string, fields: { title: string }, tables: [posts] }
caches:
  none:
    key: \"none:{id}\"
    params: { id: post.id }
    depends_on: [{ when: post.update(), where: { id: $id } }]
  moved:
    key: \"moved:{title}\"
    params: { title: post.title }
    tags: { id: post.id }
    depends_on:
      - { when: post.update(), where: { title: $title } }
      - { when: post.delete, where: { id: $id } }
",
    );
    let every = world.change("post.update", "1").with("title", "x");
    assert_eq!(
        every.clears(),
        ["moved{title=x}"],
        "its `where` names a field"
    );
    let nothing = world.change("post.update", "1").set(&[]).with("title", "x");
    assert_eq!(nothing.clears(), [""; 0]);
    let none = world.plan().cache(world.cache("none"));
    assert!(
        none.facets.is_empty(),
        "no step is made that nothing can take"
    );
}

#[test]
fn identities_within_identities_are_known_behind_a_touch() {
    let world = world(
        "
entities:
  org: { id: string, tables: [orgs] }
  post: { id: { org, number: i64 }, refs: { org: org }, tables: [posts] }
  like: { id: { post, user: string }, refs: { post: post }, tables: [likes], touches: [post] }
  note: { id: string, refs: { like: like? }, tables: [notes], touches: [like] }
caches:
  org_posts:
    key: \"org:{org}\"
    params: { org: org.id }
    depends_on: [{ when: post, where: { org: $org } }]
  post_by_id:
    key: \"post:{id}\"
    params: { id: post.id }
    depends_on: [{ when: post, where: { id: $id } }]
",
    );
    let plan = world.plan();
    let note = world
        .schema()
        .entity_ids()
        .find(|(_, one)| one.name.value == "note")
        .unwrap();
    let steps = &plan.action(note.0, Action::Create).steps;
    let sources: Vec<_> = steps
        .iter()
        .flat_map(crate::plan::Step::sources)
        .map(|source| crate::emit::words::source(world.schema(), note.0, source))
        .collect();
    assert_eq!(sources, ["note.like.post.org", "note.like.post"]);
}

#[test]
fn a_facet_is_declared_where_it_is_first_bound() {
    let world = world(
        "
entities:
  user: { id: string, fields: { a: string }, tables: [users] }
  post: { id: string, fields: { a: string, b: string }, tables: [posts] }
caches:
  lists:
    key: \"{a}:{b}\"
    params: { a: post.a, b: post.b }
    depends_on:
      - { when: post.create, where: { b: $b } }
      - { when: post.delete, where: { a: $a } }
      - { when: user.create, where: { a: $b } }
  pairs:
    key: \"pair:{a}:{b}:{c}\"
    params: { a: post.a, b: post.b, c: string }
    depends_on: [{ cache: lists, where: { a: $a, b: $b } }]
",
    );
    let lists = world.plan().cache(world.cache("lists"));
    let names: Vec<_> = lists
        .facets
        .iter()
        .map(|facet| {
            let dimensions = facet.dimensions.iter();
            let cache = world.schema().cache(world.cache("lists"));
            let names = dimensions.map(|id| cache.dimension(*id).name.value.clone());
            names.collect::<Vec<_>>().join("+")
        })
        .collect();
    assert_eq!(names, ["b", "a"]);
}

#[test]
fn a_change_is_asked_for_what_its_steps_read() {
    let world = World::of(LANGUAGE);
    assert_eq!(
        needs(&world, "post", Action::Create),
        ["category always", "topics always"]
    );
    assert_eq!(
        needs(&world, "post", Action::Update),
        ["category if category, likes, published", "topics if topics"]
    );
    assert_eq!(needs(&world, "picture", Action::Update), ["post always"]);
    assert_eq!(
        needs(&world, "like", Action::Create),
        [""; 0],
        "its identity has the post"
    );
}

#[test]
fn a_reference_that_only_tells_whether_there_is_anything_is_asked_for() {
    let world = self::world(
        "
entities:
  post: { id: string, tables: [posts] }
  picture: { id: string, refs: { post: post? }, tables: [pictures], touches: [post] }
caches:
  posts: { key: posts, depends_on: [post] }
",
    );
    assert_eq!(needs(&world, "picture", Action::Delete), ["post always"]);
}

fn needs(world: &World, entity: &str, action: Action) -> Vec<String> {
    let mut entities = world.schema().entity_ids();
    let (id, declared) = entities.find(|(_, one)| one.name.value == entity).unwrap();
    let needs = world.plan().action(id, action).needs.iter().map(|need| {
        let name = &declared.attribute(need.attribute).name.value;
        if need.when_set == FieldSet::ALL {
            return format!("{name} always");
        }
        let mut fields = crate::emit::words::fields(declared, need.when_set);
        fields.sort();
        format!("{name} if {}", fields.join(", "))
    });
    needs.collect()
}
