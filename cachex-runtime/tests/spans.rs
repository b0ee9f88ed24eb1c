//! What an application's tracing sees. In a process of its own: who is asked first whether a span is wanted decides
//! for all threads.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use cachex_runtime::Cachex;
use cachex_runtime::codegen::{
    CacheDef, EntityDef, ErasedAction, SYSTEM, SchemaDef, SourceDef, StepDef, Value, bind, notice,
    param,
};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static CACHE: CacheDef = CacheDef {
    name: "post_by_id",
    dimensions: &[param("id")],
    facets: &[1],
    ..CacheDef::DEFAULT
};
static POST: EntityDef = EntityDef {
    index: 0,
    name: "post",
    steps: [
        &[],
        &[StepDef {
            bindings: &[bind(0, SourceDef::Identity)],
            ..StepDef::DEFAULT
        }],
        &[],
    ],
    ..SYSTEM
};
static SCHEMA: SchemaDef = SchemaDef {
    namespace: "blog",
    scope: None,
    entities: &[&POST],
    caches: &[&CACHE],
};

/// The fields of the one kind of span that is looked for.
#[derive(Debug, Clone, Default)]
struct Seen(Arc<Mutex<BTreeMap<String, String>>>);

impl Visit for Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}").trim_matches('"').to_owned();
        self.0
            .lock()
            .unwrap()
            .insert(field.name().to_owned(), value);
    }
}

impl Subscriber for Seen {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.name() == "cachex.apply"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn applying_a_change_is_a_span_that_tells_what_it_did() {
    let seen = Seen::default();
    tracing::subscriber::set_global_default(seen.clone()).unwrap();
    let cx = Cachex::builder(&SCHEMA).build();
    let change = || notice(&POST, Some(Value("1".into())), ErasedAction::Update);
    cx.invalidate(change());
    assert!(seen.0.lock().unwrap().is_empty(), "silent, and no span");
    cx.apply(change()).await;
    let fields = seen.0.lock().unwrap();
    let field = |name: &str| fields.get(name).map(String::as_str);
    assert_eq!(field("entity"), Some("post"));
    assert_eq!(field("action"), Some("update"));
    assert_eq!(field("changes"), Some("1"));
    assert_eq!(field("regions"), Some("1"));
    assert_eq!(field("event"), Some(&*cx.seq().to_string()));
}
