//! Functions and units that are dropped or panic half-way: nobody knows what they had committed.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cachex_runtime::codegen::{Changes, ErasedChange, OnError, record};
use cachex_runtime::testing::{Runtime, runtime};
use cachex_runtime::{assert_event, assert_no_event};

use crate::blog::{SCHEMA, created, updated};
use crate::units::{annotated, enter, posts_cleared};

/// Runs a future until it waits, and drops it there.
fn cancel(work: impl Future) {
    let mut work = pin!(work);
    let poll = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(poll, Poll::Pending), "it ended");
}

async fn waits() -> Result<(), ()> {
    std::future::pending().await
}

#[test]
fn a_cancelled_function_contributes_what_it_declared_and_recorded() {
    let test = runtime(&SCHEMA);
    cancel(annotated(vec![updated(1)], async {
        record(created(2));
        waits().await
    }));
    assert_eq!(posts_cleared(&test), ["1", "2"]);
    assert_eq!(test.recorder().events().len(), 1);
}

#[test]
fn a_function_that_never_started_contributes_nothing() {
    let test = runtime(&SCHEMA);
    drop(annotated(vec![updated(1)], waits()));
    assert!(test.recorder().regions().is_empty());
}

/// What comes from the success value can't be had any more: it is unknown.
#[test]
fn what_can_not_be_had_any_more_is_unknown() {
    let test = runtime(&SCHEMA);
    let unknown = ErasedChange {
        ids: None,
        ..created(0)
    };
    cancel(annotated(vec![unknown], waits()));
    assert!(
        test.recorder()
            .regions()
            .iter()
            .any(|it| it.facet.is_none())
    );
    assert_event!(post.create, id = None::<u32>);
}

#[test]
fn a_cancelled_unit_contributes_what_ended_well_and_what_had_started() {
    let test = runtime(&SCHEMA);
    cancel(annotated(vec![updated(1)], async {
        annotated(vec![updated(2)], async { Ok::<_, ()>(()) }).await?;
        annotated(vec![updated(3)], async { Err::<(), _>(()) })
            .await
            .unwrap_err();
        annotated(vec![updated(4)], waits()).await
    }));
    assert_eq!(posts_cleared(&test), ["1", "2", "4"]);
    assert_eq!(test.recorder().events().len(), 1);
}

#[test]
fn a_cancelled_unit_contributes_what_it_had_recorded_itself() {
    let test = runtime(&SCHEMA);
    cancel(std::future::IntoFuture::into_future(cachex_runtime::unit(
        async {
            record(updated(1));
            waits().await
        },
    )));
    assert_eq!(posts_cleared(&test), ["1"]);
}

/// A branch of a `select` is dropped and the handler goes on: the function's changes wait for the unit's end.
#[tokio::test]
async fn a_function_cancelled_inside_a_unit_contributes_at_its_end() {
    let test = runtime(&SCHEMA);
    cachex_runtime::unit(async {
        cancel(annotated(vec![updated(1)], waits()));
        assert!(test.recorder().regions().is_empty());
    })
    .await;
    assert_eq!(posts_cleared(&test), ["1"]);
}

fn panics(test: &Runtime, work: impl Future) {
    let mut work = pin!(work);
    let panicked = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let _ = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    }));
    assert!(panicked.is_err());
    assert!(test.recorder().regions().is_empty() || posts_cleared(test) == ["1"]);
}

#[test]
fn a_function_that_panics_contributes_what_it_declared() {
    let test = runtime(&SCHEMA);
    panics(
        &test,
        annotated(vec![updated(1)], async {
            panic!("in the body") as Result<(), ()>
        }),
    );
    assert_eq!(posts_cleared(&test), ["1"]);
    assert_event!(post.update, id = 1);
}

#[test]
fn a_sync_function_that_panics_contributes_what_it_declared() {
    let test = runtime(&SCHEMA);
    let panicked = std::panic::catch_unwind(|| {
        let function = enter(OnError::Nothing, vec![updated(1)]);
        function.run_now(|| panic!("in the body"));
        function.succeed_now(Changes::AsDeclared);
    });
    assert!(panicked.is_err());
    assert_eq!(posts_cleared(&test), ["1"]);
}

/// The two are told apart from a failure that was answered.
#[test]
fn a_function_that_fails_is_not_one_that_was_cancelled() {
    let _test = runtime(&SCHEMA);
    let mut failed = pin!(annotated(vec![updated(1)], async { Err::<(), _>(()) }));
    let poll = failed
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(poll, Poll::Ready(Err(()))));
    assert_no_event!();
}
