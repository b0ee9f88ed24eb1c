//! Units of work: joining, success, failure, the event of several changes.

use cachex_runtime::codegen::{
    Annotated, Changes, Declaration, Encode, ErasedChange, Executor, OnError, record,
};
use cachex_runtime::testing::{Runtime, runtime};
use cachex_runtime::{Cachex, assert_event, assert_no_event};

use crate::blog::{POST_BY_ID, PostById, SCHEMA, created, deleted, pictures, updated};

/// What `#[invalidates]` makes of an async function.
pub(crate) async fn annotated<T, E>(
    changes: Vec<ErasedChange>,
    body: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    annotated_with(OnError::Nothing, Changes::AsDeclared, changes, body).await
}

pub(crate) async fn annotated_with<T, E>(
    on_error: OnError,
    exactly: Changes,
    changes: Vec<ErasedChange>,
    body: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let function = enter(on_error, changes);
    let value = function.run(body).await;
    match &value {
        Ok(_) => function.succeed(exactly).await,
        Err(_) => function.fail().await,
    }
    value
}

pub(crate) fn enter(on_error: OnError, changes: Vec<ErasedChange>) -> Annotated {
    Annotated::enter(Declaration {
        function: "test",
        changes,
        on_error,
        executor: Executor::Own,
    })
}

/// The identities of the posts cleared from `post_by_id` so far, in order.
pub(crate) fn posts_cleared(test: &Runtime) -> Vec<String> {
    let regions = test.recorder().regions();
    let posts = regions
        .into_iter()
        .filter(|it| it.cache == POST_BY_ID && it.facet == Some(0));
    posts
        .flat_map(|it| it.values)
        .map(|it| it.0.into_owned())
        .collect()
}

async fn ok() -> Result<(), ()> {
    Ok(())
}

async fn fails() -> Result<(), ()> {
    Err(())
}

#[tokio::test]
async fn outside_a_unit_an_annotated_function_is_one() {
    let test = runtime(&SCHEMA);
    annotated(vec![updated(1)], ok()).await.unwrap();
    assert_eq!(posts_cleared(&test), ["1"]);
    assert_event!(post.update, id = 1);
}

#[tokio::test]
async fn a_sync_function_is_one_as_well() {
    let test = runtime(&SCHEMA);
    let function = enter(OnError::Nothing, vec![updated(1)]);
    let value = function.run_now(|| {
        record(created(2));
        3
    });
    function.succeed_now(Changes::AsDeclared);
    assert_eq!(value, 3);
    assert_eq!(posts_cleared(&test), ["1", "2"]);
}

#[tokio::test]
async fn inside_a_unit_functions_join_and_it_applies_them_together_at_its_end() {
    let test = runtime(&SCHEMA);
    cachex_runtime::unit(async {
        annotated(vec![updated(1)], ok()).await?;
        annotated(vec![deleted(2)], ok()).await?;
        assert_eq!(posts_cleared(&test), Vec::<String>::new());
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
    assert_eq!(posts_cleared(&test), ["1", "2"]);
    assert_eq!(test.recorder().events().len(), 1);
}

#[tokio::test]
async fn a_function_inside_an_annotated_one_joins_its_unit() {
    let test = runtime(&SCHEMA);
    annotated(vec![updated(1)], async {
        annotated(vec![pictures(&[9])], ok()).await?;
        assert!(test.recorder().regions().is_empty());
        ok().await
    })
    .await
    .unwrap();
    assert_event!(post.update, id = 1);
}

#[tokio::test]
async fn a_function_that_fails_contributes_nothing() {
    let test = runtime(&SCHEMA);
    let failed = annotated(vec![updated(1)], async {
        record(created(2));
        fails().await
    });
    failed.await.unwrap_err();
    assert!(test.recorder().regions().is_empty());
    assert_no_event!();
}

#[tokio::test]
async fn one_that_commits_early_contributes_all_the_same() {
    let test = runtime(&SCHEMA);
    let failed = annotated_with(
        OnError::Invalidate,
        Changes::AsDeclared,
        vec![updated(1)],
        async {
            record(created(2));
            fails().await
        },
    );
    failed.await.unwrap_err();
    assert_eq!(posts_cleared(&test), ["1", "2"]);
    assert_eq!(test.recorder().events().len(), 1);
}

/// Its commit may have happened: a superfluous refetch is harmless, a missing one is not.
#[tokio::test]
async fn what_ended_well_stands_if_the_unit_fails_after_it() {
    let test = runtime(&SCHEMA);
    let failed = annotated(vec![updated(1)], async {
        annotated(vec![updated(2)], ok()).await?;
        fails().await
    });
    failed.await.unwrap_err();
    assert_eq!(posts_cleared(&test), ["2"]);
    assert_event!(post.update, id = 2);
}

#[tokio::test]
async fn what_failed_inside_a_unit_that_ends_well_is_left_out() {
    let test = runtime(&SCHEMA);
    annotated(vec![updated(1)], async {
        annotated(vec![updated(2)], fails()).await.unwrap_err();
        ok().await
    })
    .await
    .unwrap();
    assert_eq!(posts_cleared(&test), ["1"]);
}

#[tokio::test]
async fn what_a_unit_records_itself_needs_the_unit_to_end_well() {
    let test = runtime(&SCHEMA);
    let work = async |value: Result<(), ()>| {
        cachex_runtime::unit(async {
            record(updated(1));
            value
        })
        .await
    };
    work(Err(())).await.unwrap_err();
    assert!(test.recorder().regions().is_empty());
    work(Ok(())).await.unwrap();
    assert_eq!(posts_cleared(&test), ["1"]);
}

#[tokio::test]
async fn what_only_the_success_value_tells_takes_the_place_of_what_was_declared() {
    let test = runtime(&SCHEMA);
    let unknown = ErasedChange {
        ids: None,
        ..created(0)
    };
    let exactly = Changes::Exactly(vec![created(7)]);
    annotated_with(OnError::Nothing, exactly, vec![unknown], ok())
        .await
        .unwrap();
    assert_eq!(posts_cleared(&test), ["7"]);
    assert_event!(post.create, id = 7);
}

/// The handler's first attribute is the head, although the functions it calls end before it.
#[tokio::test]
async fn the_handlers_first_attribute_is_the_head() {
    let test = runtime(&SCHEMA);
    annotated(vec![updated(1), pictures(&[4])], async {
        record(deleted(3));
        annotated(vec![created(2)], ok()).await
    })
    .await
    .unwrap();
    let event = &test.recorder().events()[0];
    assert_eq!((event.head.entity, event.head.action), ("post", "update"));
    let listed: Vec<_> = event
        .changes
        .iter()
        .map(|it| (it.entity, it.action))
        .collect();
    assert_eq!(
        listed,
        [
            ("post", "update"),
            ("picture", "any"),
            ("post", "delete"),
            ("post", "create")
        ]
    );
}

#[tokio::test]
async fn without_it_the_first_recorded_change_is_the_head() {
    let test = runtime(&SCHEMA);
    annotated(vec![updated(1)], async {
        record(deleted(3));
        annotated(vec![created(2)], ok()).await?;
        fails().await
    })
    .await
    .unwrap_err();
    assert_event!(post.create, id = 2);
    test.recorder().forget();
    cachex_runtime::unit(async {
        record(deleted(3));
        annotated(vec![created(2)], ok()).await
    })
    .await
    .unwrap();
    let event = &test.recorder().events()[0];
    assert_eq!((event.head.entity, event.head.action), ("post", "delete"));
}

/// A function's attributes count as recorded when it started.
#[tokio::test]
async fn changes_are_listed_in_the_order_they_were_recorded() {
    let test = runtime(&SCHEMA);
    cachex_runtime::unit(async {
        annotated(vec![created(2)], async {
            annotated(vec![pictures(&[4])], ok()).await?;
            record(updated(1));
            ok().await
        })
        .await?;
        record(deleted(3));
        ok().await
    })
    .await
    .unwrap();
    let event = &test.recorder().events()[0];
    let listed: Vec<_> = event
        .changes
        .iter()
        .map(|it| (it.entity, it.action))
        .collect();
    assert_eq!(
        listed,
        [
            ("post", "create"),
            ("picture", "any"),
            ("post", "update"),
            ("post", "delete")
        ]
    );
}

/// A→B, then B→C: all three are stale, whatever is folded in the event.
#[tokio::test]
async fn two_moves_in_one_unit_stale_all_three_places() {
    use crate::blog::{CATEGORY, POST_PAGES, Told as _};
    let test = runtime(&SCHEMA);
    let moved = |from: i64, to: i64| {
        let change = updated(1)
            .before(CATEGORY, &[from.encode()])
            .after(CATEGORY, &[to.encode()]);
        change.setting(&[CATEGORY])
    };
    annotated(vec![moved(1, 2), moved(2, 3)], ok())
        .await
        .unwrap();
    let regions = test.recorder().regions();
    let pages = regions.iter().filter(|it| it.cache == POST_PAGES);
    let categories: Vec<_> = pages.map(|it| it.values[0].0.to_string()).collect();
    assert_eq!(categories, ["%-", "1", "2", "3"]);
    assert_event!(post.update, id = 1);
}

#[tokio::test]
async fn what_is_created_and_deleted_in_one_unit_is_stale_all_the_same() {
    let test = runtime(&SCHEMA);
    annotated(vec![created(1), deleted(1)], ok()).await.unwrap();
    assert_eq!(posts_cleared(&test), ["1"]);
}

/// Upstream caches of the whole unit come first, not of each change.
#[tokio::test]
async fn a_unit_clears_upstream_caches_first_over_all_its_changes() {
    let test = runtime(&SCHEMA);
    annotated(vec![updated(1), updated(2)], ok()).await.unwrap();
    let caches: Vec<u32> = test
        .recorder()
        .regions()
        .iter()
        .map(|it| it.cache)
        .collect();
    let mut order = caches.clone();
    order.dedup();
    assert_eq!(order, [1, 2, 3, 0], "{caches:?}");
}

#[tokio::test]
async fn a_spawned_task_carries_the_unit_along() {
    let test = runtime(&SCHEMA);
    cachex_runtime::unit(async {
        let task = cachex_runtime::spawn(async { annotated(vec![updated(1)], ok()).await });
        task.await.unwrap()?;
        assert!(test.recorder().regions().is_empty());
        Ok::<_, ()>(())
    })
    .await
    .unwrap();
    assert_eq!(posts_cleared(&test), ["1"]);
}

/// A task that is still at work when the unit ends applies what it does by itself.
#[tokio::test]
async fn a_task_that_outlives_the_unit_applies_its_own() {
    let test = runtime(&SCHEMA);
    let (go, gate) = tokio::sync::oneshot::channel::<()>();
    let (started, has_started) = tokio::sync::oneshot::channel::<()>();
    let task = cachex_runtime::unit(async {
        let task = cachex_runtime::spawn(async {
            annotated(vec![updated(1)], async {
                started.send(()).unwrap();
                gate.await.unwrap();
                ok().await
            })
            .await?;
            annotated(vec![updated(2)], annotated(vec![updated(4)], ok())).await?;
            record(updated(3));
            ok().await
        });
        has_started.await.unwrap();
        Some(task)
    })
    .await
    .unwrap();
    assert!(test.recorder().regions().is_empty());
    go.send(()).unwrap();
    task.await.unwrap().unwrap();
    assert_eq!(posts_cleared(&test), ["1", "2", "4", "3"]);
    // The second function and the one inside it are a unit of their own.
    assert_eq!(test.recorder().events().len(), 3);
}

#[tokio::test]
async fn a_change_recorded_outside_any_unit_is_applied_at_once() {
    let test = runtime(&SCHEMA);
    record(updated(1));
    assert_eq!(posts_cleared(&test), ["1"]);
    assert_event!(post.update, id = 1);
}

#[tokio::test]
async fn applying_does_not_wait_for_the_unit() {
    let test = runtime(&SCHEMA);
    cachex_runtime::unit(async {
        test.cachex().apply(updated(1)).await;
        assert_eq!(posts_cleared(&test), ["1"]);
    })
    .await;
    assert_event!(post.update, id = 1);
}

#[tokio::test]
async fn both_halves_of_applying_stand_by_themselves() {
    let test = runtime(&SCHEMA);
    let cleared = test.cachex().invalidate(updated(1));
    assert_eq!(cleared, test.recorder().regions());
    assert!(!cleared.is_empty());
    assert_no_event!();
    test.recorder().forget();
    test.cachex().notify(cachex_runtime::codegen::notice(
        &crate::blog::POST,
        Some(1.encode()),
        cachex_runtime::codegen::ErasedAction::Update,
    ));
    assert!(test.recorder().regions().is_empty());
    assert_event!(post.update, id = 1);
}

#[tokio::test]
async fn a_unit_may_name_its_runtime() {
    let test = runtime(&SCHEMA);
    let other = Cachex::builder(&SCHEMA).build();
    let before = other.seq();
    cachex_runtime::unit(async { annotated(vec![updated(1)], ok()).await })
        .on(&other)
        .await
        .unwrap();
    assert!(test.recorder().regions().is_empty());
    assert_ne!(other.seq(), before);
}

#[tokio::test]
async fn a_function_inside_it_uses_the_units_runtime() {
    let test = runtime(&SCHEMA);
    let other = Cachex::builder(&SCHEMA).build();
    let key = PostById(1);
    let load = async || {
        let value = other.get_or_load(&key, || async { Ok::<_, ()>(None::<crate::reads::Post>) });
        value.await.unwrap()
    };
    load().await;
    assert!(other.get(&key).is_some());
    cachex_runtime::unit(async { annotated(vec![updated(1)], ok()).await })
        .on(&other)
        .await
        .unwrap();
    assert!(other.get(&key).is_none());
    drop(test);
}
