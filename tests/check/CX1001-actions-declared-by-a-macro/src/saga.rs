use std::sync::Arc;

pub type Action = Arc<dyn steno::Action<Blog>>;

/// `declare_actions! { saga; NODE -> "output" { + action - undo } … }`
macro_rules! declare_actions {
    ($saga:ident; $($tail:tt)*) => {
        declare_actions!(S = $saga <> $($tail)*);
    };
    (S = $saga:ident $($nodes:ident),* <> $node:ident -> $out:literal { + $act:ident - $undo:ident } $($tail:tt)*) => {
        static $node: ::std::sync::LazyLock<crate::saga::Action> =
            ::std::sync::LazyLock::new(|| ::steno::ActionFunc::new_action($out, $act, $undo));
        declare_actions!(S = $saga $($nodes,)* $node <> $($tail)*);
    };
    (S = $saga:ident $($nodes:ident),* <>) => {
        paste::paste! {
            fn [<$saga _register_actions>](registry: &mut ::steno::ActionRegistry) {
                $( registry.register(::std::sync::Arc::clone(&*$nodes)); )*
            }
        }
    };
}

pub(crate) use declare_actions;

pub struct Blog {
    pub db: sqlx::PgPool,
}

pub fn run(registry: steno::ActionRegistry) {
    steno::sec(registry).wait();
}
