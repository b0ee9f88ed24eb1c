#[doc(hidden)]
pub use ::cachex::codegen as _codegen;

/// Key of `option`: `option:{type}`.
pub type Option = _keys::KeyTenantType<_caches::option>;

impl _codegen::Cached for _caches::option {
    const INDEX: u32 = 0;
    type Key = (_codegen::InScope<_codegen::Plain<::std::string::String>>, (_codegen::Plain<r#type::Id>, ()));
    type Entry = _codegen::Entry;
    type Made = Option;
}

/// Key of `string`: `string:{handle}:{filter}`.
pub type String = _keys::KeyTenantHandleFilter<_caches::string>;

impl _codegen::Cached for _caches::string {
    const INDEX: u32 = 1;
    type Key = (_codegen::InScope<_codegen::Plain<::std::string::String>>, (_codegen::Maybe<_codegen::By<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, account::Id>>, (_codegen::Digest, ())));
    type Entry = _codegen::Entry<_codegen::Anything, _codegen::NoTags, _codegen::Perhaps>;
    type Made = String;
}

/// Key of `member`: `member:{id}`.
pub type Member = _keys::KeyTenantId<_caches::member>;

/// What an entry of `member` shows, known from its value.
pub type MemberTags = _tags::TagsBadgesRole<(_codegen::Several<_codegen::Plain<badge::Id>>, (_codegen::Plain<::std::string::String>, ()))>;

impl _codegen::Cached for _caches::member {
    const INDEX: u32 = 2;
    type Key = (_codegen::InScope<_codegen::Plain<::std::string::String>>, (_codegen::Plain<membership::Id>, ()));
    type Entry = _codegen::Entry<_codegen::Declared<crate::members::Member>, MemberTags>;
    type Made = Member;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Member, crate::members::Member> = _codegen::Home::new();
        &HOME
    }
}

/// Key of `members_by_role`: `role:{role}`.
pub type MembersByRole = _keys::KeyRole<_caches::members_by_role>;

impl _codegen::Cached for _caches::members_by_role {
    const INDEX: u32 = 3;
    type Key = (_codegen::Plain<::std::string::String>, ());
    type Entry = _codegen::Entry;
    type Made = MembersByRole;
}

/// The caches, which tell apart keys with fields of the same names.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _caches {
    pub enum option {}
    pub enum string {}
    pub enum member {}
    pub enum members_by_role {}
}

/// The names of params, as a loader has them.
#[doc(hidden)]
pub mod _params {
    use super::_codegen;

    _codegen::params! {
        filter "filter" "this loader has no parameter `filter: {T}`"
        handle "handle" "this loader has no parameter `handle: {T}`"
        id "id" "this loader has no parameter `id: {T}`"
        role "role" "this loader has no parameter `role: {T}`"
        tenant "tenant" "this loader has no parameter `tenant: {T}`"
        r#type "type" "this loader has no parameter `type: {T}`"
    }
}

/// The structs of keys, one for each set of fields.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _keys {
    use super::_codegen;

    _codegen::key!(KeyRole { role = "role" });
    _codegen::key!(KeyTenantHandleFilter { tenant = "tenant", handle = "handle", filter = "filter" });
    _codegen::key!(KeyTenantId { tenant = "tenant", id = "id" });
    _codegen::key!(KeyTenantType { tenant = "tenant", r#type = "type" });
}

/// The structs of tags, one for each set of fields.
#[doc(hidden)]
pub mod _tags {
    use super::_codegen;

    _codegen::tags!(TagsBadgesRole { badges = "badges", role = "role" });
}

/// A kind of thing.
/// Its name is a keyword.
///
/// Changes of a `type`.
pub mod r#type {
    use super::_codegen;

    /// What tells one `type` from another.
    pub type Id = u32;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 0;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Has<super::_fields::data> for Entity {
        type Is = _codegen::At<0, _codegen::Plain<String>, _codegen::NoPlace, (_codegen::First, ())>;
    }

    impl _codegen::Has<super::_fields::r#match> for Entity {
        type Is = _codegen::At<1, _codegen::Plain<bool>, _codegen::First, (_codegen::First, ())>;
    }

    /// A change of a `type` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `type` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, (_codegen::Waived, ())> {
        super::_changes::begin(id)
    }

    /// A `type` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Update>, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `type` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>, (_codegen::Idle, ())> {
        super::_changes::begin(id)
    }

    /// A `type` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, (_codegen::Waived, ())> {
        super::_changes::begin(id)
    }

    /// A `type` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, (_codegen::Waived, ())> {
        super::_changes::begin(id)
    }

    /// A change of a `type` was told its `match`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `type` must be told its `match`",
        label = "`match` is missing",
        note = "what `update` clears of `members_by_role` depends on `match`",
        note = "in an attribute: `match = ‹value›`; where it is changed `match = before => after`, with `_` for a side that isn't known; from the success value `match = |ok| ok.match`",
        note = "in code: `.r#match(‹value›)` on a create or delete, `.r#match(before, after)` or `.match_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsMatch {}

    impl<How> NeedsMatch for _codegen::Settled<How> {}

    impl<S0: NeedsMatch> _codegen::Complete<Entity> for (S0, ()) {}
}

/// Changes of a `account`.
pub mod account {
    use super::_codegen;

    /// What tells one `account` from another.
    pub type Id = crate::ids::Handle;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 1;
        type Identity = _codegen::By<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::seen> for Entity {
        type Is = _codegen::At<0, _codegen::Plain<_codegen::Date>>;
    }

    impl _codegen::Has<super::_fields::since> for Entity {
        type Is = _codegen::At<1, _codegen::Plain<_codegen::OffsetDateTime>>;
    }

    /// A change of a `account` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `account` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `account` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `account` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `account` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `account` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Changes of a `membership`.
pub mod membership {
    use super::_codegen;

    /// What tells one `membership` from another.
    #[derive(Clone)]
    pub struct Id {
        /// Its `account`.
        pub account: super::account::Id,
        /// Its `number`.
        pub number: i64,
    }

    impl _codegen::Encode for Id {
        fn encode(&self) -> _codegen::Value {
            _codegen::compose(&[
                _codegen::value::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>(&self.account),
                _codegen::value::<i64>(&self.number),
            ])
        }
    }

    impl _codegen::FromTexts for Id {
        fn from_texts(texts: &[Option<String>]) -> Option<_codegen::Value> {
            _codegen::read(&[
                _codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>,
                _codegen::heard::<i64>,
            ], texts)
        }
    }

    impl Id {
        fn compared(&self) -> (_codegen::Text<(_codegen::Trim, _codegen::Lower)>, &i64) {
            (_codegen::scalar::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>(&self.account), &self.number)
        }
    }

    impl ::core::cmp::PartialEq for Id {
        fn eq(&self, other: &Self) -> bool {
            self.compared() == other.compared()
        }
    }

    impl ::core::cmp::Eq for Id {}

    impl ::core::hash::Hash for Id {
        fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
            ::core::hash::Hash::hash(&self.compared(), state);
        }
    }

    impl ::core::fmt::Debug for Id {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_tuple("Id").field(&self.compared()).finish()
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::account::Id>,
        C1: Clone + _codegen::Give<i64>,
    > _codegen::Give<Id> for (C0, C1) {
        fn give(self) -> _codegen::Side<Id> {
            let known = || Some(Id { account: self.0.give().known()?, number: self.1.give().known()? });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::account::Id>,
        C1: Clone + _codegen::Give<i64>,
    > _codegen::Identify<Id> for (C0, C1) {
        fn identify(self) -> Option<Vec<Id>> {
            _codegen::Identify::<Id>::identify(_codegen::Give::<Id>::give(self))
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::account::Id>,
        C1: Clone + _codegen::Give<i64>,
    > _codegen::Give<Id> for &(C0, C1) {
        fn give(self) -> _codegen::Side<Id> {
            _codegen::Give::<Id>::give(self.clone())
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::account::Id>,
        C1: Clone + _codegen::Give<i64>,
    > _codegen::Identify<Id> for &(C0, C1) {
        fn identify(self) -> Option<Vec<Id>> {
            _codegen::Identify::<Id>::identify(_codegen::Give::<Id>::give(self))
        }
    }

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// Parameters that identify a `membership`.
    #[diagnostic::on_unimplemented(
        message = "the parameters of this function don't identify a `membership`",
        label = "a `membership` is identified by `account` and `number`",
        note = "name parameters after them, `account`, `number` or `account_id`, `number_id`, of their types",
        note = "or give it: `id = (account, number)` of expressions over the parameters, `id = |ok| …` from the success value, `each = ids` for several, `id = _` where it isn't known"
    )]
    pub trait Identify<Places> {
        /// The identity.
        fn identify(&self) -> _codegen::Side<Id>;
    }

    #[diagnostic::do_not_recommend]
    impl<P, P0, P1> Identify<(P0, P1)> for P
    where
        P: _codegen::Parameter<{ _codegen::name("account") }, P0>,
        for<'a> &'a <P as _codegen::Parameter<{ _codegen::name("account") }, P0>>::Value: _codegen::Give<super::account::Id>,
        P: _codegen::Parameter<{ _codegen::name("number") }, P1>,
        for<'a> &'a <P as _codegen::Parameter<{ _codegen::name("number") }, P1>>::Value: _codegen::Give<i64>,
    {
        fn identify(&self) -> _codegen::Side<Id> {
            let known = || Some(Id {
                account: _codegen::Give::<super::account::Id>::give(<P as _codegen::Parameter<{ _codegen::name("account") }, P0>>::parameter(self)).known()?,
                number: _codegen::Give::<i64>::give(<P as _codegen::Parameter<{ _codegen::name("number") }, P1>>::parameter(self)).known()?,
            });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    #[doc(hidden)]
    pub fn __identified_by<Places>(from: &impl Identify<Places>) -> _codegen::Side<Id> {
        from.identify()
    }

    impl _codegen::Written for Entity {
        const INDEX: u32 = 2;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::account> for Entity {
        type Is = _codegen::At<0, _codegen::By<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, super::account::Id>>;
    }

    impl _codegen::Has<super::_fields::role> for Entity {
        type Is = _codegen::At<1, _codegen::Plain<String>>;
    }

    /// A change of a `membership` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `membership` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `membership` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `membership` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `membership` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `membership` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Changes of a `badge`.
pub mod badge {
    use super::_codegen;

    /// What tells one `badge` from another.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub struct Id {
        /// Its `membership`.
        pub membership: super::membership::Id,
        /// Its `type`.
        pub r#type: super::r#type::Id,
    }

    impl _codegen::Encode for Id {
        fn encode(&self) -> _codegen::Value {
            _codegen::compose(&[
                _codegen::value::<super::membership::Id>(&self.membership),
                _codegen::value::<u32>(&self.r#type),
            ])
        }
    }

    impl _codegen::FromTexts for Id {
        fn from_texts(texts: &[Option<String>]) -> Option<_codegen::Value> {
            _codegen::read(&[
                _codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>,
                _codegen::heard::<i64>,
                _codegen::heard::<u32>,
            ], texts)
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::membership::Id>,
        C1: Clone + _codegen::Give<super::r#type::Id>,
    > _codegen::Give<Id> for (C0, C1) {
        fn give(self) -> _codegen::Side<Id> {
            let known = || Some(Id { membership: self.0.give().known()?, r#type: self.1.give().known()? });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::membership::Id>,
        C1: Clone + _codegen::Give<super::r#type::Id>,
    > _codegen::Identify<Id> for (C0, C1) {
        fn identify(self) -> Option<Vec<Id>> {
            _codegen::Identify::<Id>::identify(_codegen::Give::<Id>::give(self))
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::membership::Id>,
        C1: Clone + _codegen::Give<super::r#type::Id>,
    > _codegen::Give<Id> for &(C0, C1) {
        fn give(self) -> _codegen::Side<Id> {
            _codegen::Give::<Id>::give(self.clone())
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::membership::Id>,
        C1: Clone + _codegen::Give<super::r#type::Id>,
    > _codegen::Identify<Id> for &(C0, C1) {
        fn identify(self) -> Option<Vec<Id>> {
            _codegen::Identify::<Id>::identify(_codegen::Give::<Id>::give(self))
        }
    }

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// Parameters that identify a `badge`.
    #[diagnostic::on_unimplemented(
        message = "the parameters of this function don't identify a `badge`",
        label = "a `badge` is identified by `membership` and `type`",
        note = "name parameters after them, `membership`, `type` or `membership_id`, `type_id`, of their types",
        note = "or give it: `id = (membership, type)` of expressions over the parameters, `id = |ok| …` from the success value, `each = ids` for several, `id = _` where it isn't known"
    )]
    pub trait Identify<Places> {
        /// The identity.
        fn identify(&self) -> _codegen::Side<Id>;
    }

    #[diagnostic::do_not_recommend]
    impl<P, P0, P1> Identify<(P0, P1)> for P
    where
        P: _codegen::Parameter<{ _codegen::name("membership") }, P0>,
        for<'a> &'a <P as _codegen::Parameter<{ _codegen::name("membership") }, P0>>::Value: _codegen::Give<super::membership::Id>,
        P: _codegen::Parameter<{ _codegen::name("type") }, P1>,
        for<'a> &'a <P as _codegen::Parameter<{ _codegen::name("type") }, P1>>::Value: _codegen::Give<super::r#type::Id>,
    {
        fn identify(&self) -> _codegen::Side<Id> {
            let known = || Some(Id {
                membership: _codegen::Give::<super::membership::Id>::give(<P as _codegen::Parameter<{ _codegen::name("membership") }, P0>>::parameter(self)).known()?,
                r#type: _codegen::Give::<super::r#type::Id>::give(<P as _codegen::Parameter<{ _codegen::name("type") }, P1>>::parameter(self)).known()?,
            });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    #[doc(hidden)]
    pub fn __identified_by<Places>(from: &impl Identify<Places>) -> _codegen::Side<Id> {
        from.identify()
    }

    impl _codegen::Written for Entity {
        const INDEX: u32 = 3;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::membership> for Entity {
        type Is = _codegen::At<0, _codegen::Plain<super::membership::Id>>;
    }

    impl _codegen::Has<super::_fields::r#type> for Entity {
        type Is = _codegen::At<1, _codegen::Plain<super::r#type::Id>>;
    }

    impl _codegen::Has<super::_fields::label> for Entity {
        type Is = _codegen::At<2>;
    }

    /// A change of a `badge` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `badge` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `badge` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `badge` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `badge` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `badge` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Everything at once.
pub mod system {
    use super::_codegen;

    /// Stands for everything where a type is asked for.
    pub enum Entity {}

    impl _codegen::Written for Entity {
        const INDEX: u32 = _codegen::SYSTEM.index;
        type Identity = _codegen::Plain<_codegen::Uuid>;
    }

    impl _codegen::Scoped for Entity {}

    /// That everything is stale.
    pub type Change = super::_changes::Change<Entity, _codegen::Deleted>;

    /// Every cache of the scope is to be cleared, and clients are to drop all they hold.
    pub fn delete() -> Change {
        super::_changes::begin(_codegen::Side::Unknown)
    }
}

/// A change while it is being told.
pub mod _changes {
    use super::_codegen;

    _codegen::changes!(String);

    _codegen::setters! {
        [Entity: _codegen::Written]
        account account_kept account "account"
        data_ data_kept data "data"
        r#match match_kept r#match "match"
        membership membership_kept membership "membership"
        role role_kept role "role"
        seen seen_kept seen "seen"
        since since_kept since "since"
        r#type type_kept r#type "type"
    }

    _codegen::flags! {
        [Entity: _codegen::Written]
        label label "label"
    }
}

/// The names of references and fields.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _fields {
    pub enum account {}
    pub enum data {}
    pub enum label {}
    pub enum r#match {}
    pub enum membership {}
    pub enum role {}
    pub enum seen {}
    pub enum since {}
    pub enum r#type {}
}

/// Clears at once and silently; returns what was cleared.
pub mod invalidate {
    use super::_codegen;

    /// What a change of `type` makes stale.
    pub fn r#type<Action, Told: _codegen::Complete<super::r#type::Entity>>(
        cx: &_codegen::Cachex,
        change: super::r#type::Change<Action, Told>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `account` makes stale.
    pub fn account<Action>(
        cx: &_codegen::Cachex,
        change: super::account::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `membership` makes stale.
    pub fn membership<Action>(
        cx: &_codegen::Cachex,
        change: super::membership::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `badge` makes stale.
    pub fn badge<Action>(
        cx: &_codegen::Cachex,
        change: super::badge::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `system` makes stale.
    pub fn system(cx: &_codegen::Cachex, change: super::system::Change) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }
}

/// Sends one event and clears nothing. An identity that is `Unknown` means the list as a whole.
pub mod notify {
    use super::_codegen;

    /// That a `type` was changed.
    pub fn r#type(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::r#type::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::r#type::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `account` was changed.
    pub fn account(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::account::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::account::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `membership` was changed.
    pub fn membership(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::membership::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::membership::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `badge` was changed.
    pub fn badge(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::badge::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::badge::Entity>(cx, &super::SCHEMA, id, action)
    }
}

/// What `cachex.yaml` says: caches with their facets, and what the changes of each entity clear.
pub static SCHEMA: _codegen::Plan = _codegen::Plan::new(|| {
    _codegen::plan(r"plan 1
namespace words
scope tenant
cache option option:{type}
  has type
  facets type
  with ttl=3600s scoped
cache string string:{handle}:{filter}
  has handle? filter
  facets handle
  with ttl=3600s negative_ttl=1500ms scoped
cache member member:{id}
  has id #badges* #role
  facets id badges
  with ttl=3600s max_tags=8 format=2 scoped
cache members_by_role role:{role}
  has role
  with ttl=3600s
entity type
  id id:number
  attributes data match
  create option type=@  # option.depends_on[0]
  update option type=@  # option.depends_on[0]
  update members_by_role set:data,match if:match='true  # members_by_role.depends_on[0]
  delete option type=@  # option.depends_on[0]
entity account scoped
  id id:text
  attributes seen since
  create string handle=@  # string.depends_on[0]
  update string handle=@  # string.depends_on[0]
  delete string handle=@  # string.depends_on[0]
entity membership scoped
  id account:text number:number
  attributes account role
  holds account@0+1
  create member id=@  # member.depends_on[0]
  update member id=@  # member.depends_on[0]
  delete member id=@  # member.depends_on[0]
entity badge scoped
  id membership.account:text membership.number:number type:number
  attributes membership type label
  holds membership@0+2 type@2+1
  create member badges=@  # member.depends_on[1]
  create member id=membership  # badge.touches[0] → member.depends_on[0]
  update member badges=@  # member.depends_on[1]
  update member id=membership  # badge.touches[0] → member.depends_on[0]
  delete member badges=@  # member.depends_on[1]
  delete member id=membership  # badge.touches[0] → member.depends_on[0]
")
});
