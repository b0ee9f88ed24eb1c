//! The ways a load can end, and who else it concerns.

use super::*;

type Loads<'a> = Pin<Box<dyn Future<Output = Read> + 'a>>;

fn panicking<P: Protocol>(posts: &Posts<P>) -> Loads<'_> {
    Box::pin(async move {
        let load = || async {
            tokio::task::yield_now().await;
            panic!("no such column")
        };
        let answer = posts.get_or_load(&Post(1), load).await?;
        Ok(answer.map(|value| *value))
    })
}

#[test]
fn readers_that_miss_together_load_once() {
    let (posts, _) = posts::<Sound>();
    let (table, gate) = (Table::holding("row", &[7]), Gate::shut());
    let mut readers: Vec<_> = (0..10)
        .map(|_| read_later(&posts, 1, &table, &gate))
        .collect();
    for reader in &mut readers {
        assert!(start(reader).is_none());
    }
    gate.lift();
    for reader in readers {
        assert_eq!(now(reader).unwrap(), Some("row"));
    }
    assert_eq!(posts.core.counters.snapshot(0).loads, 1);
    assert_eq!(posts.core.counters.snapshot(0).misses, 10);
}

#[test]
fn a_leader_that_is_dropped_strands_nobody() {
    let (posts, _) = posts::<Sound>();
    let table = Table::holding("row", &[7]);
    let (shut, open) = (Gate::shut(), Gate::open());
    let mut leader = read_later(&posts, 1, &table, &shut);
    assert!(start(&mut leader).is_none());
    let mut waiter = read_later(&posts, 1, &table, &open);
    assert!(start(&mut waiter).is_none());
    drop(leader);
    assert_eq!(now(waiter).unwrap(), Some("row"));
    assert_eq!(read(&posts, 1, &table), Some("row"));
}

#[test]
fn a_panic_is_an_error_for_all_and_ends_the_flight() {
    let (posts, _) = posts::<Sound>();
    let mut leader = panicking(&posts);
    assert!(start(&mut leader).is_none());
    let mut waiter = panicking(&posts);
    assert!(start(&mut waiter).is_none());
    for reader in [leader, waiter] {
        let error = now(reader).unwrap_err().to_string();
        assert_eq!(error, "the loader of `post_by_id` panicked: no such column");
    }
    assert_eq!(posts.core.counters.snapshot(0).load_errors, 1);
    assert_eq!(read(&posts, 1, &Table::holding("row", &[7])), Some("row"));
}

#[test]
fn a_loader_that_panics_before_it_waits_ends_the_flight_too() {
    let (posts, _) = posts::<Sound>();
    let load = || -> std::future::Ready<Result<Loaded<&'static str, Authors>, String>> {
        panic!("at once")
    };
    assert!(now(Box::pin(posts.get_or_load(&Post(1), load))).is_err());
    assert_eq!(read(&posts, 1, &Table::holding("row", &[7])), Some("row"));
}

#[test]
fn one_error_goes_to_all_who_wait() {
    let (posts, _) = posts::<Sound>();
    let gate = Gate::shut();
    let failing = || {
        let load = || async {
            gate.passed().await;
            Err("away".to_owned())
        };
        let posts = &posts;
        Box::pin(async move { posts.get_or_load(&Post(1), load).await })
    };
    let (mut leader, mut waiter) = (failing(), failing());
    assert!(start(&mut leader).is_none());
    assert!(start(&mut waiter).is_none());
    gate.lift();
    let errors = [now(leader).unwrap_err(), now(waiter).unwrap_err()];
    let [LoadError::Failed(one), LoadError::Failed(other)] = &errors else {
        panic!("they failed otherwise: {errors:?}")
    };
    assert!(Arc::ptr_eq(one, other));
}

/// Its error can't be handed over, so it asks its own loader.
#[test]
fn a_waiter_with_another_type_of_error_loads_itself() {
    let (posts, _) = posts::<Sound>();
    let gate = Gate::shut();
    let load = || async {
        gate.passed().await;
        Err(404_u16)
    };
    let mut leader = Box::pin(posts.get_or_load(&Post(1), load));
    assert!(start(&mut leader).is_none());
    let table = Table::holding("row", &[7]);
    let open = Gate::open();
    let mut waiter = read_later(&posts, 1, &table, &open);
    assert!(start(&mut waiter).is_none());
    gate.lift();
    assert!(now(leader).is_err());
    assert_eq!(now(waiter).unwrap(), Some("row"));
}

/// Two loaders, each of which reads what the other one is loading.
#[test]
fn loaders_that_read_each_others_keys_do_not_wait_for_each_other() {
    let (posts, _) = posts::<Sound>();
    let (table, gate) = (Table::holding("row", &[7]), Gate::shut());
    let crossed = |own: u32, other: u32| {
        let (posts, table, gate) = (&posts, &table, &gate);
        Box::pin(async move {
            let load = async || {
                gate.passed().await;
                let nested = async || Ok::<_, String>(table.read());
                let beneath = posts.get_or_load(&Post(other), nested).await?;
                Ok::<_, LoadError<String>>(Loaded {
                    value: beneath.map(|v| *v),
                    tags: None,
                })
            };
            posts.get_or_load(&Post(own), load).await
        })
    };
    let (mut one, mut other) = (crossed(1, 2), crossed(2, 1));
    assert!(start(&mut one).is_none());
    assert!(start(&mut other).is_none());
    gate.lift();
    gate.lift();
    assert_eq!(now(one).unwrap().as_deref(), Some(&"row"));
    assert_eq!(now(other).unwrap().as_deref(), Some(&"row"));
}

#[test]
fn a_loader_may_read_its_own_key() {
    let (posts, _) = posts::<Sound>();
    let table = Table::holding("row", &[7]);
    let load = async || {
        read(&posts, 1, &table);
        Ok::<_, String>(table.read())
    };
    assert!(now(Box::pin(posts.get_or_load(&Post(1), load))).is_ok());
}

#[test]
fn many_keys_are_loaded_with_one_call() {
    let (posts, _) = posts::<Sound>();
    read(&posts, 2, &Table::holding("two", &[7]));
    let load = async |missing: Vec<Post>| {
        assert_eq!(missing, [Post(1), Post(3)]);
        Ok::<_, String>(vec![(Post(3), Loaded::tagged("three", Authors(vec![7])))])
    };
    let keys = [1, 2, 3, 3].map(Post);
    let many = now(Box::pin(posts.get_many(&keys, load))).unwrap();
    let many: Vec<_> = many
        .into_iter()
        .map(|answer| answer.map(|value| *value))
        .collect();
    assert_eq!(many, [None, Some("two"), Some("three"), Some("three")]);
    assert_eq!(posts.core.counters.snapshot(0).loads, 2);
}

#[test]
fn reads_of_overlapping_keys_share_their_loads() {
    let (posts, _) = posts::<Sound>();
    let gate = Gate::shut();
    let many = |keys: [u32; 2]| {
        let (posts, gate) = (&posts, &gate);
        Box::pin(async move {
            let load = async |missing: Vec<Post>| {
                gate.passed().await;
                let row = |key| (key, Loaded::tagged("row", Authors(vec![])));
                Ok::<_, String>(missing.into_iter().map(row).collect())
            };
            posts
                .get_many(&keys.map(Post), load)
                .await
                .map(|many| many.len())
        })
    };
    let mut readers = [many([1, 2]), many([2, 3]), many([3, 1])];
    for reader in &mut readers {
        assert!(start(reader).is_none());
    }
    for _ in &readers {
        gate.lift();
    }
    assert_eq!(
        readers.each_mut().map(|reader| now(reader).unwrap()),
        [2, 2, 2]
    );
    assert_eq!(
        posts.core.counters.snapshot(0).loads,
        2,
        "the third had nothing left to load"
    );
}

#[test]
fn a_failed_read_of_many_ends_all_its_flights() {
    let (posts, _) = posts::<Sound>();
    let load = async |_| Err::<Vec<(Post, Loaded<&'static str, Authors>)>, _>("away".to_owned());
    assert!(now(Box::pin(posts.get_many(&[1, 2].map(Post), load))).is_err());
    assert_eq!(read(&posts, 2, &Table::holding("row", &[7])), Some("row"));
}
