//! The structs of keys and tags, one for each set of field names.

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
        impl<_Cache: $crate::codegen::Cached, _Parameters, $($field),+>
            $crate::codegen::FromParameters<_Parameters, ($($field,)+)> for $name<_Cache>
        where
            $(
                _Parameters: super::_params::$field::Parameter<
                    $field, $($ty)*, <$($ty)* as $crate::codegen::Field>::Type,
                >,
            )+
        {
            fn from_parameters(parameters: &_Parameters) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self {
                    $($field: super::_params::$field::Parameter::<$field, $($ty)*, _>::take(parameters)?,)+
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

        #[inline]
        fn home() -> $crate::codegen::AnyHome {
            $cache::home()
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

/// What a parameter of a loader must be to stand in a key, for each name of a param, so that a message can name it:
/// `params! { page "page" "this loader has no parameter `page: {T}`" }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __params {
    ($($name:ident $text:literal $missing:literal)+) => {$(
        pub mod $name {
            #[diagnostic::on_unimplemented(
                message = $missing,
                label = "the key of this cache asks for it",
                note = "a loader's parameters are named as the params of its cache are in the schema, and have their types"
            )]
            pub trait Parameter<Place, Field, T> {
                fn take(&self) -> ::core::option::Option<T>;
            }

            // Else rustc names what stands behind it, which nobody has written.
            #[diagnostic::do_not_recommend]
            impl<Place, List, Field, T> Parameter<Place, Field, T> for List
            where
                List: $crate::codegen::Parameter<{ $crate::codegen::name($text) }, Place>,
                Field: $crate::codegen::TakenFrom<List::Value, Type = T>,
            {
                fn take(&self) -> ::core::option::Option<T> {
                    Field::taken(self.parameter())
                }
            }
        }
    )+};
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
