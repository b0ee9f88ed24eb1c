//! A build script writes the bytes that people approved; tests of the macro's and of `cachex gen rust` say the same of
//! theirs.

use cachex_built::cache;
use uuid::Uuid;

#[test]
fn the_build_script_wrote_the_approved_text() {
    let written = include_str!(concat!(env!("OUT_DIR"), "/cache.rs"));
    let approved = include_str!("../../golden/rust/blog.rs");
    assert!(
        written == approved,
        "the build script's text differs from tests/golden/rust/blog.rs"
    );
}

#[test]
fn what_it_wrote_is_the_schema() {
    let regions = cache::category::update_only(Uuid::nil()).name().regions();
    let cleared: Vec<_> = regions
        .iter()
        .filter_map(|region| cache::SCHEMA.caches.get(region.cache as usize))
        .map(|cache| cache.name)
        .collect();
    assert!(cleared.contains(&"categories"), "{cleared:?}");
}
