//! What tests say of a runtime.

use serde_json::Value as Json;

use super::{Primed, Recorder, recorder};
use crate::codegen::Value;

/// Fails unless the primed entries with these params are gone: `assert_cleared!(post_by_id[id])`, or all primed
/// entries of a cache: `assert_cleared!(post_by_id)`.
#[macro_export]
macro_rules! assert_cleared {
    ($cache:ident $([$($param:expr),+ $(,)?])?) => {
        $crate::testing::cleared(::core::stringify!($cache), &[$($($crate::codegen::Encode::encode(&$param)),+)?])
    };
}

/// Fails unless the primed entries with these params would still be served, as in [`assert_cleared!`].
#[macro_export]
macro_rules! assert_kept {
    ($cache:ident $([$($param:expr),+ $(,)?])?) => {
        $crate::testing::kept(::core::stringify!($cache), &[$($($crate::codegen::Encode::encode(&$param)),+)?])
    };
}

/// Fails unless exactly one event was told, and it is this: `assert_event!(post.update, id = id)`. What isn't
/// mentioned (`id`, `ids`) isn't looked at.
#[macro_export]
macro_rules! assert_event {
    ($entity:ident . $action:ident $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::testing::event(
            ::core::stringify!($entity),
            ::core::stringify!($action),
            &[$((::core::stringify!($name), $crate::testing::json(&$value))),*],
        )
    };
}

/// Fails if any event was told.
#[macro_export]
macro_rules! assert_no_event {
    () => {
        $crate::testing::no_event()
    };
}

/// What [`assert_cleared!`] calls.
///
/// # Panics
/// If the test is to fail.
#[track_caller]
pub fn cleared(cache: &str, params: &[Value]) {
    let recorder = recorder();
    let (primed, kept) = of(&recorder, cache, params, recorder.kept());
    assert!(
        kept.is_empty(),
        "{} of {primed} primed entries of `{cache}` are still served: {kept:?}\ncleared: {:?}",
        kept.len(),
        recorder.regions(),
    );
}

/// What [`assert_kept!`] calls.
///
/// # Panics
/// If the test is to fail.
#[track_caller]
pub fn kept(cache: &str, params: &[Value]) {
    let recorder = recorder();
    let (primed, gone) = of(&recorder, cache, params, recorder.gone());
    assert!(
        gone.is_empty(),
        "{} of {primed} primed entries of `{cache}` are gone: {gone:?}\ncleared: {:?}",
        gone.len(),
        recorder.regions(),
    );
}

/// How many entries of a cache with these params were primed, and which of `some` are among them.
#[track_caller]
fn of(
    recorder: &Recorder,
    cache: &str,
    params: &[Value],
    some: Vec<Primed>,
) -> (usize, Vec<Primed>) {
    let index = recorder.cache_named(cache);
    let meant = |it: &Primed| Some(it.cache) == index && (params.is_empty() || it.params == params);
    let all = [recorder.gone(), recorder.kept()].concat();
    let primed = all.iter().filter(|it| meant(it)).count();
    assert!(
        primed > 0,
        "no entry of `{cache}` with the params {params:?} was primed"
    );
    (primed, some.into_iter().filter(meant).collect())
}

/// What [`assert_event!`] calls.
///
/// # Panics
/// If the test is to fail.
#[track_caller]
pub fn event(entity: &str, action: &str, expected: &[(&str, Json)]) {
    let events = recorder().events();
    let [event] = events.as_slice() else {
        assert!(
            events.len() == 1,
            "{} events were told and not one: {events:?}",
            events.len()
        );
        return;
    };
    assert!(
        event.head.entity == entity && event.head.action == action,
        "`{}.{}` was told and not `{entity}.{action}`",
        event.head.entity,
        event.head.action,
    );
    let told = serde_json::to_value(event).unwrap_or_default();
    for (name, value) in expected {
        let found = told.get(name).unwrap_or(&Json::Null);
        assert!(found == value, "`{name}` is {found} and not {value}");
    }
}

/// A value as it stands in an event.
pub fn json(value: &impl serde::Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

/// What [`assert_no_event!`] calls.
///
/// # Panics
/// If the test is to fail.
#[track_caller]
pub fn no_event() {
    let events = recorder().events();
    assert!(
        events.is_empty(),
        "{} events were told: {events:?}",
        events.len()
    );
}
