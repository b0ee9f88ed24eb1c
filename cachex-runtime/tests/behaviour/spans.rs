//! What an application's tracing sees.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use cachex_runtime::Cachex;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::blog::{SCHEMA, updated};

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

#[test]
fn applying_a_change_is_a_span_that_tells_what_it_did() {
    let seen = Seen::default();
    let cx = Cachex::builder(&SCHEMA).build();
    tracing::subscriber::with_default(seen.clone(), || {
        cx.invalidate(updated(1));
        assert!(seen.0.lock().unwrap().is_empty(), "silent, and no span");
        futures_util::FutureExt::now_or_never(cx.apply(updated(1))).unwrap();
    });
    let fields = seen.0.lock().unwrap();
    let field = |name: &str| fields.get(name).map(String::as_str);
    assert_eq!(field("entity"), Some("post"));
    assert_eq!(field("action"), Some("update"));
    assert_eq!(field("changes"), Some("1"));
    assert_eq!(field("event"), Some(&*cx.seq().to_string()));
    assert!(field("regions").is_some_and(|count| count.parse::<u32>().unwrap() > 1));
}
