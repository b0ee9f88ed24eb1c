//! What the attributes make of functions of every form: which change, told when, with which values.

#![allow(
    dead_code,
    async_fn_in_trait,
    reason = "not every key, field and function is used here"
)]

use std::pin::Pin;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use cachex::codegen::Region;
use cachex::{assert_cleared, assert_event, assert_kept, assert_no_event, invalidates};
use uuid::Uuid;

mod cache {
    cachex::schema!("tests/macros/schema.yaml");
}

cache::tests!();

const POST: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);
const OLD: Uuid = Uuid::from_u128(3);
const NEW: Uuid = Uuid::from_u128(4);

#[derive(Debug)]
struct Failed;

/// A post as a handler answers it.
#[derive(serde::Serialize)]
struct Post {
    id: Uuid,
    category: Option<Uuid>,
}

/// A runtime with an entry for each of two posts, two categories and two topics.
fn primed() -> cachex::testing::Runtime {
    let test = cachex::testing::runtime(&cache::SCHEMA);
    for id in [POST, OTHER] {
        test.prime(
            &cache::PostById { id },
            Some(cache::PostByIdTags { author: NEW }),
        );
    }
    for category in [OLD, NEW] {
        test.prime(&cache::PostsOfCategory { category }, None);
    }
    for topic in [OLD, NEW] {
        test.prime(&cache::PostsOfTopic { topic }, None);
    }
    test
}

fn cleared(test: &cachex::testing::Runtime) -> Vec<Region> {
    test.recorder().regions()
}

mod identity {
    use super::*;

    #[invalidates(post.update(title))]
    async fn by_the_entitys_name(post_id: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post)]
    async fn by_id(id: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(title))]
    async fn in_a_pattern(Path(post_id): Path<Uuid>) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(title))]
    async fn in_a_tuple(Path((_user, post_id)): Path<(Uuid, Uuid)>) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(title))]
    async fn in_an_extractor(post_id: Path<Uuid>) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(like)]
    async fn by_components(post_id: Uuid, user_id: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(like.create, id = (post, user))]
    async fn of_a_tuple(post: Uuid, user: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(title), each = ids)]
    async fn of_each(ids: Vec<Uuid>) -> Result<(), Failed> {
        drop(ids);
        Ok(())
    }

    #[invalidates(post.update(title), each = |posts| posts.iter().map(|post| post.id).collect::<Vec<_>>())]
    async fn of_each_answered() -> Result<Json<Vec<Post>>, Failed> {
        let post = |id| Post { id, category: None };
        Ok(Json(vec![post(POST), post(OTHER)]))
    }

    #[invalidates(post.update(title), id = _)]
    async fn unknown() -> Result<(), Failed> {
        Ok(())
    }

    #[tokio::test]
    async fn a_parameter_identifies_wherever_it_is_bound() {
        for form in 0..5 {
            let _test = primed();
            match form {
                0 => by_the_entitys_name(POST).await,
                1 => by_id(POST).await,
                2 => in_a_pattern(Path(POST)).await,
                3 => in_a_tuple(Path((NEW, POST))).await,
                _ => in_an_extractor(Path(POST)).await,
            }
            .unwrap();
            assert_cleared!(post_by_id[POST]);
            assert_kept!(post_by_id[OTHER]);
        }
    }

    #[tokio::test]
    async fn components_identify_together() {
        let test = primed();
        by_components(POST, NEW).await.unwrap();
        assert_cleared!(post_by_id[POST]);
        assert_kept!(post_by_id[OTHER]);
        let id = serde_json::json!({ "post": POST, "user": NEW });
        assert_eq!(test.recorder().events()[0].head.id, Some(id.clone()));
        drop(test);
        let test = primed();
        of_a_tuple(POST, NEW).await.unwrap();
        assert_eq!(test.recorder().events()[0].head.id, Some(id));
    }

    #[tokio::test]
    async fn several_are_one_event() {
        for answered in [true, false] {
            let test = primed();
            if answered {
                let _answer = of_each_answered().await.unwrap();
            } else {
                of_each(vec![POST, OTHER]).await.unwrap();
            }
            assert_cleared!(post_by_id[POST]);
            assert_cleared!(post_by_id[OTHER]);
            assert_eq!(test.recorder().events().len(), 1);
        }
    }

    #[tokio::test]
    async fn an_unknown_one_is_all_of_them() {
        let _test = primed();
        unknown().await.unwrap();
        assert_cleared!(post_by_id[POST]);
        assert_cleared!(post_by_id[OTHER]);
    }
}

mod values {
    use super::*;

    #[invalidates(post.update(category), category = old => new)]
    async fn moved(post_id: Uuid, old: Option<Uuid>, new: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(category), category = _ => new)]
    async fn half_known(post_id: Uuid, new: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(published), category = post.category)]
    async fn kept(post_id: Uuid, post: &Post) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.update(topics), topics = old => new)]
    async fn many(post_id: Uuid, old: &[Uuid], new: Vec<Uuid>) -> Result<(), Failed> {
        Ok(())
    }

    #[invalidates(post.create, id = |post| post.id, category = |post| post.category, data = |post| post)]
    async fn answered(category: Uuid) -> Result<(StatusCode, Json<Post>), Failed> {
        let post = Post {
            id: POST,
            category: Some(category),
        };
        Ok((StatusCode::CREATED, Json(post)))
    }

    #[invalidates(post.delete, category = category)]
    async fn deleted(post_id: Uuid, category: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[tokio::test]
    async fn both_sides_of_a_move_are_cleared() {
        let _test = primed();
        moved(POST, Some(OLD), NEW).await.unwrap();
        assert_cleared!(posts_of_category[OLD]);
        assert_cleared!(posts_of_category[NEW]);
        assert_kept!(post_by_id[OTHER]);
    }

    #[tokio::test]
    async fn an_unknown_side_is_every_category() {
        let _test = primed();
        half_known(POST, NEW).await.unwrap();
        assert_cleared!(posts_of_category[OLD]);
    }

    #[tokio::test]
    async fn one_value_did_not_move() {
        let _test = primed();
        let post = Post {
            id: POST,
            category: Some(OLD),
        };
        kept(POST, &post).await.unwrap();
        assert_cleared!(posts_of_category[OLD]);
        assert_kept!(posts_of_category[NEW]);
    }

    #[tokio::test]
    async fn sets_are_united() {
        let _test = primed();
        many(POST, &[OLD], vec![]).await.unwrap();
        assert_cleared!(posts_of_topic[OLD]);
        assert_kept!(posts_of_topic[NEW]);
    }

    #[tokio::test]
    async fn the_success_value_is_read_through_tuples_and_json() {
        let test = primed();
        let _answer = answered(NEW).await.unwrap();
        assert_event!(post.create, id = POST);
        assert_cleared!(posts_of_category[NEW]);
        assert_kept!(posts_of_category[OLD]);
        let data = test.recorder().events()[0].data.clone();
        assert_eq!(
            data,
            Some(serde_json::json!({ "id": POST, "category": NEW }))
        );
    }

    #[tokio::test]
    async fn a_delete_has_one_image() {
        let _test = primed();
        deleted(POST, OLD).await.unwrap();
        assert_event!(post.delete, id = POST);
        assert_kept!(posts_of_category[NEW]);
    }
}

mod forms {
    use super::*;

    struct Store;

    impl Store {
        #[invalidates(post.update(title))]
        async fn method(&self, post_id: Uuid) -> Option<()> {
            Some(())
        }

        #[invalidates(post.update(title))]
        fn sync(&self, post_id: Uuid, fails: bool) -> Result<u8, Failed> {
            if fails {
                return Err(Failed);
            }
            Ok(1)
        }
    }

    trait Rename {
        async fn rename(&self, post_id: Uuid) -> Result<(), Failed>;

        #[invalidates(post.update(title))]
        fn by_default(&self, post_id: Uuid) -> Result<(), Failed> {
            Ok(())
        }

        /// As `#[async_trait]` hands it to an attribute.
        fn boxed<'a>(
            &'a self,
            post_id: Uuid,
        ) -> Pin<Box<dyn Future<Output = Result<(), Failed>> + Send + 'a>>;
    }

    impl Rename for Store {
        #[invalidates(post.update(title))]
        async fn rename(&self, post_id: Uuid) -> Result<(), Failed> {
            Ok(())
        }

        #[invalidates(post.update(title))]
        fn boxed<'a>(
            &'a self,
            post_id: Uuid,
        ) -> Pin<Box<dyn Future<Output = Result<(), Failed>> + Send + 'a>> {
            Box::pin(async move {
                let _held = self;
                tokio::task::yield_now().await;
                Ok(())
            })
        }
    }

    #[invalidates(post.update(title))]
    async fn opaque(post_id: Uuid, status: StatusCode) -> impl IntoResponse {
        (status, "done")
    }

    #[invalidates(post.update(title))]
    async fn opaque_in_ok(post_id: Uuid) -> Result<impl IntoResponse, Failed> {
        Ok(StatusCode::NOT_FOUND)
    }

    #[tokio::test]
    async fn every_form_declares() {
        for form in 0..6 {
            let _test = primed();
            match form {
                0 => Store.method(POST).await.ok_or(Failed).unwrap(),
                1 => drop(Store.sync(POST, false).unwrap()),
                2 => Store.rename(POST).await.unwrap(),
                3 => Store.by_default(POST).unwrap(),
                4 => Store.boxed(POST).await.unwrap(),
                _ => drop(opaque(POST, StatusCode::OK).await),
            }
            assert_event!(post.update, id = POST);
            assert_cleared!(post_by_id[POST]);
        }
    }

    #[tokio::test]
    async fn a_failure_contributes_nothing() {
        for form in 0..3 {
            let test = primed();
            match form {
                0 => drop(Store.sync(POST, true).unwrap_err()),
                1 => drop(opaque(POST, StatusCode::NOT_FOUND).await),
                _ => drop(opaque_in_ok(POST).await.unwrap()),
            }
            assert_no_event!();
            assert_kept!(post_by_id[POST]);
            assert!(cleared(&test).is_empty());
        }
    }
}

mod outcomes {
    use super::*;

    #[invalidates(post.update(title), success = |found: &usize| *found > 0)]
    async fn judged(post_id: Uuid, found: usize) -> usize {
        found
    }

    #[invalidates(post.update(title), on_error = invalidate)]
    async fn commits_early(post_id: Uuid) -> Result<(), Failed> {
        Err(Failed)
    }

    #[invalidates(post.update(title))]
    #[invalidates(category.update(name))]
    async fn both(post_id: Uuid, category_id: Uuid) -> Result<(), Failed> {
        Ok(())
    }

    #[tokio::test]
    async fn success_is_what_the_closure_says() {
        let _test = primed();
        judged(POST, 0).await;
        assert_kept!(post_by_id[POST]);
        judged(POST, 1).await;
        assert_cleared!(post_by_id[POST]);
    }

    #[tokio::test]
    async fn a_function_that_commits_early_clears_when_it_fails() {
        let _test = primed();
        commits_early(POST).await.unwrap_err();
        assert_cleared!(post_by_id[POST]);
    }

    #[tokio::test]
    async fn two_annotations_are_one_unit() {
        let test = primed();
        both(POST, OLD).await.unwrap();
        assert_cleared!(post_by_id[POST]);
        assert_cleared!(posts_of_category[OLD]);
        assert_eq!(test.recorder().events().len(), 1);
    }
}

mod in_code {
    use super::*;
    use cachex::Unknown;

    #[tokio::test]
    async fn changes_are_told_step_by_step() {
        let test = primed();
        cache::post::update_only(POST)
            .title()
            .category(OLD, Unknown)
            .apply(test.cachex())
            .await;
        assert_cleared!(posts_of_category[NEW]);
        assert_kept!(post_by_id[OTHER]);
    }

    #[tokio::test]
    async fn regions_do_nothing() {
        let test = primed();
        let regions = cache::post::delete(POST).category(OLD).regions();
        assert!(!regions.is_empty());
        assert_kept!(post_by_id[POST]);
        let cleared =
            cache::invalidate::post(test.cachex(), cache::post::delete(POST).category(OLD));
        assert_eq!(cleared, regions);
        assert_no_event!();
    }

    #[tokio::test]
    async fn telling_clears_nothing() {
        let test = primed();
        let _told = cache::notify::post(test.cachex(), POST, cachex::Action::Update);
        assert_event!(post.update, id = POST);
        assert_kept!(post_by_id[POST]);
    }
}

mod routes {
    //! Routes that invalidate without a line in their handlers.

    use super::*;
    use axum::Router;
    use axum::routing::{delete, post};

    async fn answer() -> Json<Post> {
        Json(Post {
            id: POST,
            category: Some(NEW),
        })
    }

    fn app() -> Router {
        let create = post(answer).layer(cachex::layer::invalidates!(
            post.create,
            id = "/id",
            category = "/category"
        ));
        let refused = delete(|| async { StatusCode::NOT_FOUND });
        Router::new()
            .route("/posts", create)
            .route(
                "/posts/{id}",
                refused.layer(cachex::layer::invalidates!(
                    post.delete,
                    id = path.id,
                    category = _
                )),
            )
            .route(
                "/posts/{post_id}/touch",
                post(answer).layer(cachex::layer::invalidates!(post)),
            )
            .route(
                "/posts/{post_id}/likes/{user}",
                post(answer).layer(cachex::layer::invalidates!(
                    like,
                    id = (path.post_id, path.user)
                )),
            )
    }

    /// The status of a request to the routes.
    async fn status(method: reqwest::Method, path: &str) -> u16 {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move { axum::serve(listener, app()).await });
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client
            .request(method, format!("http://{address}{path}"))
            .send()
            .await
            .unwrap();
        serving.abort();
        answer.status().as_u16()
    }

    #[tokio::test]
    async fn the_path_identifies() {
        let _test = primed();
        assert_eq!(
            status(reqwest::Method::POST, &format!("/posts/{POST}/touch")).await,
            200
        );
        assert_cleared!(post_by_id[POST]);
        assert_kept!(post_by_id[OTHER]);
    }

    #[tokio::test]
    async fn the_response_identifies() {
        let _test = primed();
        assert_eq!(status(reqwest::Method::POST, "/posts").await, 200);
        assert_event!(post.create, id = POST);
        assert_cleared!(posts_of_category[NEW]);
        assert_kept!(posts_of_category[OLD]);
    }

    #[tokio::test]
    async fn components_come_from_the_path() {
        let _test = primed();
        assert_eq!(
            status(reqwest::Method::POST, &format!("/posts/{POST}/likes/{NEW}")).await,
            200
        );
        assert_cleared!(post_by_id[POST]);
        assert_kept!(post_by_id[OTHER]);
    }

    #[tokio::test]
    async fn a_refused_request_changes_nothing() {
        let _test = primed();
        assert_eq!(
            status(reqwest::Method::DELETE, &format!("/posts/{POST}")).await,
            404
        );
        assert_no_event!();
        assert_kept!(post_by_id[POST]);
    }
}
