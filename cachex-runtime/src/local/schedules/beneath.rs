//! A cache that is built from another one.

use super::*;
use crate::codegen::SchemaDef;
use crate::local::caches::Caches;

/// What is cleared, in which order.
#[derive(Clone, Copy)]
enum Order {
    InnerFirst,
    OuterFirst,
    /// Inner first, but the outer one's number is drawn before that.
    DrawnAtOnce,
}

/// The outer cache's loader reads the inner one, which holds the old row. A reader of the outer cache comes in
/// after every step.
fn built_from_another(order: Order) -> Option<&'static str> {
    let ((inner, _), (outer, _)) = (posts::<Sound>(), posts::<Sound>());
    let table = Table::holding("old", &[7]);
    read(&inner, 1, &table);
    table.write("new", &[7]);
    let read_outer = || {
        let load = || async {
            let beneath = inner
                .get_or_load(&Post(1), async || Ok::<_, String>(table.read()))
                .await;
            let value = beneath.unwrap().map(|value| *value);
            Ok::<_, String>(Loaded {
                value,
                tags: Some(Authors(vec![7])),
            })
        };
        let answer = now(Box::pin(outer.get_or_load(&Post(1), load)));
        answer.unwrap().map(|value| *value)
    };
    let between = |_| {
        read_outer();
    };
    match order {
        Order::InnerFirst => {
            clear(&inner, &post(1), between);
            clear(&outer, &post(1), between);
        }
        Order::OuterFirst => {
            clear(&outer, &post(1), between);
            clear(&inner, &post(1), between);
        }
        Order::DrawnAtOnce => {
            let outer = &outer.core;
            let number = outer.slots.draw();
            between(Step::Drawn);
            clear(&inner, &post(1), between);
            for place in outer.placer.cleared(&outer.slots, &post(1)) {
                outer.slots.raise(place, number);
            }
            outer.slots.count_bump();
        }
    }
    read_outer()
}

#[test]
fn what_lies_beneath_is_cleared_before_the_next_number_is_drawn() {
    assert_eq!(built_from_another(Order::InnerFirst), Some("new"));
    assert_eq!(built_from_another(Order::OuterFirst), Some("old"));
    assert_eq!(built_from_another(Order::DrawnAtOnce), Some("old"));
}

static FEED: CacheDef = CacheDef {
    index: 0,
    order: 1,
    name: "feed",
    ..POST
};
static PAGES: CacheDef = CacheDef {
    index: 1,
    order: 0,
    name: "pages",
    ..POST
};
static SCHEMA: SchemaDef = SchemaDef {
    namespace: "test",
    scope: None,
    entities: &[],
    caches: &[&FEED, &PAGES],
};

#[test]
fn regions_are_cleared_in_the_order_of_building_whatever_order_they_come_in() {
    let caches = Caches::new(&SCHEMA, &Clock::manual());
    let feed = Region {
        cache: 0,
        ..post(1)
    };
    let pages = Region {
        cache: 1,
        ..post(1)
    };
    let mut order = Vec::new();
    caches.clear_each([&feed, &pages, &feed], |core, _| order.push(core.def.name));
    assert_eq!(order, ["pages", "feed", "feed"]);
}
