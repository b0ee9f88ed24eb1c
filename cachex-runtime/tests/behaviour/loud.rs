//! What must not happen in silence.

use cachex_runtime::codegen::{EntityDef, record};
use cachex_runtime::lost_changes;
use cachex_runtime::testing::runtime;

use crate::blog::{POST, SCHEMA, USER, updated};
use crate::units::annotated;

async fn applied_to_nothing() {
    annotated(vec![updated(1)], async { Ok::<_, ()>(()) })
        .await
        .unwrap();
}

#[tokio::test]
#[should_panic(
    expected = "no runtime is installed, and no unit of work is open on one: a change of `post` was lost"
)]
async fn a_change_without_a_runtime_panics_under_debug_assertions() {
    applied_to_nothing().await;
}

#[tokio::test]
#[should_panic(expected = "no runtime is installed")]
async fn so_does_one_that_is_recorded() {
    record(updated(1));
}

#[tokio::test]
async fn and_is_counted() {
    let before = lost_changes();
    let lost = tokio::spawn(applied_to_nothing()).await;
    assert!(lost.is_err());
    assert!(lost_changes() > before);
}

/// Nothing was to be applied, so nothing is lost.
#[tokio::test]
async fn a_function_that_fails_needs_no_runtime() {
    let failed = annotated(vec![updated(1)], async { Err::<(), _>(()) }).await;
    failed.unwrap_err();
}

/// Dropped, it is counted and does not panic: another panic may be under way.
#[tokio::test]
async fn a_cancelled_function_without_a_runtime_does_not_panic() {
    let before = lost_changes();
    let mut work = Box::pin(annotated(
        vec![updated(1)],
        std::future::pending::<Result<(), ()>>(),
    ));
    let waker = std::task::Waker::noop();
    let poll = work
        .as_mut()
        .poll(&mut std::task::Context::from_waker(waker));
    assert!(poll.is_pending());
    drop(work);
    assert!(lost_changes() > before);
}

static STRANGER: EntityDef = EntityDef {
    name: "stranger",
    ..copy_of_user()
};

const fn copy_of_user() -> EntityDef {
    EntityDef {
        index: 0,
        name: "user",
        event: "user",
        identity: &[],
        components: &[],
        attributes: &[],
        notify: [true; 3],
        scoped: true,
        steps: [&[], &[], &[]],
    }
}

#[tokio::test]
#[should_panic(
    expected = "a change of `stranger`, an entity of another schema than the runtime's, was lost"
)]
async fn a_change_of_another_schema_is_lost_as_loudly() {
    assert_eq!((USER.index, POST.index), (0, 1));
    let test = runtime(&SCHEMA);
    test.apply(crate::blog::change(
        &STRANGER,
        cachex_runtime::codegen::ErasedAction::Update,
        &[1],
    ));
}

#[tokio::test]
async fn the_rest_of_the_unit_is_applied_before_it_is_said() {
    let test = runtime(&SCHEMA);
    let stranger = crate::blog::change(
        &STRANGER,
        cachex_runtime::codegen::ErasedAction::Update,
        &[1],
    );
    let unit = annotated(vec![stranger, updated(1)], async { Ok::<_, ()>(()) });
    let mut unit = Box::pin(unit);
    let waker = std::task::Waker::noop();
    let complained = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = unit
            .as_mut()
            .poll(&mut std::task::Context::from_waker(waker));
    }));
    assert!(complained.is_err());
    assert_eq!(crate::units::posts_cleared(&test), ["1"]);
}
