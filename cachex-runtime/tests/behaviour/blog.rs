//! A schema without a scope, as generated code would state it.

use cachex_runtime::codegen::{
    Always, BindingDef, CacheDef, Cardinality, ChangeScope, DimensionDef, DimensionKind, Encode,
    EntityDef, ErasedAction, ErasedChange, Holds, Key, NoTags, Perhaps, Scalar, SchemaDef,
    SourceDef, StepDef, Tags, Value, compose,
};
use std::time::Duration;

pub(crate) const AUTHOR: u16 = 0;
pub(crate) const CATEGORY: u16 = 1;
pub(crate) const TOPICS: u16 = 2;
pub(crate) const TITLE: u16 = 3;
pub(crate) const STATUS: u16 = 4;

pub(crate) static USER: EntityDef = EntityDef {
    index: 0,
    name: "user",
    event: "user",
    attributes: &["name"],
    steps: [
        &[],
        &[step(POST_BY_ID, &[bind(1, SourceDef::Identity)])],
        &[],
    ],
    ..PLAIN
};

pub(crate) static POST: EntityDef = EntityDef {
    index: 1,
    name: "post",
    event: "post",
    attributes: &["author", "category", "topics", "title", "status"],
    steps: [POST_CREATED, POST_UPDATED, POST_DELETED],
    ..PLAIN
};

/// Only updates have masks: that of another step says nothing.
const POST_CREATED: &[StepDef] = &[
    masked(POST_BY_ID, &[bind(0, SourceDef::Identity)], 0),
    masked(POST_PAGES, &[bind(0, SourceDef::Attribute(CATEGORY))], 0),
    masked(BY_TOPIC, &[bind(0, SourceDef::Attribute(TOPICS))], 0),
];

const POST_DELETED: &[StepDef] = &[
    masked(POST_BY_ID, &[bind(0, SourceDef::Identity)], 0),
    masked(POST_PAGES, &[bind(0, SourceDef::Attribute(CATEGORY))], 0),
    masked(DRAFTS, &[bind(0, SourceDef::Attribute(AUTHOR))], 0),
];

const POST_UPDATED: &[StepDef] = &[
    step(POST_BY_ID, &[bind(0, SourceDef::Identity)]),
    masked(
        POST_PAGES,
        &[bind(0, SourceDef::Attribute(CATEGORY))],
        1 << CATEGORY,
    ),
    masked(POST_PAGES, &[bind(2, SourceDef::Identity)], 1 << TITLE),
    masked(
        BY_TOPIC,
        &[bind(0, SourceDef::Attribute(TOPICS))],
        1 << TOPICS,
    ),
    StepDef {
        cache: DRAFTS,
        bindings: &[
            bind(0, SourceDef::Attribute(AUTHOR)),
            bind(1, SourceDef::Attribute(CATEGORY)),
        ],
        mask: 1 << STATUS,
        tests: &[(SourceDef::Attribute(STATUS), "draft")],
        present: &[],
    },
];

/// Touches its post; `post` is optional.
pub(crate) static PICTURE: EntityDef = EntityDef {
    index: 2,
    name: "picture",
    event: "picture",
    attributes: &["post"],
    steps: [PICTURE_STEPS, PICTURE_STEPS, PICTURE_STEPS],
    ..PLAIN
};

const PICTURE_STEPS: &[StepDef] = &[StepDef {
    cache: POST_BY_ID,
    bindings: &[bind(0, SourceDef::Attribute(0))],
    mask: u128::MAX,
    tests: &[],
    present: &[0],
}];

/// With a composite identity whose first component is the reference `post`.
pub(crate) static LIKE: EntityDef = EntityDef {
    index: 3,
    name: "like",
    event: "like",
    identity: &[("post", Scalar::Number), ("user", Scalar::Text)],
    components: &[(0, 0, 1)],
    attributes: &["post"],
    steps: [PICTURE_STEPS, PICTURE_STEPS, PICTURE_STEPS],
    ..PLAIN
};

/// Never told to clients but when it is deleted.
pub(crate) static AUDIT: EntityDef = EntityDef {
    index: 4,
    name: "audit",
    event: "audit",
    notify: [false, false, true],
    ..PLAIN
};

const PLAIN: EntityDef = EntityDef {
    index: 0,
    name: "",
    event: "",
    identity: &[("id", Scalar::Number)],
    components: &[],
    attributes: &[],
    notify: [true; 3],
    scoped: true,
    steps: [&[], &[], &[]],
};

const fn step(cache: u32, bindings: &'static [BindingDef]) -> StepDef {
    masked(cache, bindings, u128::MAX)
}

const fn masked(cache: u32, bindings: &'static [BindingDef], mask: u128) -> StepDef {
    StepDef {
        cache,
        bindings,
        mask,
        tests: &[],
        present: &[],
    }
}

const fn bind(dimension: u16, from: SourceDef) -> BindingDef {
    BindingDef {
        dimension,
        from,
        or_absent: false,
    }
}

pub(crate) const POST_BY_ID: u32 = 0;
pub(crate) const POST_PAGES: u32 = 1;
pub(crate) const BY_TOPIC: u32 = 2;
pub(crate) const DRAFTS: u32 = 3;

const CACHE: CacheDef = CacheDef {
    index: 0,
    order: 0,
    name: "",
    key: (&[], ""),
    dimensions: &[],
    facets: &[],
    ttl: None,
    jitter: 0,
    stale_while_revalidate: Duration::ZERO,
    stale_if_error: Duration::ZERO,
    negative_ttl: None,
    max_entries: 100,
    max_tags: 2,
    format: 1,
    scoped: true,
    replica_lag: None,
};

const fn dimension(
    name: &'static str,
    kind: DimensionKind,
    cardinality: Cardinality,
) -> DimensionDef {
    DimensionDef {
        name,
        kind,
        cardinality,
    }
}

/// Last in the order of clearing, so that the order is seen to be the schema's and not the index's.
static POST_BY_ID_CACHE: CacheDef = CacheDef {
    index: POST_BY_ID,
    order: 3,
    name: "post_by_id",
    key: (&[("post:", 0)], ""),
    dimensions: &[
        dimension("id", DimensionKind::Param, Cardinality::One),
        dimension("author", DimensionKind::Tag, Cardinality::One),
    ],
    facets: &[0b01, 0b10],
    negative_ttl: Some(Duration::from_secs(30)),
    ..CACHE
};

static POST_PAGES_CACHE: CacheDef = CacheDef {
    index: POST_PAGES,
    order: 0,
    name: "post_pages",
    key: (&[("posts:", 0), (":", 1)], ":end"),
    dimensions: &[
        dimension("category", DimensionKind::Param, Cardinality::Optional),
        dimension("page", DimensionKind::Param, Cardinality::One),
        dimension("item", DimensionKind::Tag, Cardinality::Many),
    ],
    facets: &[0b001, 0b100],
    format: 2,
    ..CACHE
};

static BY_TOPIC_CACHE: CacheDef = CacheDef {
    index: BY_TOPIC,
    order: 1,
    name: "by_topic",
    key: (&[("topic:", 0)], ""),
    dimensions: &[dimension("topic", DimensionKind::Param, Cardinality::One)],
    facets: &[0b1],
    ..CACHE
};

/// By author and category together, or by author alone.
static DRAFTS_CACHE: CacheDef = CacheDef {
    index: DRAFTS,
    order: 2,
    name: "drafts",
    key: (&[("drafts:", 0), (":", 1)], ""),
    dimensions: &[
        dimension("author", DimensionKind::Param, Cardinality::One),
        dimension("category", DimensionKind::Param, Cardinality::One),
    ],
    facets: &[0b11, 0b01],
    ..CACHE
};

pub(crate) static SCHEMA: SchemaDef = SchemaDef {
    namespace: "blog",
    scope: None,
    entities: &[&USER, &POST, &PICTURE, &LIKE, &AUDIT],
    caches: &[
        &POST_BY_ID_CACHE,
        &POST_PAGES_CACHE,
        &BY_TOPIC_CACHE,
        &DRAFTS_CACHE,
    ],
};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PostById(pub(crate) i64);

impl Key for PostById {
    type Tags = PostByIdTags;
    type Presence = Perhaps;
    const CACHE: u32 = POST_BY_ID_CACHE.index;

    fn schema() -> &'static SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<Value> {
        None
    }

    fn params(&self) -> Vec<Value> {
        vec![self.0.encode()]
    }
}

#[derive(Debug, Clone)]
pub(crate) struct PostByIdTags {
    pub(crate) author: i64,
}

impl Tags for PostByIdTags {
    fn values(&self) -> Vec<Vec<Value>> {
        vec![vec![self.author.encode()]]
    }
}

/// A cache without tags that always has a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ByTopic(pub(crate) String);

impl Key for ByTopic {
    type Tags = NoTags;
    type Presence = Always;
    const CACHE: u32 = BY_TOPIC_CACHE.index;

    fn schema() -> &'static SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<Value> {
        None
    }

    fn params(&self) -> Vec<Value> {
        vec![self.0.encode()]
    }
}

impl<V> Holds<V> for ByTopic {}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PostPages {
    pub(crate) category: Option<i64>,
    pub(crate) page: u32,
}

impl Key for PostPages {
    type Tags = PostPagesTags;
    type Presence = Always;
    const CACHE: u32 = POST_PAGES_CACHE.index;

    fn schema() -> &'static SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<Value> {
        None
    }

    fn params(&self) -> Vec<Value> {
        vec![self.category.encode(), self.page.encode()]
    }
}

#[derive(Debug, Clone)]
pub(crate) struct PostPagesTags {
    pub(crate) item: Vec<i64>,
}

impl Tags for PostPagesTags {
    fn values(&self) -> Vec<Vec<Value>> {
        vec![self.item.iter().map(Encode::encode).collect()]
    }
}

impl Holds<Vec<i64>> for PostPages {}

pub(crate) fn change(
    entity: &'static EntityDef,
    action: ErasedAction,
    ids: &[i64],
) -> ErasedChange {
    ErasedChange {
        entity,
        action,
        ids: Some(ids.iter().map(Encode::encode).collect()),
        before: Vec::new(),
        after: Vec::new(),
        set: u128::MAX,
        scope: ChangeScope::OfUnit,
        data: None,
        same_event: None,
    }
}

pub(crate) fn created(id: i64) -> ErasedChange {
    change(&POST, ErasedAction::Create, &[id])
}

pub(crate) fn updated(id: i64) -> ErasedChange {
    change(&POST, ErasedAction::Update, &[id])
}

pub(crate) fn deleted(id: i64) -> ErasedChange {
    change(&POST, ErasedAction::Delete, &[id])
}

pub(crate) fn pictures(ids: &[i64]) -> ErasedChange {
    change(&PICTURE, ErasedAction::Any, ids)
}

pub(crate) fn liked(post: i64, user: &str) -> ErasedChange {
    let id = compose(&[post.encode(), user.encode()]);
    ErasedChange {
        ids: Some(vec![id]),
        ..change(&LIKE, ErasedAction::Create, &[])
    }
}

/// Values of an attribute on both sides.
pub(crate) trait Told: Sized {
    fn before(self, attribute: u16, values: &[Value]) -> Self;
    fn after(self, attribute: u16, values: &[Value]) -> Self;
    fn setting(self, attributes: &[u16]) -> Self;
}

impl Told for ErasedChange {
    fn before(mut self, attribute: u16, values: &[Value]) -> Self {
        put(&mut self.before, attribute, values);
        self
    }

    fn after(mut self, attribute: u16, values: &[Value]) -> Self {
        put(&mut self.after, attribute, values);
        self
    }

    fn setting(mut self, attributes: &[u16]) -> Self {
        self.set = attributes
            .iter()
            .fold(0, |set, attribute| set | 1 << attribute);
        self
    }
}

fn put(side: &mut Vec<Option<Vec<Value>>>, attribute: u16, values: &[Value]) {
    let index = usize::from(attribute);
    side.resize(side.len().max(index + 1), None);
    side[index] = Some(values.to_vec());
}
