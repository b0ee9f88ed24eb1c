//! The acceptance list of the blog (examples/blog), over HTTP against the running server, with its real event stream.
//!
//! What a request cleared is seen from outside: every cache is filled, the request is made, then every text in the
//! database is changed behind the caches' back. What shows the changed text was cleared, all else was kept.

mod server;
mod stream;

use serde_json::{Value, json};
use server::{Blog, Seen};
use uuid::Uuid;

/// The one event a request sent, without what differs from run to run.
fn only(seen: &Seen) -> Value {
    assert_eq!(
        seen.events.len(),
        1,
        "exactly one event: {:#?}",
        seen.events
    );
    let mut event = seen.events[0].clone();
    let event = event.as_object_mut().expect("an event is an object");
    for varying in ["ev", "seq"] {
        assert!(event.remove(varying).is_some(), "an event has `{varying}`");
    }
    Value::Object(event.clone())
}

/// `X-Cache-Invalidate` without `ev` and `seq`.
fn header(seen: &Seen) -> String {
    let text = seen.header.clone().expect("X-Cache-Invalidate is there");
    text.split("; ev=").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_new_title_makes_one_event_and_clears_what_shows_it() {
    let blog = Blog::start().await;
    let seen = blog
        .patch(
            &format!("/posts/{}/title", blog.post),
            json!({ "title": "renamed" }),
        )
        .await;
    assert_eq!(seen.status, 204);
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "post", "action": "update", "id": blog.post })
    );
    assert_eq!(
        header(&seen),
        format!("\"post\"; id=\"{}\"; action=update", blog.post)
    );
    seen.cleared(["post", "posts", "posts of its category", "feed"]);
}

#[tokio::test]
async fn a_post_is_created() {
    let blog = Blog::start().await;
    let seen = blog
        .post(
            "/posts",
            json!({ "title": "new", "category": blog.category, "published": true }),
        )
        .await;
    assert_eq!(seen.status, 201);
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "post", "action": "create", "id": seen.body["id"] })
    );
    seen.cleared(["posts", "posts of its category", "feed"]);
}

#[tokio::test]
async fn a_post_that_was_asked_for_too_early_appears() {
    let blog = Blog::start().await;
    let missing = Uuid::new_v4();
    assert_eq!(blog.get(&format!("/posts/{missing}")).await.status, 404);
    blog.insert_post(missing).await;
    assert_eq!(
        blog.get(&format!("/posts/{missing}")).await.status,
        404,
        "that there is none is cached"
    );
    let seen = blog
        .put(&format!("/posts/{missing}"), json!({ "title": "here" }))
        .await;
    assert_eq!(seen.status, 204);
    assert_eq!(blog.get(&format!("/posts/{missing}")).await.status, 200);
}

#[tokio::test]
async fn a_post_moves_to_another_category_and_both_lists_follow() {
    let blog = Blog::start().await;
    let change = json!({ "title": "moved", "category": blog.other_category, "published": true });
    let seen = blog.put(&format!("/posts/{}", blog.post), change).await;
    assert_eq!(seen.status, 204);
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "post", "action": "update", "id": blog.post })
    );
    seen.cleared([
        "post",
        "posts",
        "posts of its category",
        "posts of the other category",
        "feed",
    ]);
}

#[tokio::test]
async fn a_post_is_deleted() {
    let blog = Blog::start().await;
    let seen = blog.delete(&format!("/posts/{}", blog.post)).await;
    assert_eq!(seen.status, 204);
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "post", "action": "delete", "id": blog.post })
    );
    seen.gone(["post"]);
    seen.cleared(["posts", "posts of its category", "feed"]);
}

#[tokio::test]
async fn a_page_is_created_updated_and_deleted() {
    let blog = Blog::start().await;
    let seen = blog.post("/pages", json!({ "title": "new" })).await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "page", "action": "create", "id": seen.body["id"] })
    );
    seen.cleared(["pages", "feed"]);

    let blog = Blog::start().await;
    let seen = blog
        .put(
            &format!("/pages/{}", blog.page),
            json!({ "title": "changed" }),
        )
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "page", "action": "update", "id": blog.page })
    );
    seen.cleared(["page", "pages", "feed"]);

    let blog = Blog::start().await;
    let seen = blog.delete(&format!("/pages/{}", blog.page)).await;
    let event = only(&seen);
    assert_eq!(event["type"], "page");
    assert_eq!(event["action"], "delete");
    assert_eq!(
        event["changes"][1]["type"], "picture",
        "its picture lost its page: {event}"
    );
    seen.gone(["page"]);
    seen.cleared(["pages", "feed", "picture of the page", "pictures"]);
}

#[tokio::test]
async fn a_picture_is_created() {
    let blog = Blog::start().await;
    let seen = blog
        .post("/pictures", json!({ "post": blog.post, "url": "/new.png" }))
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "create", "id": seen.body["id"] })
    );
    seen.cleared(["post", "posts", "posts of its category", "feed", "pictures"]);
}

#[tokio::test]
async fn a_picture_of_a_page_is_created() {
    let blog = Blog::start().await;
    let seen = blog
        .post("/pictures", json!({ "page": blog.page, "url": "/new.png" }))
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "create", "id": seen.body["id"] })
    );
    seen.cleared(["page", "pages", "feed", "pictures"]);
}

#[tokio::test]
async fn a_new_url_shows_in_the_lists() {
    let blog = Blog::start().await;
    let seen = blog
        .patch(
            &format!("/pictures/{}", blog.picture),
            json!({ "url": "/other.png" }),
        )
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "update", "id": blog.picture })
    );
    seen.cleared([
        "post",
        "posts",
        "posts of its category",
        "feed",
        "picture",
        "pictures",
    ]);
}

#[tokio::test]
async fn a_new_caption_leaves_the_lists_of_posts_alone() {
    let blog = Blog::start().await;
    let seen = blog
        .patch(
            &format!("/pictures/{}", blog.picture),
            json!({ "caption": "better" }),
        )
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "update", "id": blog.picture })
    );
    seen.cleared(["post", "picture", "pictures"]);
}

#[tokio::test]
async fn a_picture_is_deleted() {
    let blog = Blog::start().await;
    let seen = blog.delete(&format!("/pictures/{}", blog.picture)).await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "delete", "id": blog.picture })
    );
    seen.gone(["picture"]);
    seen.cleared(["post", "posts", "posts of its category", "feed", "pictures"]);
}

#[tokio::test]
async fn nine_pictures_in_one_request_make_one_event() {
    let blog = Blog::start().await;
    let ids: Vec<Uuid> = std::iter::once(blog.picture)
        .chain(std::iter::repeat_with(Uuid::new_v4).take(8))
        .collect();
    let rows: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "id": id, "url": "/nine.png" }))
        .collect();
    let seen = blog
        .put(&format!("/posts/{}/pictures", blog.post), json!(rows))
        .await;
    assert_eq!(seen.status, 204);
    let event = only(&seen);
    assert_eq!(
        (&event["type"], &event["action"], &event["id"]),
        (&json!("post"), &json!("update"), &json!(blog.post))
    );
    let changes = event["changes"]
        .as_array()
        .expect("the pictures stand in `changes`");
    assert_eq!(changes.len(), 2, "folded: {event}");
    assert_eq!(
        (&changes[1]["type"], &changes[1]["action"]),
        (&json!("picture"), &json!("any"))
    );
    let told: Vec<Value> = changes[1]["ids"].as_array().expect("nine ids").clone();
    assert_eq!(told.len(), 9);
    assert!(ids.iter().all(|id| told.contains(&json!(id))));
    seen.cleared([
        "post",
        "posts",
        "posts of its category",
        "feed",
        "picture",
        "pictures",
    ]);
}

#[tokio::test]
async fn unlinked_pictures_are_told_by_their_ids() {
    let blog = Blog::start().await;
    let seen = blog.post("/pictures/unlink", json!([blog.picture])).await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "update", "id": blog.picture })
    );
    seen.cleared([
        "post",
        "posts",
        "posts of its category",
        "feed",
        "picture",
        "pictures",
    ]);

    let blog = Blog::start().await;
    let both = [blog.picture, blog.page_picture];
    let seen = blog.post("/pictures/unlink", json!(both)).await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "picture", "action": "update", "id": null, "ids": both })
    );
    seen.cleared([
        "post",
        "posts",
        "posts of its category",
        "feed",
        "picture",
        "pictures",
        "page",
        "pages",
        "picture of the page",
    ]);
}

#[tokio::test]
async fn a_category_is_renamed_and_its_posts_follow() {
    let blog = Blog::start().await;
    let seen = blog
        .put(
            &format!("/categories/{}", blog.category),
            json!({ "name": "renamed" }),
        )
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "category", "action": "update", "id": blog.category })
    );
    seen.cleared(["post", "categories"]);
}

#[tokio::test]
async fn a_type_is_renamed_and_its_posts_follow() {
    let blog = Blog::start().await;
    let seen = blog
        .put(
            &format!("/types/{}", blog.kind),
            json!({ "name": "renamed" }),
        )
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "type", "action": "update", "id": blog.kind })
    );
    seen.cleared(["post", "types"]);
}

#[tokio::test]
async fn a_layout_changes_and_its_pages_follow() {
    let blog = Blog::start().await;
    let seen = blog
        .put(
            &format!("/layouts/{}", blog.layout),
            json!({ "name": "wide", "width": 12 }),
        )
        .await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "layout", "action": "update", "id": blog.layout })
    );
    seen.cleared(["page", "layouts"]);
}

#[tokio::test]
async fn categories_types_and_layouts_come_and_go() {
    for (list, one, new) in [
        ("categories", "category", json!({ "name": "new" })),
        ("types", "type", json!({ "name": "new" })),
        ("layouts", "layout", json!({ "name": "new", "width": 3 })),
    ] {
        let blog = Blog::start().await;
        let seen = blog.post(&format!("/{list}"), new).await;
        let id = seen.body["id"].clone();
        assert_eq!(
            only(&seen),
            json!({ "kind": "cache", "type": one, "action": "create", "id": id })
        );
        seen.cleared([list]);
        let seen = blog
            .delete(&format!("/{list}/{}", id.as_str().expect("a uuid")))
            .await;
        assert_eq!(
            only(&seen),
            json!({ "kind": "cache", "type": one, "action": "delete", "id": id })
        );
        seen.cleared([list]);
    }
}

#[tokio::test]
async fn flushing_all_makes_one_event() {
    let blog = Blog::start().await;
    let seen = blog.delete("/caches").await;
    assert_eq!(
        only(&seen),
        json!({ "kind": "cache", "type": "system", "action": "delete", "id": null })
    );
    seen.cleared_everything();
}

#[tokio::test]
async fn what_fails_tells_nothing_and_clears_nothing() {
    let blog = Blog::start().await;
    let missing = Uuid::new_v4();
    let not_found = [
        blog.patch(&format!("/posts/{missing}/title"), json!({ "title": "x" }))
            .await,
        blog.put(&format!("/posts/{missing}"), json!({ "title": "x" }))
            .await,
        blog.put(&format!("/pages/{missing}"), json!({ "title": "x" }))
            .await,
        blog.put(&format!("/posts/{missing}/pictures"), json!([]))
            .await,
        blog.post("/pictures/unlink", json!([blog.picture, missing]))
            .await,
        blog.delete(&format!("/categories/{missing}")).await,
    ];
    // A category with posts in it: the database refuses, the handler answers 500.
    let refused = blog.delete(&format!("/categories/{}", blog.category)).await;
    assert_eq!(refused.status, 500);
    for seen in not_found.iter().chain([&refused]) {
        assert!(seen.status == 404 || seen.status == 500, "{}", seen.status);
        assert_eq!(seen.events, Vec::<Value>::new());
        assert_eq!(seen.header, None);
        seen.cleared([]);
    }
}

#[tokio::test]
async fn reading_tells_nothing() {
    let blog = Blog::start().await;
    let seen = blog.get("/feed").await;
    assert_eq!(
        (seen.status, seen.events.len(), seen.header.as_deref()),
        (200, 0, None)
    );
    seen.cleared([]);
}

#[tokio::test]
async fn a_client_that_was_away_gets_what_it_missed() {
    let blog = Blog::start().await;
    let mut first = blog.stream(None).await;
    blog.patch(
        &format!("/posts/{}/title", blog.post),
        json!({ "title": "one" }),
    )
    .await;
    let one = first.next().await;
    blog.patch(
        &format!("/posts/{}/title", blog.post),
        json!({ "title": "two" }),
    )
    .await;
    let two = first.next_of("post").await;
    let mut again = blog.stream(Some(&one.id)).await;
    let replayed = again.next_of("post").await;
    assert_eq!((replayed.id, replayed.data), (two.id, two.data));
}
