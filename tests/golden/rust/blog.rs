#[doc(hidden)]
pub use ::cachex::codegen as _codegen;

/// one post with the names of its category and type, and its pictures
/// (cache `post_by_id`, key `post:{id}`)
pub type PostById = _keys::KeyId<_caches::post_by_id>;

/// What an entry of `post_by_id` shows, known from its value.
pub type PostByIdTags = _tags::TagsCategoryTypePicture<(_codegen::Maybe<_codegen::Plain<category::Id>>, (_codegen::Maybe<_codegen::Plain<r#type::Id>>, (_codegen::Several<_codegen::Plain<picture::Id>>, ())))>;

impl _codegen::Cached for _caches::post_by_id {
    const INDEX: u32 = 0;
    type Key = (_codegen::Plain<post::Id>, ());
    type Entry = _codegen::Entry<_codegen::Declared<crate::posts::PostView>, PostByIdTags, _codegen::Perhaps>;
    type Made = PostById;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<PostById, crate::posts::PostView> = _codegen::Home::new();
        &HOME
    }
}

/// titles and first pictures, newest first, of one category or of all
/// (cache `posts`, key `posts:{category}`)
pub type Posts = _keys::KeyCategory<_caches::posts>;

/// What an entry of `posts` shows, known from its value.
pub type PostsTags = _tags::TagsItemPicture<(_codegen::Several<_codegen::Plain<post::Id>>, (_codegen::Several<_codegen::Plain<picture::Id>>, ()))>;

impl _codegen::Cached for _caches::posts {
    const INDEX: u32 = 1;
    type Key = (_codegen::Maybe<_codegen::Plain<category::Id>>, ());
    type Entry = _codegen::Entry<_codegen::Declared<crate::posts::PostList>, PostsTags>;
    type Made = Posts;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Posts, crate::posts::PostList> = _codegen::Home::new();
        &HOME
    }
}

/// one page with the name of its layout, and its pictures
/// (cache `page_by_id`, key `page:{id}`)
pub type PageById = _keys::KeyId<_caches::page_by_id>;

/// What an entry of `page_by_id` shows, known from its value.
pub type PageByIdTags = _tags::TagsLayoutPicture<(_codegen::Maybe<_codegen::Plain<layout::Id>>, (_codegen::Several<_codegen::Plain<picture::Id>>, ()))>;

impl _codegen::Cached for _caches::page_by_id {
    const INDEX: u32 = 2;
    type Key = (_codegen::Plain<page::Id>, ());
    type Entry = _codegen::Entry<_codegen::Declared<crate::pages::PageView>, PageByIdTags, _codegen::Perhaps>;
    type Made = PageById;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<PageById, crate::pages::PageView> = _codegen::Home::new();
        &HOME
    }
}

/// titles and first pictures of all pages
/// (cache `pages`, key `pages`)
pub type Pages = _keys::Key<_caches::pages>;

/// The only key of its cache.
#[allow(non_upper_case_globals)]
pub const Pages: Pages = _keys::Key::KEY;

/// What an entry of `pages` shows, known from its value.
pub type PagesTags = _tags::TagsItemPicture<(_codegen::Several<_codegen::Plain<page::Id>>, (_codegen::Several<_codegen::Plain<picture::Id>>, ()))>;

impl _codegen::Cached for _caches::pages {
    const INDEX: u32 = 3;
    type Key = ();
    type Entry = _codegen::Entry<_codegen::Declared<crate::pages::PageList>, PagesTags>;
    type Made = Pages;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Pages, crate::pages::PageList> = _codegen::Home::new();
        &HOME
    }
}

/// what the front page shows, the newest of posts and pages
/// (cache `feed`, key `feed`)
pub type Feed = _keys::Key<_caches::feed>;

/// The only key of its cache.
#[allow(non_upper_case_globals)]
pub const Feed: Feed = _keys::Key::KEY;

impl _codegen::Cached for _caches::feed {
    const INDEX: u32 = 4;
    type Key = ();
    type Entry = _codegen::Entry<_codegen::Declared<crate::feed::Feed>>;
    type Made = Feed;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Feed, crate::feed::Feed> = _codegen::Home::new();
        &HOME
    }
}

/// one picture
/// (cache `picture_by_id`, key `picture:{id}`)
pub type PictureById = _keys::KeyId<_caches::picture_by_id>;

impl _codegen::Cached for _caches::picture_by_id {
    const INDEX: u32 = 5;
    type Key = (_codegen::Plain<picture::Id>, ());
    type Entry = _codegen::Entry<_codegen::Declared<crate::pictures::Picture>, _codegen::NoTags, _codegen::Perhaps>;
    type Made = PictureById;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<PictureById, crate::pictures::Picture> = _codegen::Home::new();
        &HOME
    }
}

/// all pictures, newest first
/// (cache `pictures`, key `pictures`)
pub type Pictures = _keys::Key<_caches::pictures>;

/// The only key of its cache.
#[allow(non_upper_case_globals)]
pub const Pictures: Pictures = _keys::Key::KEY;

impl _codegen::Cached for _caches::pictures {
    const INDEX: u32 = 6;
    type Key = ();
    type Entry = _codegen::Entry<_codegen::Declared<crate::pictures::PictureList>>;
    type Made = Pictures;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Pictures, crate::pictures::PictureList> = _codegen::Home::new();
        &HOME
    }
}

/// all categories by name
/// (cache `categories`, key `categories`)
pub type Categories = _keys::Key<_caches::categories>;

/// The only key of its cache.
#[allow(non_upper_case_globals)]
pub const Categories: Categories = _keys::Key::KEY;

impl _codegen::Cached for _caches::categories {
    const INDEX: u32 = 7;
    type Key = ();
    type Entry = _codegen::Entry<_codegen::Declared<crate::categories::CategoryList>>;
    type Made = Categories;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Categories, crate::categories::CategoryList> = _codegen::Home::new();
        &HOME
    }
}

/// all types of posts by name
/// (cache `types`, key `types`)
pub type Types = _keys::Key<_caches::types>;

/// The only key of its cache.
#[allow(non_upper_case_globals)]
pub const Types: Types = _keys::Key::KEY;

impl _codegen::Cached for _caches::types {
    const INDEX: u32 = 8;
    type Key = ();
    type Entry = _codegen::Entry<_codegen::Declared<crate::types::TypeList>>;
    type Made = Types;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Types, crate::types::TypeList> = _codegen::Home::new();
        &HOME
    }
}

/// all layouts of pages by name
/// (cache `layouts`, key `layouts`)
pub type Layouts = _keys::Key<_caches::layouts>;

/// The only key of its cache.
#[allow(non_upper_case_globals)]
pub const Layouts: Layouts = _keys::Key::KEY;

impl _codegen::Cached for _caches::layouts {
    const INDEX: u32 = 9;
    type Key = ();
    type Entry = _codegen::Entry<_codegen::Declared<crate::layouts::LayoutList>>;
    type Made = Layouts;

    #[inline]
    fn home() -> _codegen::AnyHome {
        static HOME: _codegen::Home<Layouts, crate::layouts::LayoutList> = _codegen::Home::new();
        &HOME
    }
}

/// The caches, which tell apart keys with fields of the same names.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _caches {
    pub enum post_by_id {}
    pub enum posts {}
    pub enum page_by_id {}
    pub enum pages {}
    pub enum feed {}
    pub enum picture_by_id {}
    pub enum pictures {}
    pub enum categories {}
    pub enum types {}
    pub enum layouts {}
}

/// The names of params, as a loader has them.
#[doc(hidden)]
pub mod _params {
    use super::_codegen;

    _codegen::params! {
        category "category" "this loader has no parameter `category: {T}`"
        id "id" "this loader has no parameter `id: {T}`"
    }
}

/// The structs of keys, one for each set of fields.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _keys {
    use super::_codegen;

    _codegen::key!(Key);
    _codegen::key!(KeyCategory { category = "category" });
    _codegen::key!(KeyId { id = "id" });
}

/// The structs of tags, one for each set of fields.
#[doc(hidden)]
pub mod _tags {
    use super::_codegen;

    _codegen::tags!(TagsCategoryTypePicture { category = "category", r#type = "type", picture = "picture" });
    _codegen::tags!(TagsItemPicture { item = "item", picture = "picture" });
    _codegen::tags!(TagsLayoutPicture { layout = "layout", picture = "picture" });
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
        const INDEX: u32 = 0;
        type Identity = _codegen::Plain<Id>;
    }

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

/// Changes of a `type`.
pub mod r#type {
    use super::_codegen;

    /// What tells one `type` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 1;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Has<super::_fields::name> for Entity {
        type Is = _codegen::At<0>;
    }

    /// A change of a `type` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `type` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `type` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `type` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `type` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `type` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
}

/// Changes of a `layout`.
pub mod layout {
    use super::_codegen;

    /// What tells one `layout` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 2;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Has<super::_fields::name> for Entity {
        type Is = _codegen::At<0>;
    }

    impl _codegen::Has<super::_fields::width> for Entity {
        type Is = _codegen::At<1>;
    }

    /// A change of a `layout` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `layout` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `layout` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `layout` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `layout` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `layout` was created, updated or deleted; what isn't told is unknown, and clears more.
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

    impl _codegen::Has<super::_fields::category> for Entity {
        type Is = _codegen::At<0, _codegen::Maybe<_codegen::Plain<super::category::Id>>, _codegen::First, (_codegen::First, ())>;
    }

    impl _codegen::Has<super::_fields::r#type> for Entity {
        type Is = _codegen::At<1, _codegen::Maybe<_codegen::Plain<super::r#type::Id>>>;
    }

    impl _codegen::Has<super::_fields::title> for Entity {
        type Is = _codegen::At<2>;
    }

    impl _codegen::Has<super::_fields::body> for Entity {
        type Is = _codegen::At<3>;
    }

    impl _codegen::Has<super::_fields::published> for Entity {
        type Is = _codegen::At<4, _codegen::Plain<bool>, _codegen::NoPlace, (_codegen::First, ())>;
    }

    /// A change of a `post` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `post` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `post` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Update>, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `post` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>, (_codegen::Idle, ())> {
        super::_changes::begin(id)
    }

    /// A `post` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, (_codegen::Missing, ())> {
        super::_changes::begin(id)
    }

    /// A `post` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, (_codegen::Waived, ())> {
        super::_changes::begin(id)
    }

    /// A change of a `post` was told its `category`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `post` must be told its `category`",
        label = "`category` is missing",
        note = "what it clears of `posts` depends on `category`",
        note = "in an attribute: `category = ‹value›`; where it is changed `category = before => after`, with `_` for a side that isn't known; from the success value `category = |ok| ok.category`",
        note = "in code: `.category(‹value›)` on a create or delete, `.category(before, after)` or `.category_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsCategory {}

    impl<How> NeedsCategory for _codegen::Settled<How> {}

    impl<S0: NeedsCategory> _codegen::Complete<Entity> for (S0, ()) {}
}

/// Changes of a `page`.
pub mod page {
    use super::_codegen;

    /// What tells one `page` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    #[doc(hidden)]
    pub use _codegen::identified_by as __identified_by;

    impl _codegen::Written for Entity {
        const INDEX: u32 = 4;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Has<super::_fields::layout> for Entity {
        type Is = _codegen::At<0, _codegen::Maybe<_codegen::Plain<super::layout::Id>>>;
    }

    impl _codegen::Has<super::_fields::title> for Entity {
        type Is = _codegen::At<1>;
    }

    impl _codegen::Has<super::_fields::body> for Entity {
        type Is = _codegen::At<2>;
    }

    /// A change of a `page` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `page` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        super::_changes::begin(id)
    }

    /// A `page` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Update>> {
        super::_changes::begin(id)
    }

    /// A `page` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>> {
        super::_changes::begin(id)
    }

    /// A `page` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        super::_changes::begin(id)
    }

    /// A `page` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Any>> {
        super::_changes::begin(id)
    }
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
        const INDEX: u32 = 5;
        type Identity = _codegen::Plain<Id>;
    }

    impl _codegen::Has<super::_fields::post> for Entity {
        type Is = _codegen::At<0, _codegen::Maybe<_codegen::Plain<super::post::Id>>, _codegen::First, (_codegen::First, ())>;
    }

    impl _codegen::Has<super::_fields::page> for Entity {
        type Is = _codegen::At<1, _codegen::Maybe<_codegen::Plain<super::page::Id>>, _codegen::Then<_codegen::First>, (_codegen::Then<_codegen::First>, ())>;
    }

    impl _codegen::Has<super::_fields::url> for Entity {
        type Is = _codegen::At<2>;
    }

    impl _codegen::Has<super::_fields::caption> for Entity {
        type Is = _codegen::At<3>;
    }

    /// A change of a `picture` that is being told.
    pub type Change<Action, Told = ()> = super::_changes::Change<Entity, Action, Told>;

    /// A `picture` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, (_codegen::Missing, (_codegen::Missing, ()))> {
        super::_changes::begin(id)
    }

    /// A `picture` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Update>, (_codegen::Missing, (_codegen::Missing, ()))> {
        super::_changes::begin(id)
    }

    /// A `picture` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::UpdateOnly>, (_codegen::Idle, (_codegen::Idle, ()))> {
        super::_changes::begin(id)
    }

    /// A `picture` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, (_codegen::Waived, (_codegen::Waived, ()))> {
        super::_changes::begin(id)
    }

    /// A `picture` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, (_codegen::Waived, (_codegen::Waived, ()))> {
        super::_changes::begin(id)
    }

    /// A change of a `picture` was told its `post`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `picture` must be told its `post`",
        label = "`post` is missing",
        note = "what `create` or `update` clears of `post_by_id`, `posts` depends on `post`",
        note = "in an attribute: `post = ‹value›`; where it is changed `post = before => after`, with `_` for a side that isn't known; from the success value `post = |ok| ok.post`",
        note = "in code: `.post(‹value›)` on a create or delete, `.post(before, after)` or `.post_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsPost {}

    impl<How> NeedsPost for _codegen::Settled<How> {}

    /// A change of a `picture` was told its `page`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `picture` must be told its `page`",
        label = "`page` is missing",
        note = "what `create` or `update` clears of `page_by_id`, `pages` depends on `page`",
        note = "in an attribute: `page = ‹value›`; where it is changed `page = before => after`, with `_` for a side that isn't known; from the success value `page = |ok| ok.page`",
        note = "in code: `.page(‹value›)` on a create or delete, `.page(before, after)` or `.page_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsPage {}

    impl<How> NeedsPage for _codegen::Settled<How> {}

    impl<S0: NeedsPost, S1: NeedsPage> _codegen::Complete<Entity> for (S0, (S1, ())) {}
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

    _codegen::changes!();

    _codegen::setters! {
        [Entity: _codegen::Written]
        category category_kept category "category"
        layout layout_kept layout "layout"
        page page_kept page "page"
        post post_kept post "post"
        published published_kept published "published"
        r#type type_kept r#type "type"
    }

    _codegen::flags! {
        [Entity: _codegen::Written]
        body body "body"
        caption caption "caption"
        name name "name"
        title title "title"
        url url "url"
        width width "width"
    }
}

/// The names of references and fields.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub mod _fields {
    pub enum body {}
    pub enum caption {}
    pub enum category {}
    pub enum layout {}
    pub enum name {}
    pub enum page {}
    pub enum post {}
    pub enum published {}
    pub enum title {}
    pub enum r#type {}
    pub enum url {}
    pub enum width {}
}

/// Clears at once and silently; returns what was cleared.
pub mod invalidate {
    use super::_codegen;

    /// What a change of `category` makes stale.
    pub fn category<Action>(
        cx: &_codegen::Cachex,
        change: super::category::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `type` makes stale.
    pub fn r#type<Action>(
        cx: &_codegen::Cachex,
        change: super::r#type::Change<Action>,
    ) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }

    /// What a change of `layout` makes stale.
    pub fn layout<Action>(
        cx: &_codegen::Cachex,
        change: super::layout::Change<Action>,
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

    /// What a change of `page` makes stale.
    pub fn page<Action>(
        cx: &_codegen::Cachex,
        change: super::page::Change<Action>,
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

    /// What a change of `system` makes stale.
    pub fn system(cx: &_codegen::Cachex, change: super::system::Change) -> Vec<_codegen::Region> {
        cx.invalidate(change)
    }
}

/// Sends one event and clears nothing. An identity that is `Unknown` means the list as a whole.
pub mod notify {
    use super::_codegen;

    /// That a `category` was changed.
    pub fn category(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::category::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::category::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `type` was changed.
    pub fn r#type(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::r#type::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::r#type::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `layout` was changed.
    pub fn layout(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::layout::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::layout::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `post` was changed.
    pub fn post(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::post::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::post::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `page` was changed.
    pub fn page(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::page::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::page::Entity>(cx, &super::SCHEMA, id, action)
    }

    /// That a `picture` was changed.
    pub fn picture(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::picture::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        _codegen::notify::<super::picture::Entity>(cx, &super::SCHEMA, id, action)
    }
}

/// What `cachex.yaml` says: caches with their facets, and what the changes of each entity clear.
pub static SCHEMA: _codegen::Plan = _codegen::Plan::new(|| {
    _codegen::plan(r"plan 1
namespace blog
cache post_by_id post:{id}
  has id #category? #type? #picture*
  facets id category type picture
  with ttl=600s jitter=10 negative_ttl=30s
cache posts posts:{category}
  has category? #item* #picture*
  facets category item picture
  with ttl=60s jitter=10
cache page_by_id page:{id}
  has id #layout? #picture*
  facets id layout picture
  with ttl=600s jitter=10 negative_ttl=30s
cache pages pages
  has #item* #picture*
  facets item picture
  with ttl=60s jitter=10
cache feed feed
  with ttl=60s jitter=10
cache picture_by_id picture:{id}
  has id
  facets id
  with ttl=600s jitter=10 negative_ttl=30s
cache pictures pictures
  with ttl=60s jitter=10
cache categories categories
  with ttl=600s jitter=10
cache types types
  with ttl=600s jitter=10
cache layouts layouts
  with ttl=600s jitter=10
entity category
  id id:text
  attributes name
  create categories  # categories.depends_on[0]
  update post_by_id category=@ set:name  # post_by_id.depends_on[1]
  update categories  # categories.depends_on[0]
  delete categories  # categories.depends_on[0]
entity type
  id id:text
  attributes name
  create types  # types.depends_on[0]
  update post_by_id type=@ set:name  # post_by_id.depends_on[2]
  update types  # types.depends_on[0]
  delete types  # types.depends_on[0]
entity layout
  id id:text
  attributes name width
  create page_by_id layout=@  # page_by_id.depends_on[1]
  create layouts  # layouts.depends_on[0]
  update page_by_id layout=@  # page_by_id.depends_on[1]
  update layouts  # layouts.depends_on[0]
  delete page_by_id layout=@  # page_by_id.depends_on[1]
  delete layouts  # layouts.depends_on[0]
entity post
  id id:text
  attributes category type title body published
  create post_by_id id=@  # post_by_id.depends_on[0]
  create posts category=category  # posts.depends_on[0]
  create feed  # posts.depends_on[0] → feed.depends_on[0]
  update post_by_id id=@  # post_by_id.depends_on[0]
  update posts category=category set:category,published  # posts.depends_on[0]
  update posts item=@ set:title  # posts.depends_on[1]
  update feed set:category,published  # posts.depends_on[0] → feed.depends_on[0]
  update feed set:title  # posts.depends_on[1] → feed.depends_on[0]
  delete post_by_id id=@  # post_by_id.depends_on[0]
  delete posts category=category  # posts.depends_on[0]
  delete feed  # posts.depends_on[0] → feed.depends_on[0]
entity page
  id id:text
  attributes layout title body
  create page_by_id id=@  # page_by_id.depends_on[0]
  create pages  # pages.depends_on[0]
  create feed  # pages.depends_on[0] → feed.depends_on[1]
  update page_by_id id=@  # page_by_id.depends_on[0]
  update pages set:title  # pages.depends_on[0]
  update feed set:title  # pages.depends_on[0] → feed.depends_on[1]
  delete page_by_id id=@  # page_by_id.depends_on[0]
  delete pages  # pages.depends_on[0]
  delete feed  # pages.depends_on[0] → feed.depends_on[1]
entity picture
  id id:text
  attributes post page url caption
  create post_by_id id=post has:post  # post_by_id.depends_on[3]
  create posts item=post  # posts.depends_on[2]
  create page_by_id id=page has:page  # page_by_id.depends_on[2]
  create pages item=page  # pages.depends_on[1]
  create feed  # posts.depends_on[2] → feed.depends_on[0]
  create picture_by_id id=@  # picture_by_id.depends_on[0]
  create pictures  # pictures.depends_on[0]
  update post_by_id id=post set:post has:post  # post_by_id.depends_on[3]
  update post_by_id picture=@ set:url,caption  # post_by_id.depends_on[4]
  update posts item=post set:post  # posts.depends_on[2]
  update posts picture=@ set:url  # posts.depends_on[3]
  update page_by_id id=page set:page has:page  # page_by_id.depends_on[2]
  update page_by_id picture=@ set:url,caption  # page_by_id.depends_on[3]
  update pages item=page set:page  # pages.depends_on[1]
  update pages picture=@ set:url  # pages.depends_on[2]
  update feed set:post  # posts.depends_on[2] → feed.depends_on[0]
  update feed set:url  # posts.depends_on[3] → feed.depends_on[0]
  update feed set:page  # pages.depends_on[1] → feed.depends_on[1]
  update picture_by_id id=@  # picture_by_id.depends_on[0]
  update pictures  # pictures.depends_on[0]
  delete post_by_id picture=@  # post_by_id.depends_on[4]
  delete posts picture=@  # posts.depends_on[3]
  delete page_by_id picture=@  # page_by_id.depends_on[3]
  delete pages picture=@  # pages.depends_on[2]
  delete feed  # posts.depends_on[3] → feed.depends_on[0]
  delete picture_by_id id=@  # picture_by_id.depends_on[0]
  delete pictures  # pictures.depends_on[0]
")
});
