#[doc(hidden)]
pub use ::cachex::codegen as _codegen;

/// one post with its author's and its category's name
///
/// Key of `post_by_id`: `post:{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PostById {
    /// The scope.
    pub tenant: String,
    /// Which `post`.
    pub id: post::Id,
}

impl _codegen::Key for PostById {
    type Tags = PostByIdTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 0;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<_codegen::Value> {
        Some(_codegen::value::<String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Uuid>(&self.id)]
    }
}

impl _codegen::Holds<crate::posts::PostView> for PostById {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1> _codegen::FromParameters<P, (P0, P1)> for PostById
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<String>>,
    P: _codegen::Parameter<{ _codegen::name("id") }, P1, Value: _codegen::Give<post::Id>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            id: _codegen::parameter::<{ _codegen::name("id") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `post_by_id` shows, known from its value.
#[derive(Clone)]
pub struct PostByIdTags {
    /// Its `user`.
    pub author: user::Id,
    /// Its `category`, if it has one.
    pub category: Option<category::Id>,
}

impl _codegen::Tags for PostByIdTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![
            vec![_codegen::value::<_codegen::Uuid>(&self.author)],
            vec![_codegen::optional::<_codegen::Uuid>(self.category.as_ref())],
        ]
    }
}

/// Key of `post_by_slug`: `slug:{slug}`.
#[derive(Clone)]
pub struct PostBySlug {
    /// The scope.
    pub tenant: String,
    /// `post.slug`.
    pub slug: String,
}

impl PostBySlug {
    fn compared(&self) -> (&String, _codegen::Text<_codegen::Lower>) {
        (&self.tenant, _codegen::scalar::<_codegen::Text<_codegen::Lower>>(&self.slug))
    }
}

impl ::core::cmp::PartialEq for PostBySlug {
    fn eq(&self, other: &Self) -> bool {
        self.compared() == other.compared()
    }
}

impl ::core::cmp::Eq for PostBySlug {}

impl ::core::hash::Hash for PostBySlug {
    fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
        ::core::hash::Hash::hash(&self.compared(), state);
    }
}

impl ::core::fmt::Debug for PostBySlug {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_tuple("PostBySlug").field(&self.compared()).finish()
    }
}

impl _codegen::Key for PostBySlug {
    type Tags = PostBySlugTags;
    type Presence = _codegen::Perhaps;
    const CACHE: u32 = 1;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<_codegen::Value> {
        Some(_codegen::value::<String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Text<_codegen::Lower>>(&self.slug)]
    }
}

impl<V> _codegen::Holds<V> for PostBySlug {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1> _codegen::FromParameters<P, (P0, P1)> for PostBySlug
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<String>>,
    P: _codegen::Parameter<{ _codegen::name("slug") }, P1, Value: _codegen::Give<String>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            slug: _codegen::parameter::<{ _codegen::name("slug") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `post_by_slug` shows, known from its value.
#[derive(Clone)]
pub struct PostBySlugTags {
    /// Its `post`.
    pub id: post::Id,
}

impl _codegen::Tags for PostBySlugTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![vec![_codegen::value::<_codegen::Uuid>(&self.id)]]
    }
}

/// Key of `posts_by_topic`: `topic:{topic}:{page}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PostsByTopic {
    /// The scope.
    pub tenant: String,
    /// Which `topic`.
    pub topic: topic::Id,
    /// The `page`.
    pub page: u32,
}

impl _codegen::Key for PostsByTopic {
    type Tags = PostsByTopicTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 2;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<_codegen::Value> {
        Some(_codegen::value::<String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Uuid>(&self.topic), _codegen::value::<u32>(&self.page)]
    }
}

impl<V> _codegen::Holds<V> for PostsByTopic {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1, P2> _codegen::FromParameters<P, (P0, P1, P2)> for PostsByTopic
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<String>>,
    P: _codegen::Parameter<{ _codegen::name("topic") }, P1, Value: _codegen::Give<topic::Id>>,
    P: _codegen::Parameter<{ _codegen::name("page") }, P2, Value: _codegen::Give<u32>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            topic: _codegen::parameter::<{ _codegen::name("topic") }, _, _, P>(parameters)?,
            page: _codegen::parameter::<{ _codegen::name("page") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `posts_by_topic` shows, known from its value.
#[derive(Clone)]
pub struct PostsByTopicTags {
    /// Every `post` it shows.
    pub item: Vec<post::Id>,
}

impl _codegen::Tags for PostsByTopicTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![_codegen::set::<_codegen::Uuid>(&self.item)]
    }
}

/// Key of `post_pages`: `posts:{category}:{page}:{sort}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PostPages {
    /// The scope.
    pub tenant: String,
    /// Which `category`; absent: not restricted.
    pub category: Option<category::Id>,
    /// The `page`.
    pub page: u32,
    /// The `sort`.
    pub sort: String,
}

impl _codegen::Key for PostPages {
    type Tags = PostPagesTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 3;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<_codegen::Value> {
        Some(_codegen::value::<String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![
            _codegen::optional::<_codegen::Uuid>(self.category.as_ref()),
            _codegen::value::<u32>(&self.page),
            _codegen::value::<String>(&self.sort),
        ]
    }
}

impl<V> _codegen::Holds<V> for PostPages {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1, P2, P3> _codegen::FromParameters<P, (P0, P1, P2, P3)> for PostPages
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<String>>,
    P: _codegen::Parameter<{ _codegen::name("category") }, P1, Value: _codegen::Give<Option<category::Id>>>,
    P: _codegen::Parameter<{ _codegen::name("page") }, P2, Value: _codegen::Give<u32>>,
    P: _codegen::Parameter<{ _codegen::name("sort") }, P3, Value: _codegen::Give<String>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            category: _codegen::parameter::<{ _codegen::name("category") }, _, _, P>(parameters)?,
            page: _codegen::parameter::<{ _codegen::name("page") }, _, _, P>(parameters)?,
            sort: _codegen::parameter::<{ _codegen::name("sort") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `post_pages` shows, known from its value.
#[derive(Clone)]
pub struct PostPagesTags {
    /// Every `post` it shows.
    pub item: Vec<post::Id>,
}

impl _codegen::Tags for PostPagesTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![_codegen::set::<_codegen::Uuid>(&self.item)]
    }
}

/// Key of `feed`: `feed:{user}`.
#[derive(Clone)]
pub struct Feed {
    /// The scope.
    pub tenant: String,
    /// Which `user`.
    pub user: user::Id,
}

impl Feed {
    fn compared(&self) -> (&String, _codegen::Uuid) {
        (&self.tenant, _codegen::scalar::<_codegen::Uuid>(&self.user))
    }
}

impl ::core::cmp::PartialEq for Feed {
    fn eq(&self, other: &Self) -> bool {
        self.compared() == other.compared()
    }
}

impl ::core::cmp::Eq for Feed {}

impl ::core::hash::Hash for Feed {
    fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
        ::core::hash::Hash::hash(&self.compared(), state);
    }
}

impl ::core::fmt::Debug for Feed {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_tuple("Feed").field(&self.compared()).finish()
    }
}

impl _codegen::Key for Feed {
    type Tags = FeedTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 4;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn scope(&self) -> Option<_codegen::Value> {
        Some(_codegen::value::<String>(&self.tenant))
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Uuid>(&self.user)]
    }
}

impl<V> _codegen::Holds<V> for Feed {}

#[diagnostic::do_not_recommend]
impl<P, P0, P1> _codegen::FromParameters<P, (P0, P1)> for Feed
where
    P: _codegen::Parameter<{ _codegen::name("tenant") }, P0, Value: _codegen::Give<String>>,
    P: _codegen::Parameter<{ _codegen::name("user") }, P1, Value: _codegen::Give<user::Id>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self {
            tenant: _codegen::parameter::<{ _codegen::name("tenant") }, _, _, P>(parameters)?,
            user: _codegen::parameter::<{ _codegen::name("user") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `feed` shows, known from its value.
#[derive(Clone)]
pub struct FeedTags {
    /// Every `post` it shows.
    pub item: Vec<post::Id>,
}

impl _codegen::Tags for FeedTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![_codegen::set::<_codegen::Uuid>(&self.item)]
    }
}

/// Changes of a `user`.
pub mod user {
    use super::_codegen;

    /// What tells one `user` from another.
    pub type Id = crate::ids::UserId;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `user` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `user` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `user` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `user` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `user` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `user` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
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
            Self(self.0.identify(_codegen::ids::<_codegen::Uuid, Id>(id)), self.1)
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

    impl Change<_codegen::Two<_codegen::Only>> {
        /// Its `name` was set.
        pub fn name(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __name(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        /// Its `avatar` was set.
        pub fn avatar(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __avatar(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 0)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[&[], &[]],
    };
}

/// Changes of a `category`.
pub mod category {
    use super::_codegen;

    /// What tells one `category` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `category` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `category` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `category` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `category` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `category` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `category` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
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
            Self(self.0.identify(_codegen::ids::<_codegen::Uuid, Id>(id)), self.1)
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

    impl Change<_codegen::Two<_codegen::Only>> {
        /// Its `name` was set.
        pub fn name(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __name(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 1)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[&[]],
    };
}

/// Changes of a `topic`.
pub mod topic {
    use super::_codegen;

    /// What tells one `topic` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `topic` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `topic` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `topic` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `topic` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `topic` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `topic` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
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
            Self(self.0.identify(_codegen::ids::<_codegen::Uuid, Id>(id)), self.1)
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

    impl Change<_codegen::Two<_codegen::Only>> {
        /// Its `label` was set.
        pub fn label(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __label(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 2)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[&[]],
    };
}

/// Changes of a `post`.
pub mod post {
    use super::_codegen;

    /// What tells one `post` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `post` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action, CategoryState, TopicsState>(
        _codegen::Draft,
        _codegen::PhantomData<(Action, CategoryState, TopicsState)>,
    );

    /// A `post` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, _codegen::Missing, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `post` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::All>, _codegen::Missing, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `post` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Only>, _codegen::Idle, _codegen::Idle> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `post` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, _codegen::Missing, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `post` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, _codegen::Waived, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action, CategoryState, TopicsState>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action, CategoryState, TopicsState> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    /// A change of a `post` was told its `category`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `post` must be told its `category`",
        label = "`category` is missing",
        note = "what it clears of `post_pages` depends on `category`",
        note = "in an attribute: `category = ‹value›`; where it is changed `category = before => after`, with `_` for a side that isn't known; from the success value `category = |ok| ok.category`",
        note = "in code: `.category(‹value›)` on a create or delete, `.category(before, after)` or `.category_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsCategory {}

    impl<How> NeedsCategory for _codegen::Settled<How> {}

    /// A change of a `post` was told its `topics`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `post` must be told its `topics`",
        label = "`topics` is missing",
        note = "what it clears of `posts_by_topic` depends on `topics`",
        note = "in an attribute: `topics = ‹value›`; where it is changed `topics = before => after`, with `_` for a side that isn't known; from the success value `topics = |ok| ok.topics`",
        note = "in code: `.topics(‹value›)` on a create or delete, `.topics(before, after)` or `.topics_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsTopics {}

    impl<How> NeedsTopics for _codegen::Settled<How> {}

    impl<Action, CategoryState, TopicsState> Change<Action, CategoryState, TopicsState> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self)
        where
            CategoryState: NeedsCategory,
            TopicsState: NeedsTopics,
        {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply
        where
            CategoryState: NeedsCategory,
            TopicsState: NeedsTopics,
        {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region>
        where
            CategoryState: NeedsCategory,
            TopicsState: NeedsTopics,
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
            Self(self.0.identify(_codegen::ids::<_codegen::Uuid, Id>(id)), self.1)
        }

        #[doc(hidden)]
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl<
        Action,
        CategoryState: NeedsCategory,
        TopicsState: NeedsTopics,
    > ::core::convert::From<Change<Action, CategoryState, TopicsState>> for _codegen::ErasedChange {
        fn from(change: Change<Action, CategoryState, TopicsState>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind, CategoryState, TopicsState> Change<_codegen::One<Kind>, CategoryState, TopicsState> {
        /// Its `author` when it was created, or until it was deleted.
        pub fn author(
            self,
            it: impl _codegen::Give<super::user::Id>,
        ) -> Change<_codegen::One<Kind>, CategoryState, TopicsState> {
            Change(self.0.image(0, _codegen::Image::one::<_codegen::Uuid, super::user::Id>(it)), _codegen::PhantomData)
        }

        /// Its `category` when it was created, or until it was deleted.
        pub fn category(
            self,
            it: impl _codegen::Give<Option<super::category::Id>>,
        ) -> Change<_codegen::One<Kind>, _codegen::Given, TopicsState> {
            Change(self.0.image(1, _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(it)), _codegen::PhantomData)
        }

        /// Its `topics` when it was created, or until it was deleted.
        pub fn topics(
            self,
            it: impl _codegen::Give<_codegen::Many<super::topic::Id>>,
        ) -> Change<_codegen::One<Kind>, CategoryState, _codegen::Given> {
            Change(self.0.image(2, _codegen::Image::many::<_codegen::Uuid, super::topic::Id>(it)), _codegen::PhantomData)
        }

        /// Its `slug` when it was created, or until it was deleted.
        pub fn slug(
            self,
            it: impl _codegen::Give<String>,
        ) -> Change<_codegen::One<Kind>, CategoryState, TopicsState> {
            Change(self.0.image(6, _codegen::Image::one::<_codegen::Text<_codegen::Lower>, String>(it)), _codegen::PhantomData)
        }

        /// Its `published` when it was created, or until it was deleted.
        pub fn published(
            self,
            it: impl _codegen::Give<bool>,
        ) -> Change<_codegen::One<Kind>, CategoryState, TopicsState> {
            Change(self.0.image(7, _codegen::Image::one::<bool, bool>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields, CategoryState: _codegen::Need, TopicsState: _codegen::Need> Change<_codegen::Two<Fields>, CategoryState, TopicsState> {
        /// Its `author` was changed.
        pub fn author(
            self,
            before: impl _codegen::Give<super::user::Id>,
            after: impl _codegen::Give<super::user::Id>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, TopicsState> {
            Change(self.0.moved(0, _codegen::Image::one::<_codegen::Uuid, super::user::Id>(before), _codegen::Image::one::<_codegen::Uuid, super::user::Id>(after)), _codegen::PhantomData)
        }

        /// Its `author`, which was not changed.
        pub fn author_kept(
            self,
            it: impl _codegen::Give<super::user::Id>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, TopicsState> {
            Change(self.0.kept(0, _codegen::Image::one::<_codegen::Uuid, super::user::Id>(it)), _codegen::PhantomData)
        }

        /// Its `category` was changed.
        pub fn category(
            self,
            before: impl _codegen::Give<Option<super::category::Id>>,
            after: impl _codegen::Give<Option<super::category::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given, TopicsState> {
            Change(self.0.moved(1, _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(after)), _codegen::PhantomData)
        }

        /// Its `category`, which was not changed.
        pub fn category_kept(
            self,
            it: impl _codegen::Give<Option<super::category::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given, TopicsState> {
            Change(self.0.kept(1, _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(it)), _codegen::PhantomData)
        }

        /// Its `topics` was changed.
        pub fn topics(
            self,
            before: impl _codegen::Give<_codegen::Many<super::topic::Id>>,
            after: impl _codegen::Give<_codegen::Many<super::topic::Id>>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, _codegen::Given> {
            Change(self.0.moved(2, _codegen::Image::many::<_codegen::Uuid, super::topic::Id>(before), _codegen::Image::many::<_codegen::Uuid, super::topic::Id>(after)), _codegen::PhantomData)
        }

        /// Its `topics`, which was not changed.
        pub fn topics_kept(
            self,
            it: impl _codegen::Give<_codegen::Many<super::topic::Id>>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, _codegen::Given> {
            Change(self.0.kept(2, _codegen::Image::many::<_codegen::Uuid, super::topic::Id>(it)), _codegen::PhantomData)
        }

        /// Its `slug` was changed.
        pub fn slug(
            self,
            before: impl _codegen::Give<String>,
            after: impl _codegen::Give<String>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, TopicsState> {
            Change(self.0.moved(6, _codegen::Image::one::<_codegen::Text<_codegen::Lower>, String>(before), _codegen::Image::one::<_codegen::Text<_codegen::Lower>, String>(after)), _codegen::PhantomData)
        }

        /// Its `slug`, which was not changed.
        pub fn slug_kept(
            self,
            it: impl _codegen::Give<String>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, TopicsState> {
            Change(self.0.kept(6, _codegen::Image::one::<_codegen::Text<_codegen::Lower>, String>(it)), _codegen::PhantomData)
        }

        /// Its `published` was changed.
        pub fn published(
            self,
            before: impl _codegen::Give<bool>,
            after: impl _codegen::Give<bool>,
        ) -> Change<_codegen::Two<Fields>, CategoryState::Asked, TopicsState> {
            Change(self.0.moved(7, _codegen::Image::one::<bool, bool>(before), _codegen::Image::one::<bool, bool>(after)), _codegen::PhantomData)
        }

        /// Its `published`, which was not changed.
        pub fn published_kept(
            self,
            it: impl _codegen::Give<bool>,
        ) -> Change<_codegen::Two<Fields>, CategoryState, TopicsState> {
            Change(self.0.kept(7, _codegen::Image::one::<bool, bool>(it)), _codegen::PhantomData)
        }
    }

    impl<CategoryState: _codegen::Need, TopicsState: _codegen::Need> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
        #[doc(hidden)]
        pub fn __author(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __category(
            self,
        ) -> Change<_codegen::Two<_codegen::Only>, CategoryState::Asked, TopicsState> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __topics(
            self,
        ) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState::Asked> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        /// Its `title` was set.
        pub fn title(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
            Change(self.0.set(3), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __title(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
            Change(self.0.set(3), _codegen::PhantomData)
        }

        /// Its `body` was set.
        pub fn body(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
            Change(self.0.set(4), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __body(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
            Change(self.0.set(4), _codegen::PhantomData)
        }

        /// Its `likes` was set.
        pub fn likes(
            self,
        ) -> Change<_codegen::Two<_codegen::Only>, CategoryState::Asked, TopicsState> {
            Change(self.0.set(5), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __likes(
            self,
        ) -> Change<_codegen::Two<_codegen::Only>, CategoryState::Asked, TopicsState> {
            Change(self.0.set(5), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __slug(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState, TopicsState> {
            Change(self.0.set(6), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __published(
            self,
        ) -> Change<_codegen::Two<_codegen::Only>, CategoryState::Asked, TopicsState> {
            Change(self.0.set(7), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 3)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[
            &[_codegen::heard::<_codegen::Uuid>],
            &[_codegen::heard::<_codegen::Uuid>],
            &[_codegen::heard::<_codegen::Uuid>],
            &[],
            &[],
            &[],
            &[_codegen::heard::<_codegen::Text<_codegen::Lower>>],
            &[_codegen::heard::<bool>],
        ],
    };
}

/// Changes of a `picture`.
pub mod picture {
    use super::_codegen;

    /// What tells one `picture` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `picture` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action, PostState>(
        _codegen::Draft,
        _codegen::PhantomData<(Action, PostState)>,
    );

    /// A `picture` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `picture` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::All>, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `picture` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Only>, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `picture` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `picture` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action, PostState>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action, PostState> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    /// A change of a `picture` was told its `post`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `picture` must be told its `post`",
        label = "`post` is missing",
        note = "what it clears of `post_by_id` depends on `post`",
        note = "in an attribute: `post = ‹value›`; where it is changed `post = before => after`, with `_` for a side that isn't known; from the success value `post = |ok| ok.post`",
        note = "in code: `.post(‹value›)` on a create or delete, `.post(before, after)` or `.post_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsPost {}

    impl<How> NeedsPost for _codegen::Settled<How> {}

    impl<Action, PostState> Change<Action, PostState> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self)
        where
            PostState: NeedsPost,
        {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply
        where
            PostState: NeedsPost,
        {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region>
        where
            PostState: NeedsPost,
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
            Self(self.0.identify(_codegen::ids::<_codegen::Uuid, Id>(id)), self.1)
        }

        #[doc(hidden)]
        pub fn __so_far(&self) -> _codegen::ErasedChange {
            self.0.so_far()
        }
    }

    impl<
        Action,
        PostState: NeedsPost,
    > ::core::convert::From<Change<Action, PostState>> for _codegen::ErasedChange {
        fn from(change: Change<Action, PostState>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind, PostState> Change<_codegen::One<Kind>, PostState> {
        /// Its `post` when it was created, or until it was deleted.
        pub fn post(
            self,
            it: impl _codegen::Give<Option<super::post::Id>>,
        ) -> Change<_codegen::One<Kind>, _codegen::Given> {
            Change(self.0.image(0, _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields, PostState> Change<_codegen::Two<Fields>, PostState> {
        /// Its `post` was changed.
        pub fn post(
            self,
            before: impl _codegen::Give<Option<super::post::Id>>,
            after: impl _codegen::Give<Option<super::post::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given> {
            Change(self.0.moved(0, _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(after)), _codegen::PhantomData)
        }

        /// Its `post`, which was not changed.
        pub fn post_kept(
            self,
            it: impl _codegen::Give<Option<super::post::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given> {
            Change(self.0.kept(0, _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<PostState> Change<_codegen::Two<_codegen::Only>, PostState> {
        #[doc(hidden)]
        pub fn __post(self) -> Change<_codegen::Two<_codegen::Only>, PostState> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        /// Its `url` was set.
        pub fn url(self) -> Change<_codegen::Two<_codegen::Only>, PostState> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __url(self) -> Change<_codegen::Two<_codegen::Only>, PostState> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        /// Its `caption` was set.
        pub fn caption(self) -> Change<_codegen::Two<_codegen::Only>, PostState> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __caption(self) -> Change<_codegen::Two<_codegen::Only>, PostState> {
            Change(self.0.set(2), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 4)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[&[_codegen::heard::<_codegen::Uuid>], &[], &[]],
    };
}

/// Changes of a `like`.
pub mod like {
    use super::_codegen;

    /// What tells one `like` from another.
    #[derive(Clone)]
    pub struct Id {
        /// Its `post`.
        pub post: super::post::Id,
        /// Its `user`.
        pub user: super::user::Id,
    }

    impl _codegen::Encode for Id {
        fn encode(&self) -> _codegen::Value {
            _codegen::compose(&[
                _codegen::value::<_codegen::Uuid>(&self.post),
                _codegen::value::<_codegen::Uuid>(&self.user),
            ])
        }
    }

    impl Id {
        fn compared(&self) -> (&super::post::Id, _codegen::Uuid) {
            (&self.post, _codegen::scalar::<_codegen::Uuid>(&self.user))
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
        C0: Clone + _codegen::Give<super::post::Id>,
        C1: Clone + _codegen::Give<super::user::Id>,
    > _codegen::Give<Id> for (C0, C1) {
        fn give(self) -> _codegen::Side<Id> {
            let known = || Some(Id { post: self.0.give().known()?, user: self.1.give().known()? });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::post::Id>,
        C1: Clone + _codegen::Give<super::user::Id>,
    > _codegen::Identify<Id> for (C0, C1) {
        fn identify(self) -> Option<Vec<Id>> {
            _codegen::Identify::<Id>::identify(_codegen::Give::<Id>::give(self))
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::post::Id>,
        C1: Clone + _codegen::Give<super::user::Id>,
    > _codegen::Give<Id> for &(C0, C1) {
        fn give(self) -> _codegen::Side<Id> {
            _codegen::Give::<Id>::give(self.clone())
        }
    }

    impl<
        C0: Clone + _codegen::Give<super::post::Id>,
        C1: Clone + _codegen::Give<super::user::Id>,
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
        P: _codegen::Parameter<{ _codegen::name("post") }, P0, Value: _codegen::Give<super::post::Id>>,
        P: _codegen::Parameter<{ _codegen::name("user") }, P1, Value: _codegen::Give<super::user::Id>>,
    {
        type Id = Id;

        fn identified_by(parameters: &P) -> _codegen::Side<Id> {
            let known = || Some(Id {
                post: _codegen::parameter::<{ _codegen::name("post") }, _, _, P>(parameters)?,
                user: _codegen::parameter::<{ _codegen::name("user") }, _, _, P>(parameters)?,
            });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    /// A change of a `like` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `like` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `like` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `like` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `like` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `like` was created, updated or deleted; what isn't told is unknown, and clears more.
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
        /// Its `post` when it was created, or until it was deleted.
        pub fn post(self, it: impl _codegen::Give<super::post::Id>) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(0, _codegen::Image::one::<_codegen::Uuid, super::post::Id>(it)), _codegen::PhantomData)
        }

        /// Its `user` when it was created, or until it was deleted.
        pub fn user(self, it: impl _codegen::Give<super::user::Id>) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(1, _codegen::Image::one::<_codegen::Uuid, super::user::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields> Change<_codegen::Two<Fields>> {
        /// Its `post` was changed.
        pub fn post(
            self,
            before: impl _codegen::Give<super::post::Id>,
            after: impl _codegen::Give<super::post::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(0, _codegen::Image::one::<_codegen::Uuid, super::post::Id>(before), _codegen::Image::one::<_codegen::Uuid, super::post::Id>(after)), _codegen::PhantomData)
        }

        /// Its `post`, which was not changed.
        pub fn post_kept(
            self,
            it: impl _codegen::Give<super::post::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(0, _codegen::Image::one::<_codegen::Uuid, super::post::Id>(it)), _codegen::PhantomData)
        }

        /// Its `user` was changed.
        pub fn user(
            self,
            before: impl _codegen::Give<super::user::Id>,
            after: impl _codegen::Give<super::user::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(1, _codegen::Image::one::<_codegen::Uuid, super::user::Id>(before), _codegen::Image::one::<_codegen::Uuid, super::user::Id>(after)), _codegen::PhantomData)
        }

        /// Its `user`, which was not changed.
        pub fn user_kept(
            self,
            it: impl _codegen::Give<super::user::Id>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(1, _codegen::Image::one::<_codegen::Uuid, super::user::Id>(it)), _codegen::PhantomData)
        }
    }

    impl Change<_codegen::Two<_codegen::Only>> {
        #[doc(hidden)]
        pub fn __post(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __user(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 5)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>, _codegen::heard::<_codegen::Uuid>],
        attributes: &[&[_codegen::heard::<_codegen::Uuid>], &[_codegen::heard::<_codegen::Uuid>]],
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

    /// What a change of `user` makes stale.
    pub fn user<Action>(
        cx: &_codegen::Cachex,
        change: super::user::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `category` makes stale.
    pub fn category<Action>(
        cx: &_codegen::Cachex,
        change: super::category::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `topic` makes stale.
    pub fn topic<Action>(
        cx: &_codegen::Cachex,
        change: super::topic::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `post` makes stale.
    pub fn post<Action, CategoryState, TopicsState>(
        cx: &_codegen::Cachex,
        change: super::post::Change<Action, CategoryState, TopicsState>,
    ) -> Vec<_codegen::Region>
    where
        CategoryState: super::post::NeedsCategory,
        TopicsState: super::post::NeedsTopics,
    {
        cx.invalidate(change)
    }

    /// What a change of `picture` makes stale.
    pub fn picture<Action, PostState>(
        cx: &_codegen::Cachex,
        change: super::picture::Change<Action, PostState>,
    ) -> Vec<_codegen::Region>
    where
        PostState: super::picture::NeedsPost,
    {
        cx.invalidate(change)
    }

    /// What a change of `like` makes stale.
    pub fn like<Action>(
        cx: &_codegen::Cachex,
        change: super::like::Change<Action>,
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

    /// That a `user` was changed.
    pub fn user(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::user::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::user::entity(), _codegen::id::<_codegen::Uuid, super::user::Id>(id), action))
    }

    /// That a `category` was changed.
    pub fn category(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::category::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::category::entity(), _codegen::id::<_codegen::Uuid, super::category::Id>(id), action))
    }

    /// That a `topic` was changed.
    pub fn topic(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::topic::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::topic::entity(), _codegen::id::<_codegen::Uuid, super::topic::Id>(id), action))
    }

    /// That a `post` was changed.
    pub fn post(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::post::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::post::entity(), _codegen::id::<_codegen::Uuid, super::post::Id>(id), action))
    }

    /// That a `picture` was changed.
    pub fn picture(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::picture::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::picture::entity(), _codegen::id::<_codegen::Uuid, super::picture::Id>(id), action))
    }

    /// That a `like` was changed.
    pub fn like(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::like::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::like::entity(), _codegen::id::<super::like::Id, super::like::Id>(id), action))
    }
}

/// What `cachex.yaml` says: caches with their facets, and what the changes of each entity clear.
pub static SCHEMA: _codegen::Plan = _codegen::Plan::new(|| {
    _codegen::plan(r"plan 1
namespace blog
scope tenant
cache post_by_id post:{id}
  has id #author #category?
  facets id author category
  with ttl=600s jitter=10 scoped
cache post_by_slug slug:{slug}
  has slug #id
  facets id
  with ttl=600s jitter=10 negative_ttl=30s scoped
cache posts_by_topic topic:{topic}:{page}
  has topic page #item*
  facets topic item
  with ttl=600s jitter=10 scoped
cache post_pages posts:{category}:{page}:{sort}
  has category? page sort #item*
  facets category+sort category item sort
  with ttl=60s jitter=10 scoped
cache feed feed:{user}
  has user #item*
  facets item
  with ttl=60s jitter=10 scoped
entity user scoped
  id id:text
  attributes name avatar
  update post_by_id author=@ set:name,avatar  # post_by_id.depends_on[1]
entity category scoped
  id id:text
  attributes name
  update post_by_id category=@ set:name  # post_by_id.depends_on[2]
entity topic scoped
  id id:text
  attributes label
  update posts_by_topic topic=@ set:label  # posts_by_topic.depends_on[2]
entity post scoped
  id id:text
  attributes author category topics title body likes slug published
  create post_by_id id=@  # post_by_id.depends_on[0]
  create post_by_slug id=@  # post_by_slug.depends_on[0]
  create posts_by_topic topic=topics has:topics  # posts_by_topic.depends_on[0]
  create post_pages category=category  # post_pages.depends_on[0]
  create feed  # post_pages.depends_on[0] → feed.depends_on[0]
  update post_by_id id=@  # post_by_id.depends_on[0]
  update post_by_slug id=@ set:slug  # post_by_slug.depends_on[0]
  update posts_by_topic topic=topics set:topics has:topics  # posts_by_topic.depends_on[0]
  update posts_by_topic item=@ set:title,slug  # posts_by_topic.depends_on[1]
  update post_pages category=category set:category,published  # post_pages.depends_on[0]
  update post_pages item=@ set:title,slug  # post_pages.depends_on[1]
  update post_pages category=category sort='popular set:category,likes  # post_pages.depends_on[2]
  update feed set:category,published  # post_pages.depends_on[0] → feed.depends_on[0]
  update feed item=@ set:title,slug  # post_pages.depends_on[1] → feed.depends_on[0]
  delete post_by_id id=@  # post_by_id.depends_on[0]
  delete post_by_slug id=@  # post_by_slug.depends_on[0]
  delete posts_by_topic topic=topics has:topics  # posts_by_topic.depends_on[0]
  delete post_pages category=category  # post_pages.depends_on[0]
  delete feed  # post_pages.depends_on[0] → feed.depends_on[0]
entity picture scoped
  id id:text
  attributes post url caption
  create post_by_id id=post has:post  # picture.touches[0] → post_by_id.depends_on[0]
  update post_by_id id=post has:post  # picture.touches[0] → post_by_id.depends_on[0]
  delete post_by_id id=post has:post  # picture.touches[0] → post_by_id.depends_on[0]
entity like scoped
  id post:text user:text
  attributes post user
  holds post@0+1 user@1+1
  create post_by_id id=post  # like.touches[0] → post_by_id.depends_on[0]
  create post_pages sort='popular  # like.touches[0] → post_pages.depends_on[2]
  update post_by_id id=post  # like.touches[0] → post_by_id.depends_on[0]
  update post_pages sort='popular  # like.touches[0] → post_pages.depends_on[2]
  delete post_by_id id=post  # like.touches[0] → post_by_id.depends_on[0]
  delete post_pages sort='popular  # like.touches[0] → post_pages.depends_on[2]
")
});
