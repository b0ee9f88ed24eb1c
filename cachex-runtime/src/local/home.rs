//! Where a hit finds the store of its cache.
//!
//! A runtime holds stores of any type, and to look one up is to ask it for its type: a call through a pointer, and an
//! answer that is written to memory and read back before the store's first locked instruction may run, together a fifth
//! of a hit. The first runtime to be installed lives as long as the process, and what lives so long may stand in a
//! static, which has its type from the compiler: generated code has one for each cache that declares its `value:`.
//! Every other runtime is asked. The store itself lies there, and not a pointer to it, so that a hit begins with an address
//! it need not load. Keeps true: a home is entered once and never left, and only by a store that is new.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::caches::Caches;
use super::core::Core;
use super::typed::Local;
use crate::codegen::Key;

/// A [`Home`], of whichever types.
pub type AnyHome = &'static (dyn Any + Send + Sync);

/// The place of one cache's store in the process's runtime.
pub struct Home<K: Key, V>(OnceLock<Inhabitant<K, V>>);

struct Inhabitant<K: Key, V> {
    /// Whose store it is.
    caches: Caches,
    local: Local<K, V>,
}

impl<K: Key, V> fmt::Debug for Home<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inhabited = self.0.get().is_some();
        f.debug_struct("Home")
            .field("inhabited", &inhabited)
            .finish()
    }
}

impl<K: Key, V> Default for Home<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Key, V> Home<K, V> {
    /// Nobody's yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

impl<K: Key, V: Send + Sync + 'static> Home<K, V> {
    /// The key's, if its cache declares that it holds this type. The compiler knows the answer: both types are known
    /// where this is inlined.
    #[inline]
    fn of_key() -> Option<&'static Self> {
        K::home().downcast_ref()
    }

    /// The store in it, if it is that of this runtime.
    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    pub(super) fn local_of(caches: &Caches) -> Option<&'static Local<K, V>> {
        let inhabitant = Self::of_key()?.0.get()?;
        inhabitant.caches.is(caches).then_some(&inhabitant.local)
    }

    /// Makes the store of a cache in its home; `None`: it has none, or another runtime's store is there.
    pub(super) fn enter(caches: &Caches, core: &Arc<Core>) -> Option<&'static Local<K, V>> {
        let new = || Inhabitant {
            caches: caches.clone(),
            local: Local::new(Arc::clone(core)),
        };
        Self::of_key()?.0.get_or_init(new);
        Self::local_of(caches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::codegen::{Always, CacheDef, NoTags, SchemaDef, Value};
    use crate::local::Loaded;

    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Title;

    static TITLE: CacheDef = CacheDef::DEFAULT;
    static SCHEMA: SchemaDef = SchemaDef {
        namespace: "blog",
        scope: None,
        entities: &[],
        caches: &[&TITLE],
    };
    static HOME: Home<Title, &str> = Home::new();

    impl Key for Title {
        type Tags = NoTags;
        type Presence = Always;
        const CACHE: u32 = 0;

        fn schema() -> &'static SchemaDef {
            &SCHEMA
        }

        fn params(&self) -> Vec<Value> {
            Vec::new()
        }

        fn home() -> AnyHome {
            &HOME
        }
    }

    fn keep(caches: &Caches, title: &'static str) {
        let local = caches.of::<Title, &str>().unwrap();
        local.prime(&Title, Loaded::tagged(title, NoTags));
    }

    fn kept(caches: &Caches) -> Option<&'static str> {
        let title = caches.of::<Title, &str>().unwrap().get(&Title)??;
        Some(*title)
    }

    #[test]
    fn a_home_is_that_of_the_first_runtime_and_of_no_other() {
        let caches = || Caches::new(&SCHEMA, &Clock::manual());
        let (before, first, second) = (caches(), caches(), caches());
        keep(&before, "before");
        for runtime in [&before, &first, &second] {
            runtime.move_home();
        }
        assert_eq!(kept(&before), Some("before"), "what is held stays");
        let is_home = |caches| Home::<Title, &str>::local_of(caches).is_some();
        assert!(!is_home(&before), "its store was there before");
        assert_eq!((kept(&first), kept(&second)), (None, None));
        assert!(is_home(&first) && !is_home(&second));
        keep(&first, "first");
        keep(&second, "second");
        assert_eq!(kept(&before), Some("before"));
        assert_eq!(kept(&first), Some("first"));
        assert_eq!(kept(&second), Some("second"));
        let other = first.of::<Title, u32>().unwrap();
        assert!(other.get(&Title).is_none(), "a value of another type");
    }
}
