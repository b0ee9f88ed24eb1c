//! Scopes: nothing crosses one.

use cachex_runtime::codegen::{
    ChangeScope, Encode, ErasedAction, ErasedChange, Region, SYSTEM, Value, record,
};
use cachex_runtime::event::{Audience, Event};
use cachex_runtime::testing::{Runtime, runtime};

use crate::shop::{PRODUCT, ProductById, Rates, SCHEMA, VENDOR, currency, product, product_of};
use crate::subscription::soon;
use crate::units::annotated;

fn tenant(name: &str) -> Value {
    name.encode()
}

fn primed() -> Runtime {
    let test = runtime(&SCHEMA);
    for tenant in ["a", "b"] {
        for id in [1, 2] {
            test.prime(
                &ProductById { tenant, id },
                Some(cachex_runtime::codegen::NoTags),
            );
        }
    }
    test.prime(&Rates, Some(cachex_runtime::codegen::NoTags));
    test
}

/// `tenant:product` of the primed entries that are gone; the rates as `-`.
fn gone(test: &Runtime) -> Vec<String> {
    let gone = test.recorder().gone();
    let name = |it: &cachex_runtime::testing::Primed| match (&it.scope, it.params.as_slice()) {
        (Some(scope), [id]) => format!("{}:{}", scope.0, id.0),
        _ => "-".to_owned(),
    };
    gone.iter().map(name).collect()
}

#[tokio::test(start_paused = true)]
async fn a_change_stays_in_the_scope_of_its_unit() {
    let test = primed();
    cachex_runtime::unit(async { annotated(vec![product(1)], async { Ok::<_, ()>(()) }).await })
        .scope("a")
        .await
        .unwrap();
    assert_eq!(gone(&test), ["a:1"]);
    assert_eq!(test.recorder().events()[0].scope.as_deref(), Some("a"));
}

#[tokio::test(start_paused = true)]
async fn a_change_may_name_its_scope() {
    let test = primed();
    cachex_runtime::unit(async { record(product_of("b", 1)) })
        .scope("a")
        .await;
    assert_eq!(gone(&test), ["b:1"]);
    assert_eq!(test.recorder().events()[0].scope.as_deref(), Some("b"));
}

#[tokio::test(start_paused = true)]
async fn a_change_of_an_unscoped_entity_reaches_all_scopes_and_unscoped_caches() {
    let test = primed();
    test.apply(currency("EUR"));
    assert_eq!(gone(&test), ["a:1", "a:2", "b:1", "b:2", "-"]);
    assert_eq!(test.recorder().events()[0].scope, None);
}

#[tokio::test(start_paused = true)]
async fn an_unscoped_cache_is_cleared_by_a_scoped_change() {
    let test = primed();
    test.apply(ErasedChange {
        entity: &VENDOR,
        ..product_of("a", 1)
    });
    assert_eq!(gone(&test), ["-"]);
    assert_eq!(test.recorder().regions()[0].scope, None);
}

#[tokio::test(start_paused = true)]
async fn all_scopes_may_be_asked_for() {
    let test = primed();
    test.apply(ErasedChange {
        scope: ChangeScope::All,
        ..product(1)
    });
    assert_eq!(gone(&test), ["a:1", "b:1"]);
}

fn system(scope: ChangeScope) -> ErasedChange {
    ErasedChange {
        entity: &SYSTEM,
        action: ErasedAction::Delete,
        ids: None,
        scope,
        ..product(0)
    }
}

#[tokio::test(start_paused = true)]
async fn system_delete_clears_every_cache_of_its_scope() {
    let test = primed();
    test.apply(system(ChangeScope::One(tenant("a"))));
    assert_eq!(gone(&test), ["a:1", "a:2"]);
    let event = &test.recorder().events()[0];
    assert_eq!((event.head.entity, event.head.action), ("system", "delete"));
    assert_eq!((&event.head.id, event.scope.as_deref()), (&None, Some("a")));
}

#[tokio::test(start_paused = true)]
async fn and_everything_for_the_admin() {
    let test = primed();
    test.apply(system(ChangeScope::All));
    assert_eq!(gone(&test).len(), 5);
    assert_eq!(test.recorder().events().len(), 1);
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "a change of `product` came without a scope: all scopes were cleared")]
async fn a_scoped_change_without_a_scope_is_an_error() {
    let test = primed();
    test.apply(product(1));
}

/// What the release build does: all scopes are cleared, clients get `reset` and no event, and it is counted.
#[tokio::test(start_paused = true)]
async fn it_clears_all_scopes_and_resets_all_clients_all_the_same() {
    let test = primed();
    let mut client = test
        .cachex()
        .subscribe(Audience::everyone().scope("b"), None);
    let complained = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        test.apply(product(1));
    }));
    assert!(complained.is_err());
    assert_eq!(gone(&test), ["a:1", "b:1"]);
    assert!(test.recorder().events().is_empty());
    assert_eq!(test.cachex().unscoped_changes(), 1);
    assert!(soon(client.next()).await.unwrap().event().is_none());
}

#[tokio::test(start_paused = true)]
async fn an_event_reaches_its_scope_alone() {
    let test = runtime(&SCHEMA);
    let [mut a, mut b, mut nobody] = [
        Audience::everyone().scope("a"),
        Audience::everyone().scope("b"),
        Audience::everyone(),
    ]
    .map(|audience| test.cachex().subscribe(audience, None));
    test.apply(product_of("a", 1));
    test.apply(currency("EUR"));
    let seen = async |client: &mut cachex_runtime::event::Subscription| {
        soon(client.next())
            .await
            .unwrap()
            .event()
            .unwrap()
            .head
            .entity
    };
    assert_eq!(seen(&mut a).await, "product");
    assert_eq!(seen(&mut a).await, "currency");
    assert_eq!(seen(&mut b).await, "currency");
    assert_eq!(seen(&mut nobody).await, "currency");
}

/// A unit with changes of several scopes: each client still gets one event, with what concerns it.
#[tokio::test(start_paused = true)]
async fn a_unit_over_several_scopes_tells_each_client_once() {
    let test = runtime(&SCHEMA);
    let mut clients = [
        Audience::everyone().scope("a"),
        Audience::everyone().scope("b"),
        Audience::everyone().scope("c"),
    ]
    .map(|audience| test.cachex().subscribe(audience, None));
    let changes = vec![product_of("a", 1), currency("EUR"), product_of("b", 2)];
    cachex_runtime::unit(async { changes.into_iter().for_each(record) }).await;
    test.apply(currency("end"));
    let listed = |event: &Event| match event.changes.as_slice() {
        [] => vec![event.head.entity],
        changes => changes.iter().map(|it| it.entity).collect(),
    };
    let mut told = Vec::new();
    for client in &mut clients {
        let first = soon(client.next()).await.unwrap();
        told.push(listed(first.event().unwrap()));
        let second = soon(client.next()).await.unwrap();
        assert_eq!(
            second.event().unwrap().head.id,
            Some("end".into()),
            "it was told twice"
        );
    }
    assert_eq!(
        told,
        [
            vec!["product", "currency"],
            vec!["currency", "product"],
            vec!["currency"]
        ]
    );
}

#[test]
fn regions_of_all_scopes_have_none() {
    let regions = cachex_runtime::codegen::regions(&SCHEMA, &currency("EUR"));
    let whole = |cache| Region {
        cache,
        scope: None,
        facet: None,
        values: Vec::new(),
    };
    assert_eq!(regions, [whole(0), whole(1)]);
    assert!(PRODUCT.scoped);
}
