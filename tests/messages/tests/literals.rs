//! A literal of the schema and a value of the program are written alike: the compiler writes one, the runtime the other.

#![allow(dead_code, reason = "keys are not used here")]
#![expect(clippy::panic, reason = "a failed expectation is the report")]

use cachex::codegen::{Region, Value};
use time::macros::{date, datetime};
use uuid::{Uuid, uuid};

/// Two caches for each scalar: one is bound by the change, of the other the value stands in the schema.
mod cache {
    cachex::schema!("tests/literals.yaml");
}

/// What a change with these values clears of a cache.
fn values(regions: &[Region], cache: &str) -> Option<Vec<Value>> {
    let Some(index) = cache::SCHEMA
        .caches
        .iter()
        .position(|known| known.name == cache)
    else {
        panic!("there is no cache `{cache}`")
    };
    let found = regions
        .iter()
        .find(|region| region.cache as usize == index)?;
    Some(found.values.clone())
}

const SCALARS: [&str; 10] = [
    "small", "large", "signed", "wide", "text", "tidy", "truth", "other", "day", "instant",
];

#[test]
fn a_literal_is_what_the_value_is_encoded_to() {
    let regions = cache::thing::create(Uuid::nil())
        .small(7)
        .large(u64::MAX)
        .signed(-7)
        .wide(i64::MAX)
        .text("a:b %é*?[]{}\t\u{3000}")
        .tidy("  Ärger straße ")
        .truth(true)
        .other(uuid!("0e984725-c51c-4bf4-9960-e1c80e27aba0"))
        .day(date!(2028 - 02 - 29))
        .instant(datetime!(2026-01-31 14:00:00.25 +2))
        .regions();
    for scalar in SCALARS {
        let bound = values(&regions, &format!("bound_{scalar}"));
        let fixed = values(&regions, &format!("fixed_{scalar}"));
        assert!(fixed.is_some(), "the literal of `{scalar}` is not met");
        assert_eq!(bound, fixed, "{scalar}");
    }
}

#[test]
fn another_value_does_not_meet_the_literal() {
    let regions = cache::thing::create(Uuid::nil())
        .small(8)
        .large(0)
        .signed(7)
        .wide(i64::MIN)
        .text("a:b %é*?[]{}\t")
        .tidy("ärger strasse")
        .truth(false)
        .other(Uuid::nil())
        .day(date!(2028 - 02 - 28))
        .instant(datetime!(2026-01-31 12:00:00.25 +2))
        .regions();
    for scalar in SCALARS {
        assert!(values(&regions, &format!("bound_{scalar}")).is_some());
        assert_eq!(
            values(&regions, &format!("fixed_{scalar}")),
            None,
            "{scalar}"
        );
    }
}
