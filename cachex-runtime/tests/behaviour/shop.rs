//! A schema with a scope: products belong to a tenant, currencies to nobody.

use cachex_runtime::codegen::{
    Always, BindingDef, CacheDef, Cardinality, ChangeScope, DimensionDef, DimensionKind, Encode,
    EntityDef, ErasedAction, ErasedChange, Holds, Key, NoTags, Scalar, SchemaDef, SourceDef,
    StepDef, Value,
};
use std::time::Duration;

const STEPS: &[StepDef] = &[StepDef {
    cache: 0,
    bindings: &[BindingDef {
        dimension: 0,
        from: SourceDef::Identity,
        or_absent: false,
    }],
    mask: u128::MAX,
    tests: &[],
    present: &[],
}];

/// Stales every price, whatever the product.
const PRICES: &[StepDef] = &[
    StepDef {
        cache: 0,
        bindings: &[],
        mask: u128::MAX,
        tests: &[],
        present: &[],
    },
    StepDef {
        cache: 1,
        bindings: &[],
        mask: u128::MAX,
        tests: &[],
        present: &[],
    },
];

pub(crate) static PRODUCT: EntityDef = EntityDef {
    index: 0,
    name: "product",
    event: "product",
    identity: &[("id", Scalar::Number)],
    components: &[],
    attributes: &[],
    notify: [true; 3],
    scoped: true,
    steps: [STEPS, STEPS, STEPS],
};

/// Of a tenant, though the rates of all depend on it.
pub(crate) static VENDOR: EntityDef = EntityDef {
    index: 2,
    name: "vendor",
    event: "vendor",
    identity: &[("id", Scalar::Number)],
    components: &[],
    attributes: &[],
    notify: [true; 3],
    scoped: true,
    steps: [RATES_ALONE, RATES_ALONE, RATES_ALONE],
};

const RATES_ALONE: &[StepDef] = &[StepDef {
    cache: 1,
    bindings: &[],
    mask: u128::MAX,
    tests: &[],
    present: &[],
}];

pub(crate) static CURRENCY: EntityDef = EntityDef {
    index: 1,
    name: "currency",
    event: "currency",
    identity: &[("id", Scalar::Text)],
    components: &[],
    attributes: &[],
    notify: [true; 3],
    scoped: false,
    steps: [PRICES, PRICES, PRICES],
};

static PRODUCT_BY_ID: CacheDef = CacheDef {
    index: 0,
    order: 0,
    name: "product_by_id",
    key: (&[("product:", 0)], ""),
    dimensions: &[DimensionDef {
        name: "id",
        kind: DimensionKind::Param,
        cardinality: Cardinality::One,
    }],
    facets: &[0b1],
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

/// Of no tenant.
static RATES: CacheDef = CacheDef {
    index: 1,
    order: 1,
    name: "rates",
    key: (&[], "rates"),
    dimensions: &[],
    facets: &[],
    scoped: false,
    ..PRODUCT_BY_ID_LIKE
};

const PRODUCT_BY_ID_LIKE: CacheDef = CacheDef {
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

pub(crate) static SCHEMA: SchemaDef = SchemaDef {
    namespace: "shop",
    scope: Some("tenant"),
    entities: &[&PRODUCT, &CURRENCY, &VENDOR],
    caches: &[&PRODUCT_BY_ID, &RATES],
};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ProductById {
    pub(crate) tenant: &'static str,
    pub(crate) id: i64,
}

impl Key for ProductById {
    type Tags = NoTags;
    type Presence = Always;
    const CACHE: u32 = PRODUCT_BY_ID.index;

    fn schema() -> &'static SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<Value> {
        Some(self.tenant.encode())
    }

    fn params(&self) -> Vec<Value> {
        vec![self.id.encode()]
    }
}

impl<V> Holds<V> for ProductById {}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rates;

impl Key for Rates {
    type Tags = NoTags;
    type Presence = Always;
    const CACHE: u32 = RATES.index;

    fn schema() -> &'static SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<Value> {
        None
    }

    fn params(&self) -> Vec<Value> {
        Vec::new()
    }
}

impl<V> Holds<V> for Rates {}

pub(crate) fn product(id: i64) -> ErasedChange {
    ErasedChange {
        entity: &PRODUCT,
        action: ErasedAction::Update,
        ids: Some(vec![id.encode()]),
        before: Vec::new(),
        after: Vec::new(),
        set: u128::MAX,
        scope: ChangeScope::OfUnit,
        data: None,
        same_event: None,
    }
}

pub(crate) fn product_of(tenant: &str, id: i64) -> ErasedChange {
    ErasedChange {
        scope: ChangeScope::One(tenant.encode()),
        ..product(id)
    }
}

pub(crate) fn currency(id: &str) -> ErasedChange {
    ErasedChange {
        entity: &CURRENCY,
        ids: Some(vec![id.encode()]),
        ..product(0)
    }
}
