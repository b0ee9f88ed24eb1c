//! The approved texts compile, as a build script's output would in an application, without a warning of their own.

#![deny(warnings, missing_docs)]
#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "generated code is read by people, and judged by its own rules"
)]

#[path = "golden_rust_compiles/evaluation.rs"]
mod evaluation;

/// What the schemas name of the application.
macro_rules! application {
    ($($module:ident: $($name:ident)*;)*) => {$(
        /// A module of the application.
        pub mod $module {
            $(
                /// A type of the application.
                #[derive(Clone)]
                pub struct $name;
            )*
        }
    )*};
}

application! {
    categories: CategoryList;
    feed: Feed;
    layouts: LayoutList;
    members: Member;
    pages: PageList PageView;
    pictures: Picture PictureList;
    posts: PostList PostView;
    types: TypeList;
}

/// Identities of the application's own: convertible, and nothing else.
pub mod ids {
    /// Stands for a scalar.
    macro_rules! own {
        ($($name:ident($scalar:ty);)*) => {$(
            /// An identity.
            #[derive(Clone)]
            pub struct $name(pub $scalar);

            impl From<$scalar> for $name {
                fn from(scalar: $scalar) -> Self {
                    Self(scalar)
                }
            }

            impl From<$name> for $scalar {
                fn from(own: $name) -> Self {
                    own.0
                }
            }
        )*};
    }

    own! {
        UserId(uuid::Uuid);
        Handle(String);
    }
}

/// The module of a schema, where an application would have it.
macro_rules! modules {
    ($($name:ident: $file:literal;)*) => {$(
        /// A schema.
        pub mod $name {
            include!(concat!("../golden/rust/", $file));
        }
    )*};
}

modules! {
    blog: "blog.rs";
    language: "language.rs";
    words: "words.rs";
}

#[test]
fn keys_of_own_types_are_compared_by_what_they_stand_for() {
    let key = |handle: &str| words::String {
        tenant: "acme".to_owned(),
        handle: Some(ids::Handle(handle.to_owned())),
        filter: cachex::Hashed::of(&1),
    };
    assert!(key("Bob ") == key("bob"));
    assert!(key("Bob ") != key("ann"));
}
