//! What generated code has once for a schema: the structs of its keys and tags, one for each set of field names, its
//! change, and the setters of each attribute's name. Generic over what one cache or entity says of itself
//! (`values/field.rs`, `values/written.rs`), so that a thousand of them cost rustc a few lines each.
//!
//! They are macros as the structs must be local: their fields and methods have the schema's names. Keeps true: whatever
//! a key is named like, nothing here is shadowed by it; names of the schema begin with a letter.

/// The struct of all keys with fields of these names: `key!(CategoryPage { category = "category", page = "page" });`.
#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    ($name:ident { $($fields:tt)+ }) => {
        $crate::__key!(@ parameters $name [] [<_Cache as $crate::codegen::Cached>::Key] $($fields)+);
    };
    // Of a cache with a mistake nobody knows what its key asks for: no loader lacks anything.
    (outline $name:ident { $($fields:tt)+ }) => {
        $crate::__key!(@ outlined $name [] [<_Cache as $crate::codegen::Cached>::Key] $($fields)+);
    };
    (@ $taken:ident $name:ident [$($done:tt)*] [$($list:tt)*] $field:ident = $text:literal $(, $($rest:tt)+)?) => {
        $crate::__key!(
            @ $taken $name
            [$($done)* ($field $text {<$($list)* as $crate::codegen::Fields>::Head})]
            [<$($list)* as $crate::codegen::Fields>::Tail]
            $($($rest)+)?
        );
    };
    (@ $taken:ident $name:ident [$(($field:ident $text:literal {$($ty:tt)*}))+] [$($list:tt)*]) => {
        /// A key.
        pub struct $name<_Cache: $crate::codegen::Cached> {
            $(
                #[doc = concat!("Its `", $text, "`.")]
                pub $field: <$($ty)* as $crate::codegen::Field>::Type,
            )+
        }

        impl<_Cache: $crate::codegen::Cached> ::core::clone::Clone for $name<_Cache> {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field),)+ }
            }
        }

        impl<_Cache: $crate::codegen::Cached> ::core::cmp::PartialEq for $name<_Cache> {
            #[inline]
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                $(<$($ty)* as $crate::codegen::Field>::same(&self.$field, &other.$field))&&+
            }
        }

        impl<_Cache: $crate::codegen::Cached> ::core::hash::Hash for $name<_Cache> {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $(<$($ty)* as $crate::codegen::Field>::hash(&self.$field, state);)+
            }
        }

        impl<_Cache: $crate::codegen::Cached> $crate::codegen::Key for $name<_Cache> {
            $crate::__key!(@known _Cache);

            fn scope(&self) -> ::core::option::Option<$crate::codegen::Value> {
                let scope = ::core::option::Option::None;
                $(let scope = scope.or_else(|| $crate::codegen::scope_in::<$($ty)*>(&self.$field));)+
                scope
            }

            fn params(&self) -> ::std::vec::Vec<$crate::codegen::Value> {
                let mut params = ::std::vec::Vec::new();
                $($crate::codegen::param_in::<$($ty)*>(&self.$field, &mut params);)+
                params
            }
        }

        $crate::__key!(@$taken $name $(($field $text {$($ty)*}))+);
        $crate::__key!(@whatever $name);
    };
    (@parameters $name:ident $(($field:ident $text:literal {$($ty:tt)*}))+) => {
        // Else rustc names what stands behind it, which nobody has written.
        #[diagnostic::do_not_recommend]
        impl<_Cache: $crate::codegen::Cached, _Parameters, $($field),+>
            $crate::codegen::FromParameters<_Parameters, ($($field,)+)> for $name<_Cache>
        where
            $(
                _Parameters: $crate::codegen::Parameter<{ $crate::codegen::name($text) }, $field>,
                $($ty)*: $crate::codegen::TakenFrom<
                    <_Parameters as $crate::codegen::Parameter<{ $crate::codegen::name($text) }, $field>>::Value,
                >,
            )+
        {
            fn from_parameters(parameters: &_Parameters) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self {
                    $($field: <$($ty)* as $crate::codegen::TakenFrom<_>>::taken(
                        <_Parameters as $crate::codegen::Parameter<{ $crate::codegen::name($text) }, $field>>::parameter(
                            parameters,
                        ),
                    )?,)+
                })
            }
        }
    };
    (@outlined $name:ident $($fields:tt)+) => {
        impl<_Cache: $crate::codegen::Cached, _Parameters>
            $crate::codegen::FromParameters<_Parameters, ()> for $name<_Cache>
        {
            fn from_parameters(_parameters: &_Parameters) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    };
    // The keys without fields.
    ($name:ident) => {
        /// A key.
        pub struct $name<_Cache>(::core::marker::PhantomData<fn() -> _Cache>);

        impl<_Cache: $crate::codegen::Cached> $name<_Cache> {
            /// The only one.
            pub const KEY: Self = Self(::core::marker::PhantomData);
        }

        impl<_Cache: $crate::codegen::Cached> ::core::clone::Clone for $name<_Cache> {
            fn clone(&self) -> Self {
                Self::KEY
            }
        }

        impl<_Cache: $crate::codegen::Cached> ::core::cmp::PartialEq for $name<_Cache> {
            fn eq(&self, _other: &Self) -> ::core::primitive::bool {
                true
            }
        }

        impl<_Cache: $crate::codegen::Cached> ::core::hash::Hash for $name<_Cache> {
            fn hash<H: ::core::hash::Hasher>(&self, _state: &mut H) {}
        }

        impl<_Cache: $crate::codegen::Cached> $crate::codegen::Key for $name<_Cache> {
            $crate::__key!(@known _Cache);

            fn params(&self) -> ::std::vec::Vec<$crate::codegen::Value> {
                ::std::vec::Vec::new()
            }
        }

        impl<_Cache: $crate::codegen::Cached, _Parameters>
            $crate::codegen::FromParameters<_Parameters, ()> for $name<_Cache>
        {
            fn from_parameters(_parameters: &_Parameters) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::KEY)
            }
        }

        $crate::__key!(@whatever $name);
    };
    (@known $cache:ident) => {
        type Tags = <$cache::Entry as $crate::codegen::Entries>::Tags;
        type Presence = <$cache::Entry as $crate::codegen::Entries>::Presence;
        const CACHE: ::core::primitive::u32 = $cache::INDEX;

        fn schema() -> &'static $crate::codegen::SchemaDef {
            &super::SCHEMA
        }
    };
    (@whatever $name:ident) => {
        impl<_Cache: $crate::codegen::Cached> ::core::cmp::Eq for $name<_Cache> {}

        impl<_Cache: $crate::codegen::Cached> ::core::fmt::Debug for $name<_Cache> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::write_key(self, f)
            }
        }

        impl<_Cache: $crate::codegen::Cached, _Value> $crate::codegen::Holds<_Value> for $name<_Cache>
        where
            <_Cache::Entry as $crate::codegen::Entries>::Value: $crate::codegen::Fits<_Value>,
        {
        }
    };
}

/// The struct of all tags with fields of these names.
#[doc(hidden)]
#[macro_export]
macro_rules! __tags {
    ($name:ident { $($fields:tt)+ }) => {
        $crate::__tags!(@ $name [] [_Of] $($fields)+);
    };
    (@ $name:ident [$($done:tt)*] [$($list:tt)*] $field:ident = $text:literal $(, $($rest:tt)+)?) => {
        $crate::__tags!(
            @ $name
            [$($done)* ($field $text {<$($list)* as $crate::codegen::Fields>::Head})]
            [<$($list)* as $crate::codegen::Fields>::Tail]
            $($($rest)+)?
        );
    };
    (@ $name:ident [$(($field:ident $text:literal {$($ty:tt)*}))+] [$($list:tt)*]) => {
        /// Tags.
        pub struct $name<_Of: $crate::codegen::Fields> {
            $(
                #[doc = concat!("Its `", $text, "`, or each it shows.")]
                pub $field: <$($ty)* as $crate::codegen::Field>::Type,
            )+
        }

        impl<_Of: $crate::codegen::Fields> ::core::clone::Clone for $name<_Of> {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field),)+ }
            }
        }

        impl<_Of: $crate::codegen::Fields> $crate::codegen::Tags for $name<_Of> {
            fn values(&self) -> ::std::vec::Vec<::std::vec::Vec<$crate::codegen::Value>> {
                ::std::vec![$(<$($ty)* as $crate::codegen::Field>::values(&self.$field)),+]
            }
        }
    };
}

/// The change of all entities, and how one begins. With the type of the scope, where there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __changes {
    ($($scope:ty)?) => {
        /// A change of an entity that is being told.
        ///
        /// `Told` has a state for each value that some rule needs: it may be applied once none of them is missing.
        #[must_use = "a change clears nothing until it is applied or recorded"]
        pub struct Change<Entity, Action, Told = ()>(
            pub(super) $crate::codegen::Draft,
            pub(super) ::core::marker::PhantomData<(Entity, Action, Told)>,
        );

        /// A change of these identities, of which nothing else is told.
        pub(super) fn begin<Entity, Action, Told>(
            id: impl $crate::codegen::Identify<$crate::codegen::IdOf<Entity>>,
        ) -> Change<Entity, Action, Told>
        where
            Entity: $crate::codegen::Written,
            Action: $crate::codegen::Begins,
        {
            let draft = $crate::codegen::Draft::begin::<Entity, Action>(&super::SCHEMA, id);
            Change(draft, ::core::marker::PhantomData)
        }

        impl<Entity: $crate::codegen::Written, Action, Told> Change<Entity, Action, Told> {
            /// Adds it to the open unit of work; outside one it is applied at once.
            pub fn record(self)
            where
                Told: $crate::codegen::Complete<Entity>,
            {
                $crate::codegen::record(self.0.finish());
            }

            /// Clears what it makes stale, then tells clients.
            pub async fn apply(self, cx: &$crate::codegen::Cachex) -> $crate::codegen::Apply
            where
                Told: $crate::codegen::Complete<Entity>,
            {
                cx.apply(self.0.finish()).await
            }

            /// What it would clear; nothing is done.
            pub fn regions(&self) -> ::std::vec::Vec<$crate::codegen::Region>
            where
                Told: $crate::codegen::Complete<Entity>,
            {
                $crate::codegen::regions(&super::SCHEMA, &self.0.so_far())
            }

            /// A hint for clients.
            pub fn data(self, data: &impl $crate::codegen::Serialize) -> Self {
                Self(self.0.data(data), self.1)
            }

            /// Clients were told of it by this event: it clears again and tells nobody.
            pub fn same_event(self, ev: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.same_event(ev.into()), self.1)
            }

            $(
                /// The scope it happened in; `Unknown`: that of the unit of work.
                pub fn scope(self, scope: impl $crate::codegen::Give<$scope>) -> Self
                where
                    Entity: $crate::codegen::Scoped,
                {
                    Self(self.0.scope($crate::codegen::scope::<$scope>(scope)), self.1)
                }

                /// It happened in all scopes.
                pub fn scope_all(self) -> Self
                where
                    Entity: $crate::codegen::Scoped,
                {
                    Self(self.0.scope($crate::codegen::ChangeScope::All), self.1)
                }
            )?

            #[doc(hidden)]
            pub fn __id(
                self,
                id: impl $crate::codegen::Identify<$crate::codegen::IdOf<Entity>>,
            ) -> Self {
                Self(self.0.identify($crate::codegen::ids::<Entity>(id)), self.1)
            }

            #[doc(hidden)]
            pub fn __so_far(&self) -> $crate::codegen::ErasedChange {
                self.0.so_far()
            }
        }

        impl<Entity: $crate::codegen::Written, Told>
            Change<Entity, $crate::codegen::Two<$crate::codegen::Only>, Told>
        {
            #[doc(hidden)]
            pub fn __set<Name>(
                self,
            ) -> Change<
                Entity,
                $crate::codegen::Two<$crate::codegen::Only>,
                <Entity as $crate::codegen::Sets<Name, Told>>::Set,
            >
            where
                Entity: $crate::codegen::Sets<Name, Told>,
            {
                Change(self.0.set_in::<Entity, Name, Told>(), ::core::marker::PhantomData)
            }
        }

        impl<Entity, Action, Told> ::core::convert::From<Change<Entity, Action, Told>>
            for $crate::codegen::ErasedChange
        where
            Told: $crate::codegen::Complete<Entity>,
        {
            fn from(change: Change<Entity, Action, Told>) -> Self {
                change.0.finish()
            }
        }
    };
}

/// Setters of typed attributes, each by its setter, the setter of a value that did not move, its marker, its name:
/// `setters!([Entity: _codegen::Written] author author_kept author "author");`. The brackets hold the parameter for
/// all entities, and nothing for the `Entity` of a module.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ([$($all:tt)*] $($setter:ident $kept:ident $name:ident $text:literal)+) => {
        $crate::__setters!(@one [$($all)*] $($setter $name $text)+);
        $crate::__setters!(@two [$($all)*] $($setter $kept $name $text)+);
    };
    (@one [$($($all:tt)+)?] $($setter:ident $name:ident $text:literal)+) => {
        impl<$($($all)+,)? Kind, Told> super::_changes::Change<Entity, $crate::codegen::One<Kind>, Told> {
            $(
                #[doc = concat!("Its `", $text, "` when it was created, or until it was deleted.")]
                pub fn $setter(
                    self,
                    it: impl $crate::codegen::Give<
                        <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Given,
                    >,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::One<Kind>,
                    <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Once,
                >
                where
                    Entity: $crate::codegen::Tells<super::_names::$name, Told>,
                {
                    let draft = self.0.image_in::<Entity, super::_names::$name, Told>(it);
                    super::_changes::Change(draft, ::core::marker::PhantomData)
                }
            )+
        }
    };
    (@two [$($($all:tt)+)?] $($setter:ident $kept:ident $name:ident $text:literal)+) => {
        impl<$($($all)+,)? Fields, Told> super::_changes::Change<Entity, $crate::codegen::Two<Fields>, Told> {
            $(
                #[doc = concat!("Its `", $text, "` was changed.")]
                pub fn $setter(
                    self,
                    before: impl $crate::codegen::Give<
                        <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Given,
                    >,
                    after: impl $crate::codegen::Give<
                        <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Given,
                    >,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::Two<Fields>,
                    <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Moved,
                >
                where
                    Entity: $crate::codegen::Tells<super::_names::$name, Told>,
                {
                    let draft = self.0.moved_in::<Entity, super::_names::$name, Told>(before, after);
                    super::_changes::Change(draft, ::core::marker::PhantomData)
                }

                #[doc = concat!("Its `", $text, "`, which was not changed.")]
                pub fn $kept(
                    self,
                    it: impl $crate::codegen::Give<
                        <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Given,
                    >,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::Two<Fields>,
                    <Entity as $crate::codegen::Tells<super::_names::$name, Told>>::Once,
                >
                where
                    Entity: $crate::codegen::Tells<super::_names::$name, Told>,
                {
                    let draft = self.0.kept_in::<Entity, super::_names::$name, Told>(it);
                    super::_changes::Change(draft, ::core::marker::PhantomData)
                }
            )+
        }
    };
}

/// Setters of fields without a type: `flags!([Entity: _codegen::Written] title title "title");`.
#[doc(hidden)]
#[macro_export]
macro_rules! __flags {
    ([$($($all:tt)+)?] $($setter:ident $name:ident $text:literal)+) => {
        impl<$($($all)+,)? Told>
            super::_changes::Change<Entity, $crate::codegen::Two<$crate::codegen::Only>, Told>
        {
            $(
                #[doc = concat!("Its `", $text, "` was set.")]
                pub fn $setter(
                    self,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::Two<$crate::codegen::Only>,
                    <Entity as $crate::codegen::Sets<super::_names::$name, Told>>::Set,
                >
                where
                    Entity: $crate::codegen::Sets<super::_names::$name, Told>,
                {
                    self.__set::<super::_names::$name>()
                }
            )+
        }
    };
}
