//! What methods of the standard library's containers give back.

use std::sync::LazyLock;

use super::Body;
use crate::analyze::link::signature::Words;
use crate::analyze::link::types::{TyId, Type, UNKNOWN};

/// Methods that give back what they are called on, or something of its kind.
static SAME: LazyLock<Words> = LazyLock::new(|| SAME_ONES.iter().copied().collect());

const SAME_ONES: &[&str] = &[
    "clone",
    "as_ref",
    "as_mut",
    "to_owned",
    "borrow",
    "borrow_mut",
    "deref",
    "deref_mut",
    "cloned",
    "copied",
    "by_ref",
    "as_deref",
    "as_deref_mut",
    "inspect",
    "inspect_err",
    "filter",
    "map_err",
    "or_else",
    "or",
    "boxed",
    "boxed_local",
    "instrument",
    "in_current_span",
    "rev",
    "skip",
    "take_while",
    "skip_while",
    "chain",
    "fuse",
    "peekable",
    "with_context",
    "context",
    "wrap_err",
    "wrap_err_with",
    "change_context",
    "attach",
    "as_slice",
    "into_owned",
    "into_boxed",
    "pin",
    "await",
    "downgrade",
    "clone_from",
    "iter",
    "into_iter",
    "iter_mut",
    "drain",
    "sorted",
    "unique",
    "buffered",
    "buffer_unordered",
    "dedup",
    "step_by",
    "par_iter",
    "into_par_iter",
];

/// What a method is called on: its type's name and arguments.
struct Receiver {
    ty: TyId,
    name: String,
    inner: Vec<TyId>,
    /// What a closure among the arguments returns.
    returned: TyId,
}

impl Receiver {
    fn first(&self) -> TyId {
        self.inner.first().copied().unwrap_or(UNKNOWN)
    }

    /// An `Option` or a `Result`.
    fn failing(&self) -> bool {
        self.name == "Option" || self.name.ends_with("Result")
    }

    fn second(&self) -> TyId {
        self.inner.get(1).copied().unwrap_or(UNKNOWN)
    }
}

impl Body<'_, '_> {
    /// The type a method outside of these sources gives.
    pub(super) fn foreign_result(
        &mut self,
        receiver: TyId,
        method: &str,
        args: &[TyId],
        turbofish: TyId,
        expected: TyId,
    ) -> TyId {
        // The clone of an `Arc` is one: an implementation may be for the pointer alone.
        if method == "clone" {
            return receiver;
        }
        if let Some(ty) = self.once(receiver, method) {
            return ty;
        }
        if let Some(ty) = self.active_value(receiver, method) {
            return ty;
        }
        if let Some(ty) = self.page(receiver, method) {
            return ty;
        }
        // A lock may be poisoned, and what it guards may be an `Option`: it is the lock that is unwrapped.
        let guard = self.program.world.external_name(receiver);
        if guard.is_some_and(|(name, _)| name == "Guard")
            && matches!(method, "unwrap" | "expect" | "unwrap_or_else" | "map_err")
        {
            return receiver;
        }
        let ty = self.world().unwrapped(receiver);
        if SAME.contains(method) {
            return ty;
        }
        let returned = args
            .iter()
            .rev()
            .find_map(|arg| match self.program.world.type_of(*arg) {
                Type::Returns(ty) => Some(*ty),
                _ => None,
            });
        let own = self.program.world.external_name(ty);
        let (name, inner) = own
            .map(|(name, args)| (name.to_owned(), args.to_vec()))
            .unwrap_or_default();
        let receiver = Receiver {
            ty,
            name,
            inner,
            returned: returned.unwrap_or(UNKNOWN),
        };
        if let Some(given) = self.of_builder(ty, &receiver.name, method) {
            return given;
        }
        if receiver.name == super::builtin::BUILDER {
            let built = receiver.inner.first().copied().unwrap_or(UNKNOWN);
            return match method {
                "build" => built,
                "try_build" => self.world().external_ty("Result", &[built]),
                _ => ty,
            };
        }
        let found = if receiver.failing() {
            self.optional_result(&receiver, method)
        } else {
            None
        };
        let found = found.or_else(|| self.sequence_result(&receiver, method, args));
        found.unwrap_or_else(|| self.wanted_result(&receiver, method, turbofish, expected))
    }

    /// Methods of SeaORM's `ActiveValue`, which may hold nothing.
    fn active_value(&mut self, receiver: TyId, method: &str) -> Option<TyId> {
        let (name, args) = self.program.world.external_name(receiver)?;
        let inner = *args.first().filter(|_| name == "ActiveValue")?;
        match method {
            "take" | "try_as_ref" => Some(self.world().external_ty("Option", &[inner])),
            "unwrap" | "as_ref" => Some(inner),
            _ => None,
        }
    }

    /// Methods of a cell that is set once.
    fn once(&mut self, receiver: TyId, method: &str) -> Option<TyId> {
        let (name, args) = self.program.world.external_name(receiver)?;
        let inner = *args
            .first()
            .filter(|_| matches!(name, "OnceLock" | "OnceCell"))?;
        match method {
            "get" | "get_mut" | "take" | "into_inner" => {
                Some(self.world().external_ty("Option", &[inner]))
            }
            "get_or_init" | "wait" => Some(inner),
            "get_or_try_init" => Some(self.world().external_ty("Result", &[inner])),
            _ => None,
        }
    }

    /// Methods of `Option` and `Result`.
    fn optional_result(&mut self, receiver: &Receiver, method: &str) -> Option<TyId> {
        let first = receiver.first();
        Some(match method {
            "take" | "replace" => receiver.ty,
            "unwrap" | "expect" | "unwrap_or" | "unwrap_or_default" | "unwrap_or_else"
            | "unwrap_unchecked" | "flatten" => first,
            "map" => {
                let word = if receiver.name == "Option" {
                    "Option"
                } else {
                    "Result"
                };
                self.world().external_ty(word, &[receiver.returned])
            }
            "and_then" | "map_or" | "map_or_else" => receiver.returned,
            "ok_or" | "ok_or_else" => self.world().external_ty("Result", &[first]),
            "ok" => self.world().external_ty("Option", &[first]),
            "err" | "unwrap_err" | "expect_err" => receiver.second(),
            "transpose" => self.transposed(receiver.ty),
            // Diesel's: a row that isn't there is no error.
            "optional" => {
                let row = self.world().external_ty("Option", &[first]);
                self.world().external_ty("Result", &[row])
            }
            _ => return None,
        })
    }

    /// Methods of iterators, collections and locks.
    fn sequence_result(
        &mut self,
        receiver: &Receiver,
        method: &str,
        args: &[TyId],
    ) -> Option<TyId> {
        let element = self.element(receiver.ty);
        let item = match method {
            "map" | "then" => receiver.returned,
            "filter_map" | "flat_map" | "and_then" | "find_map" => self.element(receiver.returned),
            "enumerate" => self.world().tuple(vec![UNKNOWN, element]),
            "zip" => {
                let right = args.first().map_or(UNKNOWN, |ty| self.element(*ty));
                self.world().tuple(vec![element, right])
            }
            "to_vec" | "into_vec" => return Some(self.world().external_ty("Vec", &[element])),
            "values" | "values_mut" | "into_values" => receiver.second(),
            "keys" | "into_keys" => receiver.first(),
            "into_inner" | "get_ref" | "into_service" => return Some(receiver.first()),
            "lock" | "read" | "write" | "try_lock" | "blocking_lock" | "load" | "load_full"
                if !receiver.inner.is_empty() =>
            {
                return Some(self.world().external_ty("Guard", &[receiver.first()]));
            }
            _ => return self.one_of(receiver, method, element),
        };
        Some(self.world().external_ty(
            if method == "find_map" {
                "Option"
            } else {
                "Iter"
            },
            &[item],
        ))
    }

    /// Methods that give one element, perhaps.
    fn one_of(&mut self, receiver: &Receiver, method: &str, element: TyId) -> Option<TyId> {
        let known = !receiver.name.is_empty()
            || element != UNKNOWN
            || matches!(self.program.world.type_of(receiver.ty), Type::Slice(_));
        // A stream's: the failure is its item's.
        if known && method == "try_next" {
            let value = self.tried(element);
            let next = self.world().external_ty("Option", &[value]);
            return Some(self.world().external_ty("Result", &[next]));
        }
        let gives = matches!(
            method,
            "get"
                | "get_mut"
                | "first"
                | "last"
                | "next"
                | "pop"
                | "find"
                | "nth"
                | "min_by_key"
                | "max_by_key"
                | "remove"
                | "peek"
                | "next_back"
                | "upgrade"
        );
        if !known || !gives {
            return None;
        }
        let element = match receiver.name.as_str() {
            "HashMap" | "BTreeMap" | "DashMap" | "IndexMap" if method != "next" => {
                receiver.second()
            }
            "Weak" => receiver.first(),
            _ => element,
        };
        Some(self.world().external_ty("Option", &[element]))
    }

    /// Methods whose result is what their surroundings want.
    fn wanted_result(
        &mut self,
        receiver: &Receiver,
        method: &str,
        turbofish: TyId,
        expected: TyId,
    ) -> TyId {
        let wanted = if turbofish == UNKNOWN {
            expected
        } else {
            turbofish
        };
        match method {
            "collect" | "try_collect" => {
                let element = self.element(receiver.ty);
                match self.program.world.type_of(wanted).clone() {
                    Type::External(path, known)
                        if known.is_empty() || known.first() == Some(&UNKNOWN) =>
                    {
                        self.world().ty(Type::External(path, [element].into()))
                    }
                    Type::Unknown => self.world().external_ty("Vec", &[element]),
                    _ => wanted,
                }
            }
            "into" | "try_into" | "parse" | "unwrap_into" if wanted == UNKNOWN => {
                self.converted(receiver.ty)
            }
            "into" | "try_into" | "parse" | "unwrap_into" => wanted,
            // `.wrap_err_in("…")?`: a trait of others adds to the failure.
            _ if wanted == UNKNOWN && receiver.failing() && !method.starts_with("is_") => {
                receiver.ty
            }
            // Builders and schedulers give themselves back.
            _ if expected == UNKNOWN
                && (receiver.name.contains("Scheduler") || receiver.name.contains("Builder")) =>
            {
                receiver.ty
            }
            _ => expected,
        }
    }

    /// `x.into()` without a wanted type: of SeaORM's model only its active model comes to mind.
    fn converted(&mut self, ty: TyId) -> TyId {
        use crate::analyze::link::world::Role;
        match self.world().role_of(ty) {
            Some(Role::Model) => self
                .world()
                .sibling(ty, Role::ActiveModel)
                .unwrap_or(UNKNOWN),
            _ => UNKNOWN,
        }
    }

    fn transposed(&mut self, ty: TyId) -> TyId {
        let Some((outer, inner)) = self
            .program
            .world
            .external_name(ty)
            .and_then(|(name, args)| Some((name == "Option", *args.first()?)))
        else {
            return UNKNOWN;
        };
        let value = self.tried(inner);
        let (first, second) = if outer {
            ("Option", "Result")
        } else {
            ("Result", "Option")
        };
        let nested = self.world().external_ty(first, &[value]);
        self.world().external_ty(second, &[nested])
    }
}
