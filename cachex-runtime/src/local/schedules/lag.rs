//! Loaders that read a replica, half a second behind the primary.

use super::*;

static ON_REPLICA: CacheDef = CacheDef {
    order: 0,
    replica_lag: Some(Duration::from_millis(500)),
    ..POST
};
/// Built from the other one; its own loader reads nothing else.
static FEED: CacheDef = CacheDef { order: 1, ..POST };

struct World<P: Protocol> {
    posts: Posts<P>,
    clock: Clock,
    replica: Table,
}

impl<P: Protocol> World<P> {
    fn of(def: &'static CacheDef) -> Self {
        let clock = Clock::manual();
        Self {
            posts: posts_like(def, &clock),
            clock,
            replica: Table::holding("old", &[7]),
        }
    }

    fn read(&self) -> Option<&'static str> {
        read(&self.posts, 1, &self.replica)
    }

    fn loads(&self) -> u64 {
        self.posts.core.counters.snapshot(0).loads
    }

    fn wait(&self, millis: u64) {
        self.clock.advance(Duration::from_millis(millis));
    }
}

/// The post is written and cleared, and read while the replica shows the old row. Gives what a read gets when the
/// replica has caught up.
fn caught_up<P: Protocol>(def: &'static CacheDef) -> Option<&'static str> {
    let world = World::<P>::of(def);
    world.read();
    clear_at_once(&world.posts, &post(1));
    world.wait(499);
    assert_eq!(world.read(), Some("old"), "it can't know better");
    world.wait(1);
    world.replica.write("new", &[7]);
    world.read()
}

#[test]
fn what_is_loaded_within_the_lag_is_not_kept() {
    assert_eq!(caught_up::<Sound>(&ON_REPLICA), Some("new"));
    assert_eq!(caught_up::<Sound>(&POST), Some("old"), "the lag undeclared");
}

/// The load begins within the lag, and lands after it.
fn slow_load(def: &'static CacheDef) -> Option<&'static str> {
    let world = World::<Sound>::of(def);
    clear_at_once(&world.posts, &author(7));
    world.wait(400);
    let gate = Gate::shut();
    let mut loading = read_later(&world.posts, 1, &world.replica, &gate);
    assert!(start(&mut loading).is_none());
    world.wait(400);
    world.replica.write("new", &[7]);
    gate.lift();
    assert_eq!(now(loading).unwrap(), Some("old"));
    world.read()
}

#[test]
fn it_is_the_beginning_of_the_load_that_counts() {
    assert_eq!(slow_load(&ON_REPLICA), Some("new"));
    assert_eq!(slow_load(&POST), Some("old"), "the lag undeclared");
}

#[test]
fn other_regions_are_kept_as_ever() {
    let world = World::<Sound>::of(&ON_REPLICA);
    clear_at_once(&world.posts, &post(2));
    clear_at_once(&world.posts, &author(8));
    assert_eq!([world.read(), world.read()], [Some("old"); 2]);
    assert_eq!(world.loads(), 1);
}

#[test]
fn readers_within_the_lag_share_one_load() {
    let world = World::<Sound>::of(&ON_REPLICA);
    clear_at_once(&world.posts, &post(1));
    let gate = Gate::shut();
    let reading = || read_later(&world.posts, 1, &world.replica, &gate);
    let (mut one, mut other) = (reading(), reading());
    assert!(start(&mut one).is_none());
    assert!(start(&mut other).is_none());
    gate.lift();
    assert_eq!(now(one).unwrap(), Some("old"));
    assert_eq!(now(other).unwrap(), Some("old"));
    assert_eq!(world.loads(), 1);
}

/// How the loader of the feed comes by the post.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By a read of its own.
    Nested,
    /// By another reader's load that it waits for.
    Joined,
    /// By a read that nobody knows to be a part of the load.
    Outside,
}

/// Post and feed are cleared, and the feed is loaded within the lag. Gives what it shows when the lag is over.
fn built_on_a_replica(way: Way) -> Option<&'static str> {
    let world = World::<Sound>::of(&ON_REPLICA);
    let feed: Posts<Sound> = posts_like(&FEED, &world.clock);
    let (shut, open) = (Gate::shut(), Gate::open());
    clear_at_once(&world.posts, &post(1));
    clear_at_once(&feed, &post(1));
    let mut other = read_later(&world.posts, 1, &world.replica, &shut);
    if way == Way::Joined {
        assert!(start(&mut other).is_none());
    }
    let before = (way == Way::Outside).then(|| world.read());
    let load = async || {
        let value = match before {
            Some(value) => value,
            None => read_later(&world.posts, 1, &world.replica, &open).await?,
        };
        Ok::<_, LoadError<String>>(Loaded {
            value,
            tags: Some(Authors(vec![])),
        })
    };
    let mut reading = Box::pin(feed.get_or_load(&Post(1), load));
    let at_once = start(&mut reading);
    shut.lift();
    if way == Way::Joined {
        assert!(at_once.is_none());
        now(other).unwrap();
    }
    let shown = at_once.unwrap_or_else(|| now(reading)).unwrap();
    assert_eq!(shown.as_deref(), Some(&"old"), "it can't know better");
    world.wait(500);
    world.replica.write("new", &[7]);
    let load = async || {
        let value = read_later(&world.posts, 1, &world.replica, &Gate::open()).await?;
        Ok::<_, LoadError<String>>(Loaded {
            value,
            tags: Some(Authors(vec![])),
        })
    };
    let shown = now(Box::pin(feed.get_or_load(&Post(1), load))).unwrap();
    shown.map(|value| *value)
}

#[test]
fn nor_is_what_is_built_from_it() {
    assert_eq!(built_on_a_replica(Way::Nested), Some("new"));
    assert_eq!(built_on_a_replica(Way::Joined), Some("new"));
    assert_eq!(built_on_a_replica(Way::Outside), Some("old"));
}
