#[doc(hidden)]
pub use ::cachex::codegen as _codegen;

/// Key of `option`: `option:{type}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Option {
    /// The scope.
    pub tenant: ::std::string::String,
    /// Which `type`.
    pub r#type: r#type::Id,
}

impl _codegen::Key for Option {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 0;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> ::core::option::Option<_codegen::Value> {
        Some(_codegen::value::<::std::string::String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<u32>(&self.r#type)]
    }
}

impl<V> _codegen::Holds<V> for Option {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1> _codegen::FromParameters<P, (P0, P1)> for Option
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<::std::string::String>>,
    P: _codegen::Parameter<{ _codegen::name("type") }, P1, Value: _codegen::Give<r#type::Id>>,
{
    fn from_parameters(parameters: &P) -> ::core::option::Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            r#type: _codegen::parameter::<{ _codegen::name("type") }, _, _, P>(parameters)?,
        })
    }
}

/// Key of `string`: `string:{handle}:{filter}`.
#[derive(Clone)]
pub struct String {
    /// The scope.
    pub tenant: ::std::string::String,
    /// Which `account`; absent: not restricted.
    pub handle: ::core::option::Option<account::Id>,
    /// The `filter`.
    pub filter: _codegen::Hashed,
}

impl String {
    fn compared(
        &self,
    ) -> (&::std::string::String, ::core::option::Option<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>, &_codegen::Hashed) {
        (&self.tenant, self.handle.as_ref().map(_codegen::scalar::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>), &self.filter)
    }
}

impl ::core::cmp::PartialEq for String {
    fn eq(&self, other: &Self) -> bool {
        self.compared() == other.compared()
    }
}

impl ::core::cmp::Eq for String {}

impl ::core::hash::Hash for String {
    fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
        ::core::hash::Hash::hash(&self.compared(), state);
    }
}

impl ::core::fmt::Debug for String {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_tuple("String").field(&self.compared()).finish()
    }
}

impl _codegen::Key for String {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Perhaps;
    const CACHE: u32 = 1;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> ::core::option::Option<_codegen::Value> {
        Some(_codegen::value::<::std::string::String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![
            _codegen::optional::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>(self.handle.as_ref()),
            _codegen::value::<_codegen::Hashed>(&self.filter),
        ]
    }
}

impl<V> _codegen::Holds<V> for String {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1, P2> _codegen::FromParameters<P, (P0, P1, P2)> for String
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<::std::string::String>>,
    P: _codegen::Parameter<{ _codegen::name("handle") }, P1, Value: _codegen::Give<::core::option::Option<account::Id>>>,
    P: _codegen::Parameter<{ _codegen::name("filter") }, P2, Value: _codegen::Serialize>,
{
    fn from_parameters(parameters: &P) -> ::core::option::Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            handle: _codegen::parameter::<{ _codegen::name("handle") }, _, _, P>(parameters)?,
            filter: _codegen::hashed::<{ _codegen::name("filter") }, _, P>(parameters),
        })
    }
}

/// Key of `member`: `member:{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Member {
    /// The scope.
    pub tenant: ::std::string::String,
    /// Which `membership`.
    pub id: membership::Id,
}

impl _codegen::Key for Member {
    type Tags = MemberTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 2;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> ::core::option::Option<_codegen::Value> {
        Some(_codegen::value::<::std::string::String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<membership::Id>(&self.id)]
    }
}

impl _codegen::Holds<crate::members::Member> for Member {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1> _codegen::FromParameters<P, (P0, P1)> for Member
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<::std::string::String>>,
    P: _codegen::Parameter<{ _codegen::name("id") }, P1, Value: _codegen::Give<membership::Id>>,
{
    fn from_parameters(parameters: &P) -> ::core::option::Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            id: _codegen::parameter::<{ _codegen::name("id") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `member` shows, known from its value.
#[derive(Clone)]
pub struct MemberTags {
    /// Every `badge` it shows.
    pub badges: Vec<badge::Id>,
    /// Its value.
    pub role: ::std::string::String,
}

impl _codegen::Tags for MemberTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![
            _codegen::set::<badge::Id>(&self.badges),
            vec![_codegen::value::<::std::string::String>(&self.role)],
        ]
    }
}

/// Key of `members_by_role`: `role:{role}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MembersByRole {
    /// `membership.role`.
    pub role: ::std::string::String,
}

impl _codegen::Key for MembersByRole {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 3;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<::std::string::String>(&self.role)]
    }
}

impl<V> _codegen::Holds<V> for MembersByRole {}

#[diagnostic::do_not_recommend]
impl<P, P0> _codegen::FromParameters<P, (P0,)> for MembersByRole
where
    P: _codegen::Parameter<{ _codegen::name("role") }, P0, Value: _codegen::Give<::std::string::String>>,
{
    fn from_parameters(parameters: &P) -> ::core::option::Option<Self> {
        Some(Self { role: _codegen::parameter::<{ _codegen::name("role") }, _, _, P>(parameters)? })
    }
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

    /// A change of a `type` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action, MatchState>(
        _codegen::Draft,
        _codegen::PhantomData<(Action, MatchState)>,
    );

    /// A `type` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `type` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::All>, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `type` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Only>, _codegen::Idle> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `type` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `type` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action, MatchState>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action, MatchState> {
        let ids = _codegen::ids::<u32, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    /// A change of a `type` was told its `match`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `type` must be told its `match`",
        label = "`match` is missing",
        note = "what it clears of `members_by_role` depends on `match`",
        note = "in an attribute: `match = ‹value›`; where it is changed `match = before => after`, with `_` for a side that isn't known; from the success value `match = |ok| ok.match`",
        note = "in code: `.r#match(‹value›)` on a create or delete, `.r#match(before, after)` or `.match_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsMatch {}

    impl<How> NeedsMatch for _codegen::Settled<How> {}

    impl<Action, MatchState> Change<Action, MatchState> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self)
        where
            MatchState: NeedsMatch,
        {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply
        where
            MatchState: NeedsMatch,
        {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region>
        where
            MatchState: NeedsMatch,
        {
            _codegen::regions(&super::SCHEMA, &self.0.so_far())
        }

        /// A hint for clients.
        pub fn data(self, data: &impl _codegen::Serialize) -> Self {
            Self(self.0.data(data), self.1)
        }

        /// Clients were told of it by this event: it clears again and tells nobody.
        pub fn same_event(self, ev: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self(self.0.same_event(ev.into()), self.1)
        }

        #[doc(hidden)]
        pub fn __id(self, id: impl _codegen::Identify<Id>) -> Self {
            Self(self.0.identify(_codegen::ids::<u32, Id>(id)), self.1)
        }

        #[doc(hidden)]
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl<
        Action,
        MatchState: NeedsMatch,
    > ::core::convert::From<Change<Action, MatchState>> for _codegen::ErasedChange {
        fn from(change: Change<Action, MatchState>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind, MatchState> Change<_codegen::One<Kind>, MatchState> {
        /// Its `data` when it was created, or until it was deleted.
        pub fn data_(
            self,
            it: impl _codegen::Give<String>,
        ) -> Change<_codegen::One<Kind>, MatchState> {
            Change(self.0.image(0, _codegen::Image::one::<String, String>(it)), _codegen::PhantomData)
        }

        /// Its `match` when it was created, or until it was deleted.
        pub fn r#match(
            self,
            it: impl _codegen::Give<bool>,
        ) -> Change<_codegen::One<Kind>, _codegen::Given> {
            Change(self.0.image(1, _codegen::Image::one::<bool, bool>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields, MatchState: _codegen::Need> Change<_codegen::Two<Fields>, MatchState> {
        /// Its `data` was changed.
        pub fn data_(
            self,
            before: impl _codegen::Give<String>,
            after: impl _codegen::Give<String>,
        ) -> Change<_codegen::Two<Fields>, MatchState::Asked> {
            Change(self.0.moved(0, _codegen::Image::one::<String, String>(before), _codegen::Image::one::<String, String>(after)), _codegen::PhantomData)
        }

        /// Its `data`, which was not changed.
        pub fn data_kept(
            self,
            it: impl _codegen::Give<String>,
        ) -> Change<_codegen::Two<Fields>, MatchState> {
            Change(self.0.kept(0, _codegen::Image::one::<String, String>(it)), _codegen::PhantomData)
        }

        /// Its `match` was changed.
        pub fn r#match(
            self,
            before: impl _codegen::Give<bool>,
            after: impl _codegen::Give<bool>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given> {
            Change(self.0.moved(1, _codegen::Image::one::<bool, bool>(before), _codegen::Image::one::<bool, bool>(after)), _codegen::PhantomData)
        }

        /// Its `match`, which was not changed.
        pub fn match_kept(
            self,
            it: impl _codegen::Give<bool>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given> {
            Change(self.0.kept(1, _codegen::Image::one::<bool, bool>(it)), _codegen::PhantomData)
        }
    }

    impl<MatchState: _codegen::Need> Change<_codegen::Two<_codegen::Only>, MatchState> {
        #[doc(hidden)]
        pub fn __data(self) -> Change<_codegen::Two<_codegen::Only>, MatchState::Asked> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __match(self) -> Change<_codegen::Two<_codegen::Only>, MatchState::Asked> {
            Change(self.0.set(1), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 0)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<u32>],
        attributes: &[&[_codegen::heard::<String>], &[_codegen::heard::<bool>]],
    };
}

/// Changes of a `account`.
pub mod account {
    use super::_codegen;

    /// What tells one `account` from another.
    pub type Id = crate::ids::Handle;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `account` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `account` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `account` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `account` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `account` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `account` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action> {
        let ids = _codegen::ids::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    impl<Action> Change<Action> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self) {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region> {
            _codegen::regions(&super::SCHEMA, &self.0.so_far())
        }

        /// A hint for clients.
        pub fn data(self, data: &impl _codegen::Serialize) -> Self {
            Self(self.0.data(data), self.1)
        }

        /// Clients were told of it by this event: it clears again and tells nobody.
        pub fn same_event(self, ev: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self(self.0.same_event(ev.into()), self.1)
        }

        /// The scope it happened in; `Unknown`: that of the unit of work.
        pub fn scope(self, scope: impl _codegen::Give<String>) -> Self {
            Self(self.0.scope(_codegen::scope::<String>(scope)), self.1)
        }

        /// It happened in all scopes.
        pub fn scope_all(self) -> Self {
            Self(self.0.scope(_codegen::ChangeScope::All), self.1)
        }

        #[doc(hidden)]
        pub fn __id(self, id: impl _codegen::Identify<Id>) -> Self {
            Self(self.0.identify(_codegen::ids::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, Id>(id)), self.1)
        }

        #[doc(hidden)]
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl<Action> ::core::convert::From<Change<Action>> for _codegen::ErasedChange {
        fn from(change: Change<Action>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind> Change<_codegen::One<Kind>> {
        /// Its `seen` when it was created, or until it was deleted.
        pub fn seen(self, it: impl _codegen::Give<_codegen::Date>) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(0, _codegen::Image::one::<_codegen::Date, _codegen::Date>(it)), _codegen::PhantomData)
        }

        /// Its `since` when it was created, or until it was deleted.
        pub fn since(
            self,
            it: impl _codegen::Give<_codegen::OffsetDateTime>,
        ) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(1, _codegen::Image::one::<_codegen::OffsetDateTime, _codegen::OffsetDateTime>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields> Change<_codegen::Two<Fields>> {
        /// Its `seen` was changed.
        pub fn seen(
            self,
            before: impl _codegen::Give<_codegen::Date>,
            after: impl _codegen::Give<_codegen::Date>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(0, _codegen::Image::one::<_codegen::Date, _codegen::Date>(before), _codegen::Image::one::<_codegen::Date, _codegen::Date>(after)), _codegen::PhantomData)
        }

        /// Its `seen`, which was not changed.
        pub fn seen_kept(
            self,
            it: impl _codegen::Give<_codegen::Date>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(0, _codegen::Image::one::<_codegen::Date, _codegen::Date>(it)), _codegen::PhantomData)
        }

        /// Its `since` was changed.
        pub fn since(
            self,
            before: impl _codegen::Give<_codegen::OffsetDateTime>,
            after: impl _codegen::Give<_codegen::OffsetDateTime>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(1, _codegen::Image::one::<_codegen::OffsetDateTime, _codegen::OffsetDateTime>(before), _codegen::Image::one::<_codegen::OffsetDateTime, _codegen::OffsetDateTime>(after)), _codegen::PhantomData)
        }

        /// Its `since`, which was not changed.
        pub fn since_kept(
            self,
            it: impl _codegen::Give<_codegen::OffsetDateTime>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(1, _codegen::Image::one::<_codegen::OffsetDateTime, _codegen::OffsetDateTime>(it)), _codegen::PhantomData)
        }
    }

    impl Change<_codegen::Two<_codegen::Only>> {
        #[doc(hidden)]
        pub fn __seen(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __since(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 1)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>],
        attributes: &[
            &[_codegen::heard::<_codegen::Date>],
            &[_codegen::heard::<_codegen::OffsetDateTime>],
        ],
    };
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

    #[diagnostic::do_not_recommend]
    impl<P, P0, P1> _codegen::IdentifiedBy<P, (P0, P1)> for Entity
    where
        P: _codegen::Parameter<{ _codegen::name("account") }, P0, Value: _codegen::Give<super::account::Id>>,
        P: _codegen::Parameter<{ _codegen::name("number") }, P1, Value: _codegen::Give<i64>>,
    {
        type Id = Id;

        fn identified_by(parameters: &P) -> _codegen::Side<Id> {
            let known = || Some(Id {
                account: _codegen::parameter::<{ _codegen::name("account") }, _, _, P>(parameters)?,
                number: _codegen::parameter::<{ _codegen::name("number") }, _, _, P>(parameters)?,
            });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    /// A change of a `membership` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `membership` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `membership` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `membership` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `membership` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `membership` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action> {
        let ids = _codegen::ids::<Id, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    impl<Action> Change<Action> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self) {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region> {
            _codegen::regions(&super::SCHEMA, &self.0.so_far())
        }

        /// A hint for clients.
        pub fn data(self, data: &impl _codegen::Serialize) -> Self {
            Self(self.0.data(data), self.1)
        }

        /// Clients were told of it by this event: it clears again and tells nobody.
        pub fn same_event(self, ev: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self(self.0.same_event(ev.into()), self.1)
        }

        /// The scope it happened in; `Unknown`: that of the unit of work.
        pub fn scope(self, scope: impl _codegen::Give<String>) -> Self {
            Self(self.0.scope(_codegen::scope::<String>(scope)), self.1)
        }

        /// It happened in all scopes.
        pub fn scope_all(self) -> Self {
            Self(self.0.scope(_codegen::ChangeScope::All), self.1)
        }

        #[doc(hidden)]
        pub fn __id(self, id: impl _codegen::Identify<Id>) -> Self {
            Self(self.0.identify(_codegen::ids::<Id, Id>(id)), self.1)
        }

        #[doc(hidden)]
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl<Action> ::core::convert::From<Change<Action>> for _codegen::ErasedChange {
        fn from(change: Change<Action>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind> Change<_codegen::One<Kind>> {
        /// Its `account` when it was created, or until it was deleted.
        pub fn account(
            self,
            it: impl _codegen::Give<super::account::Id>,
        ) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(0, _codegen::Image::one::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, super::account::Id>(it)), _codegen::PhantomData)
        }

        /// Its `role` when it was created, or until it was deleted.
        pub fn role(self, it: impl _codegen::Give<String>) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(1, _codegen::Image::one::<String, String>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields> Change<_codegen::Two<Fields>> {
        /// Its `account` was changed.
        pub fn account(
            self,
            before: impl _codegen::Give<super::account::Id>,
            after: impl _codegen::Give<super::account::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(0, _codegen::Image::one::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, super::account::Id>(before), _codegen::Image::one::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, super::account::Id>(after)), _codegen::PhantomData)
        }

        /// Its `account`, which was not changed.
        pub fn account_kept(
            self,
            it: impl _codegen::Give<super::account::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(0, _codegen::Image::one::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, super::account::Id>(it)), _codegen::PhantomData)
        }

        /// Its `role` was changed.
        pub fn role(
            self,
            before: impl _codegen::Give<String>,
            after: impl _codegen::Give<String>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(1, _codegen::Image::one::<String, String>(before), _codegen::Image::one::<String, String>(after)), _codegen::PhantomData)
        }

        /// Its `role`, which was not changed.
        pub fn role_kept(self, it: impl _codegen::Give<String>) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(1, _codegen::Image::one::<String, String>(it)), _codegen::PhantomData)
        }
    }

    impl Change<_codegen::Two<_codegen::Only>> {
        #[doc(hidden)]
        pub fn __account(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __role(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 2)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[
            _codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>,
            _codegen::heard::<i64>,
        ],
        attributes: &[
            &[_codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>],
            &[_codegen::heard::<String>],
        ],
    };
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

    #[diagnostic::do_not_recommend]
    impl<P, P0, P1> _codegen::IdentifiedBy<P, (P0, P1)> for Entity
    where
        P: _codegen::Parameter<{ _codegen::name("membership") }, P0, Value: _codegen::Give<super::membership::Id>>,
        P: _codegen::Parameter<{ _codegen::name("type") }, P1, Value: _codegen::Give<super::r#type::Id>>,
    {
        type Id = Id;

        fn identified_by(parameters: &P) -> _codegen::Side<Id> {
            let known = || Some(Id {
                membership: _codegen::parameter::<{ _codegen::name("membership") }, _, _, P>(parameters)?,
                r#type: _codegen::parameter::<{ _codegen::name("type") }, _, _, P>(parameters)?,
            });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    /// A change of a `badge` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `badge` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `badge` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `badge` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `badge` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `badge` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action> {
        let ids = _codegen::ids::<Id, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    impl<Action> Change<Action> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self) {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region> {
            _codegen::regions(&super::SCHEMA, &self.0.so_far())
        }

        /// A hint for clients.
        pub fn data(self, data: &impl _codegen::Serialize) -> Self {
            Self(self.0.data(data), self.1)
        }

        /// Clients were told of it by this event: it clears again and tells nobody.
        pub fn same_event(self, ev: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self(self.0.same_event(ev.into()), self.1)
        }

        /// The scope it happened in; `Unknown`: that of the unit of work.
        pub fn scope(self, scope: impl _codegen::Give<String>) -> Self {
            Self(self.0.scope(_codegen::scope::<String>(scope)), self.1)
        }

        /// It happened in all scopes.
        pub fn scope_all(self) -> Self {
            Self(self.0.scope(_codegen::ChangeScope::All), self.1)
        }

        #[doc(hidden)]
        pub fn __id(self, id: impl _codegen::Identify<Id>) -> Self {
            Self(self.0.identify(_codegen::ids::<Id, Id>(id)), self.1)
        }

        #[doc(hidden)]
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl<Action> ::core::convert::From<Change<Action>> for _codegen::ErasedChange {
        fn from(change: Change<Action>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind> Change<_codegen::One<Kind>> {
        /// Its `membership` when it was created, or until it was deleted.
        pub fn membership(
            self,
            it: impl _codegen::Give<super::membership::Id>,
        ) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(0, _codegen::Image::one::<super::membership::Id, super::membership::Id>(it)), _codegen::PhantomData)
        }

        /// Its `type` when it was created, or until it was deleted.
        pub fn r#type(
            self,
            it: impl _codegen::Give<super::r#type::Id>,
        ) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(1, _codegen::Image::one::<u32, super::r#type::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields> Change<_codegen::Two<Fields>> {
        /// Its `membership` was changed.
        pub fn membership(
            self,
            before: impl _codegen::Give<super::membership::Id>,
            after: impl _codegen::Give<super::membership::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(0, _codegen::Image::one::<super::membership::Id, super::membership::Id>(before), _codegen::Image::one::<super::membership::Id, super::membership::Id>(after)), _codegen::PhantomData)
        }

        /// Its `membership`, which was not changed.
        pub fn membership_kept(
            self,
            it: impl _codegen::Give<super::membership::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(0, _codegen::Image::one::<super::membership::Id, super::membership::Id>(it)), _codegen::PhantomData)
        }

        /// Its `type` was changed.
        pub fn r#type(
            self,
            before: impl _codegen::Give<super::r#type::Id>,
            after: impl _codegen::Give<super::r#type::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(1, _codegen::Image::one::<u32, super::r#type::Id>(before), _codegen::Image::one::<u32, super::r#type::Id>(after)), _codegen::PhantomData)
        }

        /// Its `type`, which was not changed.
        pub fn type_kept(
            self,
            it: impl _codegen::Give<super::r#type::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(1, _codegen::Image::one::<u32, super::r#type::Id>(it)), _codegen::PhantomData)
        }
    }

    impl Change<_codegen::Two<_codegen::Only>> {
        #[doc(hidden)]
        pub fn __membership(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __type(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        /// Its `label` was set.
        pub fn label(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __label(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(2), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 3)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[
            _codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>,
            _codegen::heard::<i64>,
            _codegen::heard::<u32>,
        ],
        attributes: &[
            &[_codegen::heard::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>>, _codegen::heard::<i64>],
            &[_codegen::heard::<u32>],
            &[],
        ],
    };
}

/// Everything at once.
pub mod system {
    use super::_codegen;

    /// That everything is stale.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change(_codegen::Draft, ());

    /// Every cache of the scope is to be cleared, and clients are to drop all they hold.
    pub fn delete() -> Change {
        let action = _codegen::ErasedAction::Delete;
        Change(_codegen::Draft::new(&_codegen::SYSTEM, action, None, 0), ())
    }

    impl Change {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self) {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region> {
            _codegen::regions(&super::SCHEMA, &self.0.so_far())
        }

        /// A hint for clients.
        pub fn data(self, data: &impl _codegen::Serialize) -> Self {
            Self(self.0.data(data), self.1)
        }

        /// Clients were told of it by this event: it clears again and tells nobody.
        pub fn same_event(self, ev: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self(self.0.same_event(ev.into()), self.1)
        }

        /// The scope it happened in; `Unknown`: that of the unit of work.
        pub fn scope(self, scope: impl _codegen::Give<String>) -> Self {
            Self(self.0.scope(_codegen::scope::<String>(scope)), self.1)
        }

        /// It happened in all scopes.
        pub fn scope_all(self) -> Self {
            Self(self.0.scope(_codegen::ChangeScope::All), self.1)
        }

        /// What is known of it so far.
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl ::core::convert::From<Change> for _codegen::ErasedChange {
        fn from(change: Change) -> Self {
            change.0.finish()
        }
    }
}

/// Clears at once and silently; returns what was cleared.
pub mod invalidate {
    use super::_codegen;

    /// What a change of `type` makes stale.
    pub fn r#type<Action, MatchState>(
        cx: &_codegen::Cachex,
        change: super::r#type::Change<Action, MatchState>,
    ) -> Vec<_codegen::Region>
    where
        MatchState: super::r#type::NeedsMatch,
    {
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
        cx.notify(_codegen::notice(super::r#type::entity(), _codegen::id::<u32, super::r#type::Id>(id), action))
    }

    /// That a `account` was changed.
    pub fn account(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::account::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::account::entity(), _codegen::id::<_codegen::Text<(_codegen::Trim, _codegen::Lower)>, super::account::Id>(id), action))
    }

    /// That a `membership` was changed.
    pub fn membership(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::membership::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::membership::entity(), _codegen::id::<super::membership::Id, super::membership::Id>(id), action))
    }

    /// That a `badge` was changed.
    pub fn badge(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::badge::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::badge::entity(), _codegen::id::<super::badge::Id, super::badge::Id>(id), action))
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
