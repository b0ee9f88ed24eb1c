//! Frameworks that are told by their name standing somewhere in the sources: a bare `#[get("/")]` or `.goal(f)` says
//! not whose it is.

use super::world::World;
use crate::analyze::FileFacts;

/// A crate's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framework {
    ActixWeb,
    ActixWebCodegen,
    Dioxus,
    Leptos,
    Rocket,
    Salvo,
    ServerFn,
    Tauri,
    Tide,
}

impl Framework {
    const ALL: [Self; 9] = [
        Self::ActixWeb,
        Self::ActixWebCodegen,
        Self::Dioxus,
        Self::Leptos,
        Self::Rocket,
        Self::Salvo,
        Self::ServerFn,
        Self::Tauri,
        Self::Tide,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ActixWeb => "actix_web",
            Self::ActixWebCodegen => "actix_web_codegen",
            Self::Dioxus => "dioxus",
            Self::Leptos => "leptos",
            Self::Rocket => "rocket",
            Self::Salvo => "salvo",
            Self::ServerFn => "server_fn",
            Self::Tauri => "tauri",
            Self::Tide => "tide",
        }
    }

    /// Whether two files name the same of them.
    pub(super) fn same_named(one: &FileFacts, other: &FileFacts) -> bool {
        let named = |file: &FileFacts, framework: Self| {
            let mut names = file.tree.names.iter();
            names.any(|name| name == framework.name())
        };
        let mut all = Self::ALL.into_iter();
        all.all(|framework| named(one, framework) == named(other, framework))
    }
}

impl World<'_> {
    /// Whether any file names it.
    pub(super) fn names(&self, framework: Framework) -> bool {
        self.symbols.get(framework.name()).is_some()
    }
}
