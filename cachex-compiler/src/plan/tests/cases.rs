//! Cases that each once went wrong on paper.

use std::collections::BTreeSet;

use super::told::{LANGUAGE, World};

/// A schema with these entities and caches.
fn world(text: &str) -> World {
    World::of(&format!(
        "cachex: 1\nnamespace: case\ndefaults: {{ ttl: 1m }}\n{text}"
    ))
}

const GALLERY: &str = "
entities:
  post: { id: string, tables: [posts] }
  picture: { id: string, refs: { post: post? }, fields: [url, caption], tables: [pictures] }
caches:
  gallery:
    key: \"gallery:{post}\"
    params: { post: post.id }
    depends_on:
      - { when: picture.update(caption), where: { post: $post } }
";

#[test]
fn a_picture_moves_while_only_its_caption_is_in_the_pattern() {
    let world = world(GALLERY);
    let moved = world
        .change("picture.update", "1")
        .set(&["post"])
        .moved("post", "a", "b");
    assert_eq!(moved.clears(), ["gallery{post=a}", "gallery{post=b}"]);
    let other = world
        .change("picture.update", "1")
        .set(&["url"])
        .with("post", "a");
    assert_eq!(other.clears(), [""; 0]);
}

#[test]
fn a_post_moves_in_author_and_category_at_once() {
    let world = world(
        "
entities:
  user: { id: string, tables: [users] }
  category: { id: string, tables: [categories] }
  post: { id: string, refs: { author: user, category: category }, tables: [posts] }
caches:
  by_both:
    key: \"by:{author}:{category}\"
    params: { author: user.id, category: category.id }
    depends_on:
      - { when: post, where: { author: $author, category: $category } }
",
    );
    let moved = world
        .change("post.update", "1")
        .set(&["author", "category"])
        .moved("author", "ann", "bob")
        .moved("category", "x", "y");
    assert_eq!(
        moved.clears(),
        [
            "by_both{author=ann, category=x}",
            "by_both{author=bob, category=y}"
        ]
    );
}

#[test]
fn bob_is_renamed_where_the_key_is_lower_case() {
    let world = world(
        "
entities:
  user: { id: string, fields: { name: string | lower }, tables: [users] }
caches:
  by_name:
    key: \"name:{name}\"
    params: { name: user.name }
    tags: { id: user.id }
    depends_on:
      - { when: user, where: { name: $name } }
      - { when: user.delete, where: { id: $id } }
",
    );
    let renamed = world
        .change("user.update", "1")
        .set(&["name"])
        .moved("name", "Bob", "ROBERT");
    assert_eq!(
        renamed.clears(),
        ["by_name{name=bob}", "by_name{name=robert}"]
    );
    assert!(renamed.clears_entry("by_name", "name=bob id=1"));
    assert!(!renamed.clears_entry("by_name", "name=bobby id=2"));
}

#[test]
fn a_rename_that_knows_the_id_alone_keeps_the_other_aliases() {
    let world = World::of(LANGUAGE);
    let renamed = world.change("post.update", "1").set(&["slug"]);
    assert_eq!(renamed.clears_of("post_by_slug"), ["post_by_slug{id=1}"]);
    assert!(renamed.clears_entry("post_by_slug", "slug=old id=1"));
    assert!(!renamed.clears_entry("post_by_slug", "slug=other id=2"));
}

#[test]
fn a_row_appears_where_there_was_none() {
    let world = World::of(LANGUAGE);
    let created = world.change("post.create", "7").with("slug", "new");
    assert!(created.clears_entry("post_by_slug", "slug=new ?"));
    assert!(created.clears_entry("post_by_slug", "slug=whatever ?"));
    assert!(!created.clears_entry("post_by_slug", "slug=other id=2"));
}

#[test]
fn a_scene_changes_and_other_stories_stay() {
    let world = world(
        "
entities:
  story: { id: string, tables: [stories] }
  chapter: { id: string, refs: { story: story }, tables: [chapters] }
  scene: { id: string, refs: { chapter: chapter }, fields: [text], tables: [scenes] }
caches:
  story_write:
    key: \"story:{id}\"
    params: { id: story.id }
    tags: { chapter: [chapter.id], scene: [scene.id] }
    depends_on:
      - { when: story, where: { id: $id } }
      - { when: [chapter.update, chapter.delete], where: { id: $chapter } }
      - { when: chapter.create, where: { story: $id } }
      - { when: [scene.update, scene.delete], where: { id: $scene } }
      - { when: scene.create, where: { chapter: $chapter } }
",
    );
    let edited = world.change("scene.update", "s1").set(&["text"]);
    assert_eq!(edited.clears(), ["story_write{scene=s1}"]);
    assert!(edited.clears_entry("story_write", "id=1 chapter=c1 scene=s1,s2"));
    assert!(!edited.clears_entry("story_write", "id=2 chapter=c2 scene=s3"));
    let added = world.change("scene.create", "s9").with("chapter", "c1");
    assert_eq!(added.clears(), ["story_write{chapter=c1}"]);
}

#[test]
fn a_new_caption_keeps_the_lists_of_posts() {
    let world = World::of(LANGUAGE);
    let captioned = world
        .change("picture.update", "1")
        .set(&["caption"])
        .with("post", "p");
    assert_eq!(captioned.clears(), ["post_by_id{id=p}"]);
}

#[test]
fn a_new_post_and_the_list_without_a_filter() {
    let world = World::of(LANGUAGE);
    let created = world
        .change("post.create", "1")
        .with("category", "rust")
        .with("topics", "");
    assert_eq!(
        created.clears_of("post_pages"),
        ["post_pages{category=rust}"]
    );
    assert!(created.clears_entry("post_pages", "category=rust page=1 sort=newest"));
    assert!(created.clears_entry("post_pages", "category=- page=1 sort=newest"));
    assert!(!created.clears_entry("post_pages", "category=go page=1 sort=newest"));
    let without = world
        .change("post.create", "1")
        .with("category", "-")
        .with("topics", "");
    assert!(without.clears_entry("post_pages", "category=- page=1 sort=newest"));
    assert!(!without.clears_entry("post_pages", "category=rust page=1 sort=newest"));
}

#[test]
fn a_like_reorders_the_popular_lists_and_nothing_else() {
    let world = World::of(LANGUAGE);
    let liked = world.change("like.create", "p/u");
    assert_eq!(
        liked.clears(),
        ["post_by_id{id=p}", "post_pages{sort=popular}"]
    );
    assert!(!liked.clears_entry("feed", "user=u item=p"));
    assert!(!liked.clears_entry("post_pages", "category=- page=1 sort=newest item=p"));
}

#[test]
fn a_picture_goes_from_a_to_b_and_from_b_to_c_in_one_unit() {
    let world = world(GALLERY);
    let first = world
        .change("picture.update", "1")
        .set(&["post"])
        .moved("post", "a", "b");
    let second = world
        .change("picture.update", "1")
        .set(&["post"])
        .moved("post", "b", "c");
    let united: BTreeSet<_> = [first.clears(), second.clears()]
        .concat()
        .into_iter()
        .collect();
    let expected = ["gallery{post=a}", "gallery{post=b}", "gallery{post=c}"];
    assert_eq!(united, expected.map(str::to_owned).into());
}

#[test]
fn a_title_reaches_the_feed_and_a_category_all_of_it() {
    let world = World::of(LANGUAGE);
    let titled = world.change("post.update", "1").set(&["title"]);
    assert_eq!(
        titled.clears(),
        [
            "post_by_id{id=1}",
            "posts_by_topic{item=1}",
            "post_pages{item=1}",
            "feed{item=1}"
        ]
    );
    let published = world
        .change("post.update", "1")
        .set(&["published"])
        .with("category", "x");
    assert_eq!(published.clears_of("feed"), ["feed{}"]);
}

#[test]
fn many_topics_are_a_region_each_and_a_move_is_their_union() {
    let world = World::of(LANGUAGE);
    let moved = world
        .change("post.update", "1")
        .set(&["topics"])
        .moved("topics", "a,b", "b,c");
    assert_eq!(
        moved.clears_of("posts_by_topic"),
        [
            "posts_by_topic{topic=a}",
            "posts_by_topic{topic=b}",
            "posts_by_topic{topic=c}"
        ]
    );
}

#[test]
fn many_pictures_are_an_image_each_and_an_unknown_one_leaves_its_dimension_free() {
    let world = World::of(LANGUAGE);
    let several = world
        .change("post.update", "1")
        .set(&["slug"])
        .each(&["1", "2"]);
    assert_eq!(
        several.clears_of("post_by_slug"),
        ["post_by_slug{id=1}", "post_by_slug{id=2}"]
    );
    let of_post = world.change("picture.delete", "_").with("post", "p");
    assert_eq!(of_post.clears(), ["post_by_id{id=p}"]);
    let unknown = world.change("post.update", "_").set(&["slug"]);
    assert_eq!(unknown.clears_of("post_by_slug"), ["post_by_slug{}"]);
}

#[test]
fn an_absent_reference_touches_nothing_an_unknown_one_everything() {
    let world = World::of(LANGUAGE);
    let alone = world.change("picture.delete", "1").with("post", "-");
    assert_eq!(alone.clears(), [""; 0]);
    let moved = world
        .change("picture.update", "1")
        .set(&["post"])
        .moved("post", "a", "-");
    assert_eq!(moved.clears(), ["post_by_id{id=a}"]);
    let unknown = world.change("picture.delete", "1");
    assert_eq!(unknown.clears(), ["post_by_id{}"]);
}

#[test]
fn rows_known_by_a_reference_alone_have_a_facet_of_their_own() {
    let world = world(
        "
entities:
  post: { id: string, tables: [posts] }
  picture: { id: string, refs: { post: post }, tables: [pictures] }
caches:
  pictures:
    key: \"pictures:{post}\"
    params: { post: post.id }
    tags: { item: [picture.id] }
    depends_on:
      - { when: [picture.update, picture.delete], where: { id: $item, post: $post } }
      - { when: picture.create, where: { post: $post } }
  beside:
    key: \"beside:{post}\"
    params: { post: post.id }
    tags: { item: [picture.id] }
    depends_on:
      - { when: picture.delete, where: { id: $item, post: $post } }
",
    );
    let of_post = world.change("picture.delete", "_").with("post", "p");
    assert_eq!(of_post.clears(), ["pictures{post=p}", "beside{post=p}"]);
    let of_picture = world.change("picture.delete", "1");
    assert_eq!(
        of_picture.clears(),
        ["pictures{}", "beside{}"],
        "no facet has the picture alone"
    );
}

#[test]
fn a_region_is_widened_to_the_facet_with_the_most_dimensions_then_the_first_declared() {
    let world = world(
        "
entities:
  post: { id: string, fields: { a: string, b: string, c: string }, tables: [posts] }
caches:
  lists:
    key: \"{a}:{b}:{c}\"
    params: { a: post.a, b: post.b, c: post.c }
    depends_on:
      - { when: post.create, where: { c: $c } }
      - { when: post.create, where: { b: $b } }
      - { when: post.delete, where: { a: $a, b: $b } }
      - { when: post.update, where: { a: $a, b: $b, c: $c } }
",
    );
    let all = world
        .change("post.update", "1")
        .with("a", "1")
        .with("b", "2")
        .with("c", "3");
    assert_eq!(all.clears(), ["lists{a=1, b=2, c=3}"]);
    let two = world
        .change("post.update", "1")
        .with("a", "1")
        .with("b", "2");
    assert_eq!(two.clears(), ["lists{a=1, b=2}"]);
    let others = world
        .change("post.update", "1")
        .with("b", "2")
        .with("c", "3");
    assert_eq!(
        others.clears(),
        ["lists{c=3}"],
        "no facet of both, and c stands first"
    );
    let one = world.change("post.update", "1").with("a", "1");
    assert_eq!(one.clears(), ["lists{}"]);
}

#[test]
fn literals_are_tested_on_the_image_that_binds() {
    let world = world(
        "
entities:
  booking: { id: string, fields: { date: date, status: string }, tables: [bookings] }
caches:
  availability:
    key: \"availability:{date}\"
    params: { date: booking.date }
    depends_on:
      - { when: booking.update(status), where: { date: $date, status: cancelled } }
",
    );
    let cancelled = world
        .change("booking.update", "1")
        .set(&["status"])
        .with("date", "2026-01-01")
        .moved("status", "confirmed", "cancelled");
    assert_eq!(cancelled.clears(), ["availability{date=2026-01-01}"]);
    let confirmed = world
        .change("booking.update", "1")
        .set(&["status"])
        .with("date", "2026-01-01")
        .moved("status", "pending", "confirmed");
    assert_eq!(confirmed.clears(), [""; 0]);
    let moved = world
        .change("booking.update", "1")
        .set(&["date", "status"])
        .moved("date", "2026-01-01", "2026-01-02")
        .moved("status", "confirmed", "cancelled");
    assert_eq!(moved.clears(), ["availability{date=2026-01-02}"]);
}
