#[doc(hidden)]
pub use ::cachex::codegen as _codegen;

/// one post with its author's and its category's name
/// (cache `post_by_id`, key `post:{id}`)
pub type PostById = _keys::KeyTenantId<_caches::post_by_id>;

/// What an entry of `post_by_id` shows, known from its value.
pub type PostByIdTags = _tags::TagsAuthorCategory<(_codegen::By<_codegen::Uuid, user::Id>, (_codegen::Maybe<_codegen::Plain<category::Id>>, ()))>;

impl _codegen::Cached for _caches::post_by_id {
    const INDEX: u32 = 0;
    type Key = (_codegen::InScope<_codegen::Plain<String>>, (_codegen::Plain<post::Id>, ()));
    type Entry = _codegen::Entry<_codegen::Declared<crate::posts::PostView>, PostByIdTags>;
    type Made = PostById;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<PostById, crate::posts::PostView> = _codegen::Home::new();
        &HOME
    }
}

/// Key of `post_by_slug`: `slug:{slug}`.
pub type PostBySlug = _keys::KeyTenantSlug<_caches::post_by_slug>;

/// What an entry of `post_by_slug` shows, known from its value.
pub type PostBySlugTags = _tags::TagsId<(_codegen::Plain<post::Id>, ())>;

impl _codegen::Cached for _caches::post_by_slug {
    const INDEX: u32 = 1;
    type Key = (_codegen::InScope<_codegen::Plain<String>>, (_codegen::By<_codegen::Text<_codegen::Lower>, String>, ()));
    type Entry = _codegen::Entry<_codegen::Anything, PostBySlugTags, _codegen::Perhaps>;
    type Made = PostBySlug;
}

/// Key of `posts_by_topic`: `topic:{topic}:{page}`.
pub type PostsByTopic = _keys::KeyTenantTopicPage<_caches::posts_by_topic>;

/// What an entry of `posts_by_topic` shows, known from its value.
pub type PostsByTopicTags = _tags::TagsItem<(_codegen::Several<_codegen::Plain<post::Id>>, ())>;

impl _codegen::Cached for _caches::posts_by_topic {
    const INDEX: u32 = 2;
    type Key = (_codegen::InScope<_codegen::Plain<String>>, (_codegen::Plain<topic::Id>, (_codegen::Plain<u32>, ())));
    type Entry = _codegen::Entry<_codegen::Anything, PostsByTopicTags>;
    type Made = PostsByTopic;
}

/// Key of `post_pages`: `posts:{category}:{page}:{sort}`.
pub type PostPages = _keys::KeyTenantCategoryPageSort<_caches::post_pages>;

/// What an entry of `post_pages` shows, known from its value.
pub type PostPagesTags = _tags::TagsItem<(_codegen::Several<_codegen::Plain<post::Id>>, ())>;

impl _codegen::Cached for _caches::post_pages {
    const INDEX: u32 = 3;
    type Key = (_codegen::InScope<_codegen::Plain<String>>, (_codegen::Maybe<_codegen::Plain<category::Id>>, (_codegen::Plain<u32>, (_codegen::Plain<String>, ()))));
    type Entry = _codegen::Entry<_codegen::Anything, PostPagesTags>;
    type Made = PostPages;
}

/// Key of `feed`: `feed:{user}`.
pub type Feed = _keys::KeyTenantUser<_caches::feed>;

/// What an entry of `feed` shows, known from its value.
pub type FeedTags = _tags::TagsItem<(_codegen::Several<_codegen::Plain<post::Id>>, ())>;

impl _codegen::Cached for _caches::feed {
    const INDEX: u32 = 4;
    type Key = (_codegen::InScope<_codegen::Plain<String>>, (_codegen::By<_codegen::Uuid, user::Id>, ()));
    type Entry = _codegen::Entry<_codegen::Anything, FeedTags>;
    type Made = Feed;
}

/// The caches, which tell apart keys with fields of the same names.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _caches {
    pub enum post_by_id {}
    pub enum post_by_slug {}
    pub enum posts_by_topic {}
    pub enum post_pages {}
    pub enum feed {}
}

/// The names of params, as a loader has them.
#[doc(hidden)]
pub mod _params {
    use super::_codegen;

    _codegen::params! {
        category "category" "this loader has no parameter `category: {T}`"
        id "id" "this loader has no parameter `id: {T}`"
        page "page" "this loader has no parameter `page: {T}`"
        slug "slug" "this loader has no parameter `slug: {T}`"
        sort "sort" "this loader has no parameter `sort: {T}`"
        tenant "tenant" "this loader has no parameter `tenant: {T}`"
        topic "topic" "this loader has no parameter `topic: {T}`"
        user "user" "this loader has no parameter `user: {T}`"
    }
}

/// The structs of keys, one for each set of fields.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _keys {
    use super::_codegen;

    _codegen::key!(KeyTenantCategoryPageSort { tenant = "tenant", category = "category", page = "page", sort = "sort" });
    _codegen::key!(KeyTenantId { tenant = "tenant", id = "id" });
    _codegen::key!(KeyTenantSlug { tenant = "tenant", slug = "slug" });
    _codegen::key!(KeyTenantTopicPage { tenant = "tenant", topic = "topic", page = "page" });
    _codegen::key!(KeyTenantUser { tenant = "tenant", user = "user" });
}

/// The structs of tags, one for each set of fields.
#[doc(hidden)]
pub mod _tags {
    use super::_codegen;

    _codegen::tags!(TagsAuthorCategory { author = "author", category = "category" });
    _codegen::tags!(TagsId { id = "id" });
    _codegen::tags!(TagsItem { item = "item" });
}

/// Changes of a `user`.
pub mod user {
    use super::_codegen;

    /// What tells one `user` from another.
    pub type Id = crate::ids::UserId;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 0;
        type Identity = _codegen::By<_codegen::Uuid, Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::name> for Entity {
        type Is = _codegen::At<0>;
    }

    impl _codegen::Has<super::_fields::avatar> for Entity {
        type Is = _codegen::At<1>;
    }

    /// A change of a `user` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `user` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `user` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `user` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `user` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `user` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Changes of a `category`.
pub mod category {
    use super::_codegen;

    /// What tells one `category` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 1;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::name> for Entity {
        type Is = _codegen::At<0>;
    }

    /// A change of a `category` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `category` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `category` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `category` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `category` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `category` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Changes of a `topic`.
pub mod topic {
    use super::_codegen;

    /// What tells one `topic` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 2;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::label> for Entity {
        type Is = _codegen::At<0>;
    }

    /// A change of a `topic` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `topic` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `topic` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `topic` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `topic` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `topic` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Changes of a `post`.
pub mod post {
    use super::_codegen;

    /// What tells one `post` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 3;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::author> for Entity {
        type Is = _codegen::At<0, _codegen::By<_codegen::Uuid, super::user::Id>>;
    }

    impl _codegen::Has<super::_fields::category> for Entity {
        type Is = _codegen::At<1, _codegen::Maybe<_codegen::Plain<super::category::Id>>, _codegen::First, (_codegen::First, ())>;
    }

    impl _codegen::Has<super::_fields::topics> for Entity {
        type Is = _codegen::At<2, _codegen::Several<_codegen::Plain<super::topic::Id>>, _codegen::Then<_codegen::First>, (_codegen::Then<_codegen::First>, ())>;
    }

    impl _codegen::Has<super::_fields::title> for Entity {
        type Is = _codegen::At<3>;
    }

    impl _codegen::Has<super::_fields::body> for Entity {
        type Is = _codegen::At<4>;
    }

    impl _codegen::Has<super::_fields::likes> for Entity {
        type Is = _codegen::At<5, _codegen::Untyped, _codegen::NoPlace, (_codegen::First, ())>;
    }

    impl _codegen::Has<super::_fields::slug> for Entity {
        type Is = _codegen::At<6, _codegen::By<_codegen::Text<_codegen::Lower>, String>>;
    }

    impl _codegen::Has<super::_fields::published> for Entity {
        type Is = _codegen::At<7, _codegen::Plain<bool>, _codegen::NoPlace, (_codegen::First, ())>;
    }

    /// A change of a `post` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `post` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, (_codegen::Missing, (_codegen::Missing, ()))> {
        super::_changes::begin(id)
    }

    /// A `post` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Update>, (_codegen::Missing, (_codegen::Missing, ()))> {
        super::_changes::begin(id)
    }

    /// A `post` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>, (_codegen::Idle, (_codegen::Idle, ()))> {
        super::_changes::begin(id)
    }

    /// A `post` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, (_codegen::Missing, (_codegen::Missing, ()))> {
        super::_changes::begin(id)
    }

    /// A `post` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, (_codegen::Waived, (_codegen::Waived, ()))> {
        super::_changes::begin(id)
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

    impl<S0: NeedsCategory, S1: NeedsTopics> _codegen::Complete<Entity> for (S0, (S1, ())) {}
}

/// Changes of a `picture`.
pub mod picture {
    use super::_codegen;

    /// What tells one `picture` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 4;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::post> for Entity {
        type Is = _codegen::At<0, _codegen::Maybe<_codegen::Plain<super::post::Id>>, _codegen::First>;
    }

    impl _codegen::Has<super::_fields::url> for Entity {
        type Is = _codegen::At<1>;
    }

    impl _codegen::Has<super::_fields::caption> for Entity {
        type Is = _codegen::At<2>;
    }

    /// A change of a `picture` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `picture` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `picture` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Update>, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `picture` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `picture` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `picture` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, (_codegen::Waived, ())> {
        super::_changes::begin(id)
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

    impl<S0: NeedsPost> _codegen::Complete<Entity> for (S0, ()) {}
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

    impl _codegen::FromTexts for Id {
        fn from_texts(texts: &[Option<String>]) -> Option<_codegen::Value> {
            _codegen::read(&[
                _codegen::heard::<_codegen::Uuid>,
                _codegen::heard::<_codegen::Uuid>,
            ], texts)
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

    /// Parameters that identify a `like`.
    #[diagnostic::on_unimplemented(
        message = "the parameters of this function don't identify a `like`",
        label = "a `like` is identified by `post` and `user`",
        note = "name parameters after them, `post`, `user` or `post_id`, `user_id`, of their types",
        note = "or give it: `id = (post, user)` of expressions over the parameters, `id = |ok| …` from the success value, `each = ids` for several, `id = _` where it isn't known"
    )]
    pub trait Identify<Places> {
        /// The identity.
        fn identify(&self) -> _codegen::Side<Id>;
    }

    #[diagnostic::do_not_recommend]
    impl<P, P0, P1> Identify<(P0, P1)> for P
    where
        P: _codegen::Parameter<{ _codegen::name("post") }, P0>,
        for<'a> &'a <P as _codegen::Parameter<{ _codegen::name("post") }, P0>>::Value: _codegen::Give<super::post::Id>,
        P: _codegen::Parameter<{ _codegen::name("user") }, P1>,
        for<'a> &'a <P as _codegen::Parameter<{ _codegen::name("user") }, P1>>::Value: _codegen::Give<super::user::Id>,
    {
        fn identify(&self) -> _codegen::Side<Id> {
            let known = || Some(Id {
                post: _codegen::Give::<super::post::Id>::give(<P as _codegen::Parameter<{ _codegen::name("post") }, P0>>::parameter(self)).known()?,
                user: _codegen::Give::<super::user::Id>::give(<P as _codegen::Parameter<{ _codegen::name("user") }, P1>>::parameter(self)).known()?,
            });
            known().map_or(_codegen::Side::Unknown, _codegen::Side::Known)
        }
    }

    #[doc(hidden)]
    pub fn __identified_by<Places>(from: &impl Identify<Places>) -> _codegen::Side<Id> {
        from.identify()
    }

    impl _codegen::Written for Entity {
        const INDEX: u32 = 5;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Scoped for Entity {}

    impl _codegen::Has<super::_fields::post> for Entity {
        type Is = _codegen::At<0, _codegen::Plain<super::post::Id>>;
    }

    impl _codegen::Has<super::_fields::user> for Entity {
        type Is = _codegen::At<1, _codegen::By<_codegen::Uuid, super::user::Id>>;
    }

    /// A change of a `like` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `like` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `like` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `like` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `like` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `like` was created, updated or deleted; what isn't told is unknown, and clears more.
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
        author author_kept author "author"
        category category_kept category "category"
        post post_kept post "post"
        published published_kept published "published"
        slug slug_kept slug "slug"
        topics topics_kept topics "topics"
        user user_kept user "user"
    }

    _codegen::flags! {
        [Entity: _codegen::Written]
        avatar avatar "avatar"
        body body "body"
        caption caption "caption"
        label label "label"
        likes likes "likes"
        name name "name"
        title title "title"
        url url "url"
    }
}

/// The names of references and fields.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _fields {
    pub enum author {}
    pub enum avatar {}
    pub enum body {}
    pub enum caption {}
    pub enum category {}
    pub enum label {}
    pub enum likes {}
    pub enum name {}
    pub enum post {}
    pub enum published {}
    pub enum slug {}
    pub enum title {}
    pub enum topics {}
    pub enum url {}
    pub enum user {}
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
    pub fn post<Action, Told: _codegen::Complete<super::post::Entity>>(
        cx: &_codegen::Cachex,
        change: super::post::Change<Action, Told>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `picture` makes stale.
    pub fn picture<Action, Told: _codegen::Complete<super::picture::Entity>>(
        cx: &_codegen::Cachex,
        change: super::picture::Change<Action, Told>,
    ) -> Vec<_codegen::Region> {
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
        _codegen::notify::<super::user::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `category` was changed.
    pub fn category(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::category::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::category::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `topic` was changed.
    pub fn topic(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::topic::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::topic::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `post` was changed.
    pub fn post(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::post::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::post::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `picture` was changed.
    pub fn picture(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::picture::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::picture::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `like` was changed.
    pub fn like(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::like::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::like::Entity>(cx, &super::SCHEMA, id, action)
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
