//! What an application has beside the module that its build script wrote: the values of its caches.

/// The module of the schema.
#[allow(
    clippy::pedantic,
    unreachable_pub,
    reason = "generated code is judged by its own rules"
)]
pub mod cache {
    include!(concat!(env!("OUT_DIR"), "/cache.rs"));
}

/// What the schema names of the application.
macro_rules! application {
    ($($module:ident: $($name:ident)*;)*) => {$(
        /// A module of the application.
        pub mod $module {
            $(
                /// A value of a cache.
                #[derive(Debug)]
                pub struct $name;
            )*
        }
    )*};
}

application! {
    categories: CategoryList;
    feed: Feed;
    layouts: LayoutList;
    pages: PageList PageView;
    pictures: Picture PictureList;
    posts: PostList PostView;
    types: TypeList;
}
