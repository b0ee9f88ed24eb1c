//! The change of all entities, and its setters, one for each name of an attribute.

/// The change of all entities, and how one begins. With the type of the scope, where there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __changes {
    () => {
        $crate::__changes!(@all);

        // Said of a schema without a scope, it is a mistake that wants a name.
        impl<Entity: $crate::codegen::Written, Action, Told> Change<Entity, Action, Told> {
            #[doc(hidden)]
            pub fn scope<Scope>(self, _scope: Scope) -> Self
            where
                Entity: $crate::codegen::Scoped,
            {
                self
            }

            #[doc(hidden)]
            pub fn scope_all(self) -> Self
            where
                Entity: $crate::codegen::Scoped,
            {
                self
            }
        }
    };
    ($scope:ty) => {
        $crate::__changes!(@all);

        impl<Entity: $crate::codegen::Written, Action, Told> Change<Entity, Action, Told> {
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
        }
    };
    (@all) => {
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
            pub fn apply(self, cx: &$crate::codegen::Cachex) -> $crate::codegen::Applying<'_>
            where
                Told: $crate::codegen::Complete<Entity>,
            {
                $crate::codegen::Applying::of(cx, self.0.finish())
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
            Change<Entity, $crate::codegen::Two<$crate::codegen::UpdateOnly>, Told>
        {
            #[doc(hidden)]
            pub fn __set<Name>(
                self,
            ) -> Change<
                Entity,
                $crate::codegen::Two<$crate::codegen::UpdateOnly>,
                <Entity as $crate::codegen::Sets<Name, Told>>::Set,
            >
            where
                Entity: $crate::codegen::Sets<Name, Told>,
            {
                Change(self.0.set_in::<Entity, Name, Told>(), ::core::marker::PhantomData)
            }
        }

        // For attributes, which have names and no methods: a mistaken one is told as it was written.
        impl<Entity: $crate::codegen::Written, Kind, Told> Change<Entity, $crate::codegen::One<Kind>, Told> {
            #[doc(hidden)]
            pub fn __told<Name>(
                self,
                it: impl $crate::codegen::Give<<Entity as $crate::codegen::Tells<Name, Told>>::Given>,
            ) -> Change<
                Entity,
                $crate::codegen::One<Kind>,
                <Entity as $crate::codegen::Tells<Name, Told>>::Once,
            >
            where
                Entity: $crate::codegen::Tells<Name, Told>,
            {
                Change(self.0.image_in::<Entity, Name, Told>(it), ::core::marker::PhantomData)
            }
        }

        impl<Entity: $crate::codegen::Written, Fields, Told> Change<Entity, $crate::codegen::Two<Fields>, Told> {
            #[doc(hidden)]
            pub fn __moved<Name>(
                self,
                before: impl $crate::codegen::Give<<Entity as $crate::codegen::Tells<Name, Told>>::Given>,
                after: impl $crate::codegen::Give<<Entity as $crate::codegen::Tells<Name, Told>>::Given>,
            ) -> Change<
                Entity,
                $crate::codegen::Two<Fields>,
                <Entity as $crate::codegen::Tells<Name, Told>>::Moved,
            >
            where
                Entity: $crate::codegen::Tells<Name, Told>,
            {
                Change(
                    self.0.moved_in::<Entity, Name, Told>(before, after),
                    ::core::marker::PhantomData,
                )
            }

            #[doc(hidden)]
            pub fn __kept<Name>(
                self,
                it: impl $crate::codegen::Give<<Entity as $crate::codegen::Tells<Name, Told>>::Given>,
            ) -> Change<
                Entity,
                $crate::codegen::Two<Fields>,
                <Entity as $crate::codegen::Tells<Name, Told>>::Once,
            >
            where
                Entity: $crate::codegen::Tells<Name, Told>,
            {
                Change(self.0.kept_in::<Entity, Name, Told>(it), ::core::marker::PhantomData)
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
                        <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Given,
                    >,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::One<Kind>,
                    <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Once,
                >
                where
                    Entity: $crate::codegen::Tells<super::_fields::$name, Told>,
                {
                    self.__told::<super::_fields::$name>(it)
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
                        <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Given,
                    >,
                    after: impl $crate::codegen::Give<
                        <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Given,
                    >,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::Two<Fields>,
                    <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Moved,
                >
                where
                    Entity: $crate::codegen::Tells<super::_fields::$name, Told>,
                {
                    self.__moved::<super::_fields::$name>(before, after)
                }

                #[doc = concat!("Its `", $text, "`, which was not changed.")]
                pub fn $kept(
                    self,
                    it: impl $crate::codegen::Give<
                        <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Given,
                    >,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::Two<Fields>,
                    <Entity as $crate::codegen::Tells<super::_fields::$name, Told>>::Once,
                >
                where
                    Entity: $crate::codegen::Tells<super::_fields::$name, Told>,
                {
                    self.__kept::<super::_fields::$name>(it)
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
            super::_changes::Change<Entity, $crate::codegen::Two<$crate::codegen::UpdateOnly>, Told>
        {
            $(
                #[doc = concat!("Its `", $text, "` was set.")]
                pub fn $setter(
                    self,
                ) -> super::_changes::Change<
                    Entity,
                    $crate::codegen::Two<$crate::codegen::UpdateOnly>,
                    <Entity as $crate::codegen::Sets<super::_fields::$name, Told>>::Set,
                >
                where
                    Entity: $crate::codegen::Sets<super::_fields::$name, Told>,
                {
                    self.__set::<super::_fields::$name>()
                }
            )+
        }
    };
}
