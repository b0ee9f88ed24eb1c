//! Keys of caches with one, two and three facets, and of two with fifty tags: a page, whose value holds the fifty ids its
//! tags are read from, and a digest of as many rows, which holds none of them.

use std::time::Duration;

use cachex_runtime::Cachex;
use cachex_runtime::clock::Clock;
use cachex_runtime::codegen::{
    Always, AnyHome, CacheDef, Cardinality, DimensionDef, DimensionKind, Holds, Home, Key, Region,
    SchemaDef, Tags, Value,
};
use cachex_runtime::local::{Caches, Loaded, Local};

/// What lies in most caches.
type View = [u64; 4];

const fn param(name: &'static str) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Param,
        cardinality: Cardinality::One,
    }
}

const fn tag(name: &'static str, cardinality: Cardinality) -> DimensionDef {
    DimensionDef {
        name,
        kind: DimensionKind::Tag,
        cardinality,
    }
}

const fn cache(
    index: u32,
    name: &'static str,
    dimensions: &'static [DimensionDef],
    facets: &'static [u64],
) -> CacheDef {
    CacheDef {
        index,
        order: index,
        name,
        key: (&[], ""),
        dimensions,
        facets,
        ttl: Some(Duration::from_hours(1)),
        jitter: 10,
        stale_while_revalidate: Duration::ZERO,
        stale_if_error: Duration::ZERO,
        negative_ttl: None,
        max_entries: 1 << 21,
        max_tags: 64,
        format: 1,
        scoped: false,
        replica_lag: None,
    }
}

/// Tags: `count` values in each of the tags a cache has.
pub(crate) struct Values(Vec<Vec<Value>>);

impl Tags for Values {
    fn values(&self) -> Vec<Vec<Value>> {
        self.0.clone()
    }
}

macro_rules! key {
    ($key:ident: $view:ty, $def:ident, $index:literal, [$($tag:expr),*], $facets:expr, $values:expr) => {
        static $def: CacheDef = cache($index, stringify!($def), &[param("id"), param("group"), $($tag),*], $facets);

        /// An identity and a group.
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) u64, pub(crate) u64);

        impl Key for $key {
            type Tags = Values;
            type Presence = Always;
            const CACHE: u32 = $index;
            fn schema() -> &'static SchemaDef { &SCHEMA }
            #[inline]
            fn home() -> AnyHome {
                static HOME: Home<$key, $view> = Home::new();
                &HOME
            }
            fn scope(&self) -> Option<Value> { None }
            fn params(&self) -> Vec<Value> { vec![value(self.0), value(self.1)] }
        }

        impl Holds<$view> for $key {}

        impl Bench for $key {
            type View = $view;
            fn new(id: u64, group: u64) -> Self { Self(id, group) }
            fn view(&self) -> $view { [self.0; size_of::<$view>() / size_of::<u64>()] }
            fn tags(&self) -> Values {
                let values: fn(u64) -> Vec<Vec<Value>> = $values;
                Values(values(self.0))
            }
        }
    };
}

/// A key to be measured.
pub(crate) trait Bench: Key<Tags = Values, Presence = Always> + Holds<Self::View> {
    /// What lies in its cache.
    type View: Clone + Send + Sync + 'static;
    fn new(id: u64, group: u64) -> Self;
    fn view(&self) -> Self::View;
    fn tags(&self) -> Values;
}

key!(Facet1: View, FACET1, 0, [], &[0b01], |_| vec![]);
key!(
    Facet2: View,
    FACET2,
    1,
    [tag("author", Cardinality::One)],
    &[0b001, 0b100],
    |id| vec![vec![value(id % 97)]]
);
key!(
    Facet3: View,
    FACET3,
    2,
    [tag("author", Cardinality::One)],
    &[0b001, 0b010, 0b100],
    |id| vec![vec![value(id % 97)]]
);
key!(
    Page: [u64; 50],
    PAGE,
    3,
    [tag("item", Cardinality::Many)],
    &[0b001, 0b100],
    |id| { vec![(0..50).map(|item| value(id * 50 + item)).collect()] }
);
key!(
    Digest: View,
    DIGEST,
    4,
    [tag("row", Cardinality::Many)],
    &[0b001, 0b100],
    |id| { vec![(0..50).map(|row| value(id * 50 + row)).collect()] }
);
key!(Grouped: View, GROUPED, 5, [], &[0b10], |_| vec![]);

static SCHEMA: SchemaDef = SchemaDef {
    namespace: "bench",
    scope: None,
    entities: &[],
    caches: &[&FACET1, &FACET2, &FACET3, &PAGE, &DIGEST, &GROUPED],
};

fn value(of: u64) -> Value {
    Value(of.to_string().into())
}

/// The region of a group in [`Grouped`].
pub(crate) fn group(group: u64) -> Region {
    Region {
        cache: GROUPED.index,
        scope: None,
        facet: Some(0),
        values: vec![value(group)],
    }
}

pub(crate) fn cachex() -> Cachex {
    Cachex::builder(&SCHEMA).build()
}

pub(crate) fn caches() -> Caches {
    Caches::new(&SCHEMA, &Clock::system())
}

#[inline]
pub(crate) fn local<K: Bench>(caches: &Caches) -> &Local<K, K::View> {
    caches.of().expect("the key is of this schema")
}

/// Fills a cache with `count` entries of a group each, ids counted from `from`.
pub(crate) fn fill<K: Bench>(caches: &Caches, from: u64, count: u64, group: u64) {
    for id in from..from + count {
        let key = K::new(id, group);
        local::<K>(caches).prime(&key, Loaded::tagged(key.view(), key.tags()));
    }
}

static DECLARED: CacheDef = CacheDef {
    max_entries: 10_000,
    ..cache(
        0,
        "declared",
        &[param("id"), tag("author", Cardinality::One)],
        &[0b01, 0b10],
    )
};

/// A schema of many caches of the default size, each with a tag.
pub(crate) fn declared(count: usize) -> &'static SchemaDef {
    Box::leak(Box::new(SchemaDef {
        namespace: "bench",
        scope: None,
        entities: &[],
        caches: vec![&DECLARED; count].leak(),
    }))
}
