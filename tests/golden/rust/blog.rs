#[doc(hidden)]
pub use ::cachex::codegen as _codegen;

/// one post with the names of its category and type, and its pictures
///
/// Key of `post_by_id`: `post:{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PostById {
    /// Which `post`.
    pub id: post::Id,
}

impl _codegen::Key for PostById {
    type Tags = PostByIdTags;
    type Presence = _codegen::Perhaps;
    const CACHE: u32 = 0;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Uuid>(&self.id)]
    }
}

impl _codegen::Holds<crate::posts::PostView> for PostById {}

#[diagnostic::do_not_recommend]
impl<P, P0> _codegen::FromParameters<P, (P0,)> for PostById
where
    P: _codegen::Parameter<{ _codegen::name("id") }, P0, Value: _codegen::Give<post::Id>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self { id: _codegen::parameter::<{ _codegen::name("id") }, _, _, P>(parameters)? })
    }
}

/// What an entry of `post_by_id` shows, known from its value.
#[derive(Clone)]
pub struct PostByIdTags {
    /// Its `category`, if it has one.
    pub category: Option<category::Id>,
    /// Its `type`, if it has one.
    pub r#type: Option<r#type::Id>,
    /// Every `picture` it shows.
    pub picture: Vec<picture::Id>,
}

impl _codegen::Tags for PostByIdTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![
            vec![_codegen::optional::<_codegen::Uuid>(self.category.as_ref())],
            vec![_codegen::optional::<_codegen::Uuid>(self.r#type.as_ref())],
            _codegen::set::<_codegen::Uuid>(&self.picture),
        ]
    }
}

/// titles and first pictures, newest first, of one category or of all
///
/// Key of `posts`: `posts:{category}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Posts {
    /// Which `category`; absent: not restricted.
    pub category: Option<category::Id>,
}

impl _codegen::Key for Posts {
    type Tags = PostsTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 1;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::optional::<_codegen::Uuid>(self.category.as_ref())]
    }
}

impl _codegen::Holds<crate::posts::PostList> for Posts {}

#[diagnostic::do_not_recommend]
impl<P, P0> _codegen::FromParameters<P, (P0,)> for Posts
where
    P: _codegen::Parameter<{ _codegen::name("category") }, P0, Value: _codegen::Give<Option<category::Id>>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self {
            category: _codegen::parameter::<{ _codegen::name("category") }, _, _, P>(parameters)?,
        })
    }
}

/// What an entry of `posts` shows, known from its value.
#[derive(Clone)]
pub struct PostsTags {
    /// Every `post` it shows.
    pub item: Vec<post::Id>,
    /// Every `picture` it shows.
    pub picture: Vec<picture::Id>,
}

impl _codegen::Tags for PostsTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![
            _codegen::set::<_codegen::Uuid>(&self.item),
            _codegen::set::<_codegen::Uuid>(&self.picture),
        ]
    }
}

/// one page with the name of its layout, and its pictures
///
/// Key of `page_by_id`: `page:{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageById {
    /// Which `page`.
    pub id: page::Id,
}

impl _codegen::Key for PageById {
    type Tags = PageByIdTags;
    type Presence = _codegen::Perhaps;
    const CACHE: u32 = 2;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Uuid>(&self.id)]
    }
}

impl _codegen::Holds<crate::pages::PageView> for PageById {}

#[diagnostic::do_not_recommend]
impl<P, P0> _codegen::FromParameters<P, (P0,)> for PageById
where
    P: _codegen::Parameter<{ _codegen::name("id") }, P0, Value: _codegen::Give<page::Id>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self { id: _codegen::parameter::<{ _codegen::name("id") }, _, _, P>(parameters)? })
    }
}

/// What an entry of `page_by_id` shows, known from its value.
#[derive(Clone)]
pub struct PageByIdTags {
    /// Its `layout`, if it has one.
    pub layout: Option<layout::Id>,
    /// Every `picture` it shows.
    pub picture: Vec<picture::Id>,
}

impl _codegen::Tags for PageByIdTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![
            vec![_codegen::optional::<_codegen::Uuid>(self.layout.as_ref())],
            _codegen::set::<_codegen::Uuid>(&self.picture),
        ]
    }
}

/// titles and first pictures of all pages
///
/// Key of `pages`: `pages`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pages;

impl _codegen::Key for Pages {
    type Tags = PagesTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 3;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![]
    }
}

impl _codegen::Holds<crate::pages::PageList> for Pages {}

#[diagnostic::do_not_recommend]
impl<P> _codegen::FromParameters<P, ()> for Pages
{
    fn from_parameters(_: &P) -> Option<Self> {
        Some(Pages)
    }
}

/// What an entry of `pages` shows, known from its value.
#[derive(Clone)]
pub struct PagesTags {
    /// Every `page` it shows.
    pub item: Vec<page::Id>,
    /// Every `picture` it shows.
    pub picture: Vec<picture::Id>,
}

impl _codegen::Tags for PagesTags {
    fn values(&self) -> Vec<Vec<_codegen::Value>> {
        vec![
            _codegen::set::<_codegen::Uuid>(&self.item),
            _codegen::set::<_codegen::Uuid>(&self.picture),
        ]
    }
}

/// what the front page shows, the newest of posts and pages
///
/// Key of `feed`: `feed`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feed;

impl _codegen::Key for Feed {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 4;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![]
    }
}

impl _codegen::Holds<crate::feed::Feed> for Feed {}

#[diagnostic::do_not_recommend]
impl<P> _codegen::FromParameters<P, ()> for Feed
{
    fn from_parameters(_: &P) -> Option<Self> {
        Some(Feed)
    }
}

/// one picture
///
/// Key of `picture_by_id`: `picture:{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureById {
    /// Which `picture`.
    pub id: picture::Id,
}

impl _codegen::Key for PictureById {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Perhaps;
    const CACHE: u32 = 5;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![_codegen::value::<_codegen::Uuid>(&self.id)]
    }
}

impl _codegen::Holds<crate::pictures::Picture> for PictureById {}

#[diagnostic::do_not_recommend]
impl<P, P0> _codegen::FromParameters<P, (P0,)> for PictureById
where
    P: _codegen::Parameter<{ _codegen::name("id") }, P0, Value: _codegen::Give<picture::Id>>,
{
    fn from_parameters(parameters: &P) -> Option<Self> {
        Some(Self { id: _codegen::parameter::<{ _codegen::name("id") }, _, _, P>(parameters)? })
    }
}

/// all pictures, newest first
///
/// Key of `pictures`: `pictures`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pictures;

impl _codegen::Key for Pictures {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 6;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![]
    }
}

impl _codegen::Holds<crate::pictures::PictureList> for Pictures {}

#[diagnostic::do_not_recommend]
impl<P> _codegen::FromParameters<P, ()> for Pictures
{
    fn from_parameters(_: &P) -> Option<Self> {
        Some(Pictures)
    }
}

/// all categories by name
///
/// Key of `categories`: `categories`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Categories;

impl _codegen::Key for Categories {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 7;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![]
    }
}

impl _codegen::Holds<crate::categories::CategoryList> for Categories {}

#[diagnostic::do_not_recommend]
impl<P> _codegen::FromParameters<P, ()> for Categories
{
    fn from_parameters(_: &P) -> Option<Self> {
        Some(Categories)
    }
}

/// all types of posts by name
///
/// Key of `types`: `types`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Types;

impl _codegen::Key for Types {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 8;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![]
    }
}

impl _codegen::Holds<crate::types::TypeList> for Types {}

#[diagnostic::do_not_recommend]
impl<P> _codegen::FromParameters<P, ()> for Types
{
    fn from_parameters(_: &P) -> Option<Self> {
        Some(Types)
    }
}

/// all layouts of pages by name
///
/// Key of `layouts`: `layouts`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Layouts;

impl _codegen::Key for Layouts {
    type Tags = _codegen::NoTags;
    type Presence = _codegen::Always;
    const CACHE: u32 = 9;

    fn schema() -> &'static _codegen::SchemaDef {
        &SCHEMA
    }

    fn params(&self) -> Vec<_codegen::Value> {
        vec![]
    }
}

impl _codegen::Holds<crate::layouts::LayoutList> for Layouts {}

#[diagnostic::do_not_recommend]
impl<P> _codegen::FromParameters<P, ()> for Layouts
{
    fn from_parameters(_: &P) -> Option<Self> {
        Some(Layouts)
    }
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
        _codegen::entity(&super::SCHEMA, 0)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[&[]],
    };
}

/// Changes of a `type`.
pub mod r#type {
    use super::_codegen;

    /// What tells one `type` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `type` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `type` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `type` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `type` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `type` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `type` was created, updated or deleted; what isn't told is unknown, and clears more.
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

/// Changes of a `layout`.
pub mod layout {
    use super::_codegen;

    /// What tells one `layout` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `layout` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `layout` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `layout` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `layout` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `layout` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `layout` was created, updated or deleted; what isn't told is unknown, and clears more.
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

        /// Its `width` was set.
        pub fn width(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __width(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 2)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[&[], &[]],
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
    pub struct Change<Action, CategoryState>(
        _codegen::Draft,
        _codegen::PhantomData<(Action, CategoryState)>,
    );

    /// A `post` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `post` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::All>, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `post` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Only>, _codegen::Idle> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `post` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `post` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action, CategoryState>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action, CategoryState> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
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

    impl<Action, CategoryState> Change<Action, CategoryState> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self)
        where
            CategoryState: NeedsCategory,
        {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply
        where
            CategoryState: NeedsCategory,
        {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region>
        where
            CategoryState: NeedsCategory,
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
    > ::core::convert::From<Change<Action, CategoryState>> for _codegen::ErasedChange {
        fn from(change: Change<Action, CategoryState>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind, CategoryState> Change<_codegen::One<Kind>, CategoryState> {
        /// Its `category` when it was created, or until it was deleted.
        pub fn category(
            self,
            it: impl _codegen::Give<Option<super::category::Id>>,
        ) -> Change<_codegen::One<Kind>, _codegen::Given> {
            Change(self.0.image(0, _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(it)), _codegen::PhantomData)
        }

        /// Its `type` when it was created, or until it was deleted.
        pub fn r#type(
            self,
            it: impl _codegen::Give<Option<super::r#type::Id>>,
        ) -> Change<_codegen::One<Kind>, CategoryState> {
            Change(self.0.image(1, _codegen::Image::optional::<_codegen::Uuid, super::r#type::Id>(it)), _codegen::PhantomData)
        }

        /// Its `published` when it was created, or until it was deleted.
        pub fn published(
            self,
            it: impl _codegen::Give<bool>,
        ) -> Change<_codegen::One<Kind>, CategoryState> {
            Change(self.0.image(4, _codegen::Image::one::<bool, bool>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields, CategoryState: _codegen::Need> Change<_codegen::Two<Fields>, CategoryState> {
        /// Its `category` was changed.
        pub fn category(
            self,
            before: impl _codegen::Give<Option<super::category::Id>>,
            after: impl _codegen::Give<Option<super::category::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given> {
            Change(self.0.moved(0, _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(after)), _codegen::PhantomData)
        }

        /// Its `category`, which was not changed.
        pub fn category_kept(
            self,
            it: impl _codegen::Give<Option<super::category::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given> {
            Change(self.0.kept(0, _codegen::Image::optional::<_codegen::Uuid, super::category::Id>(it)), _codegen::PhantomData)
        }

        /// Its `type` was changed.
        pub fn r#type(
            self,
            before: impl _codegen::Give<Option<super::r#type::Id>>,
            after: impl _codegen::Give<Option<super::r#type::Id>>,
        ) -> Change<_codegen::Two<Fields>, CategoryState> {
            Change(self.0.moved(1, _codegen::Image::optional::<_codegen::Uuid, super::r#type::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::r#type::Id>(after)), _codegen::PhantomData)
        }

        /// Its `type`, which was not changed.
        pub fn type_kept(
            self,
            it: impl _codegen::Give<Option<super::r#type::Id>>,
        ) -> Change<_codegen::Two<Fields>, CategoryState> {
            Change(self.0.kept(1, _codegen::Image::optional::<_codegen::Uuid, super::r#type::Id>(it)), _codegen::PhantomData)
        }

        /// Its `published` was changed.
        pub fn published(
            self,
            before: impl _codegen::Give<bool>,
            after: impl _codegen::Give<bool>,
        ) -> Change<_codegen::Two<Fields>, CategoryState::Asked> {
            Change(self.0.moved(4, _codegen::Image::one::<bool, bool>(before), _codegen::Image::one::<bool, bool>(after)), _codegen::PhantomData)
        }

        /// Its `published`, which was not changed.
        pub fn published_kept(
            self,
            it: impl _codegen::Give<bool>,
        ) -> Change<_codegen::Two<Fields>, CategoryState> {
            Change(self.0.kept(4, _codegen::Image::one::<bool, bool>(it)), _codegen::PhantomData)
        }
    }

    impl<CategoryState: _codegen::Need> Change<_codegen::Two<_codegen::Only>, CategoryState> {
        #[doc(hidden)]
        pub fn __category(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState::Asked> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __type(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        /// Its `title` was set.
        pub fn title(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __title(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        /// Its `body` was set.
        pub fn body(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState> {
            Change(self.0.set(3), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __body(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState> {
            Change(self.0.set(3), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __published(self) -> Change<_codegen::Two<_codegen::Only>, CategoryState::Asked> {
            Change(self.0.set(4), _codegen::PhantomData)
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
            &[],
            &[],
            &[_codegen::heard::<bool>],
        ],
    };
}

/// Changes of a `page`.
pub mod page {
    use super::_codegen;

    /// What tells one `page` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `page` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action>(_codegen::Draft, _codegen::PhantomData<Action>);

    /// A `page` was created.
    pub fn create(id: impl _codegen::Identify<Id>) -> Change<_codegen::Created> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `page` was updated; all of its fields count as set.
    pub fn update(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::All>> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `page` was updated; which of its fields were set is told one by one.
    pub fn update_only(id: impl _codegen::Identify<Id>) -> Change<_codegen::Two<_codegen::Only>> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `page` was deleted.
    pub fn delete(id: impl _codegen::Identify<Id>) -> Change<_codegen::Deleted> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `page` was created, updated or deleted; what isn't told is unknown, and clears more.
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

    impl<Kind> Change<_codegen::One<Kind>> {
        /// Its `layout` when it was created, or until it was deleted.
        pub fn layout(
            self,
            it: impl _codegen::Give<Option<super::layout::Id>>,
        ) -> Change<_codegen::One<Kind>> {
            Change(self.0.image(0, _codegen::Image::optional::<_codegen::Uuid, super::layout::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields> Change<_codegen::Two<Fields>> {
        /// Its `layout` was changed.
        pub fn layout(
            self,
            before: impl _codegen::Give<Option<super::layout::Id>>,
            after: impl _codegen::Give<Option<super::layout::Id>>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.moved(0, _codegen::Image::optional::<_codegen::Uuid, super::layout::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::layout::Id>(after)), _codegen::PhantomData)
        }

        /// Its `layout`, which was not changed.
        pub fn layout_kept(
            self,
            it: impl _codegen::Give<Option<super::layout::Id>>,
        ) -> Change<_codegen::Two<Fields>> {
            Change(self.0.kept(0, _codegen::Image::optional::<_codegen::Uuid, super::layout::Id>(it)), _codegen::PhantomData)
        }
    }

    impl Change<_codegen::Two<_codegen::Only>> {
        #[doc(hidden)]
        pub fn __layout(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        /// Its `title` was set.
        pub fn title(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __title(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        /// Its `body` was set.
        pub fn body(self) -> Change<_codegen::Two<_codegen::Only>> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __body(self) -> Change<_codegen::Two<_codegen::Only>> {
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

/// Changes of a `picture`.
pub mod picture {
    use super::_codegen;

    /// What tells one `picture` from another.
    pub type Id = _codegen::Uuid;

    /// Stands for the entity where a type is asked for.
    pub enum Entity {}

    /// A change of a `picture` that is being told.
    #[must_use = "a change clears nothing until it is applied or recorded"]
    pub struct Change<Action, PostState, PageState>(
        _codegen::Draft,
        _codegen::PhantomData<(Action, PostState, PageState)>,
    );

    /// A `picture` was created.
    pub fn create(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Created, _codegen::Missing, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Create, 0)
    }

    /// A `picture` was updated; all of its fields count as set.
    pub fn update(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::All>, _codegen::Missing, _codegen::Missing> {
        draft(id, _codegen::ErasedAction::Update, u128::MAX)
    }

    /// A `picture` was updated; which of its fields were set is told one by one.
    pub fn update_only(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Only>, _codegen::Idle, _codegen::Idle> {
        draft(id, _codegen::ErasedAction::Update, 0)
    }

    /// A `picture` was deleted.
    pub fn delete(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Deleted, _codegen::Waived, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Delete, 0)
    }

    /// A `picture` was created, updated or deleted; what isn't told is unknown, and clears more.
    pub fn any(
        id: impl _codegen::Identify<Id>,
    ) -> Change<_codegen::Two<_codegen::Any>, _codegen::Waived, _codegen::Waived> {
        draft(id, _codegen::ErasedAction::Any, u128::MAX)
    }

    fn draft<Action, PostState, PageState>(
        id: impl _codegen::Identify<Id>,
        action: _codegen::ErasedAction,
        set: u128,
    ) -> Change<Action, PostState, PageState> {
        let ids = _codegen::ids::<_codegen::Uuid, Id>(id);
        let draft = _codegen::Draft::new(entity(), action, ids, set);
        Change(draft, _codegen::PhantomData)
    }

    /// A change of a `picture` was told its `post`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `picture` must be told its `post`",
        label = "`post` is missing",
        note = "what it clears of `post_by_id`, `posts` depends on `post`",
        note = "in an attribute: `post = ‹value›`; where it is changed `post = before => after`, with `_` for a side that isn't known; from the success value `post = |ok| ok.post`",
        note = "in code: `.post(‹value›)` on a create or delete, `.post(before, after)` or `.post_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsPost {}

    impl<How> NeedsPost for _codegen::Settled<How> {}

    /// A change of a `picture` was told its `page`, or need not be.
    #[diagnostic::on_unimplemented(
        message = "this change of `picture` must be told its `page`",
        label = "`page` is missing",
        note = "what it clears of `page_by_id`, `pages` depends on `page`",
        note = "in an attribute: `page = ‹value›`; where it is changed `page = before => after`, with `_` for a side that isn't known; from the success value `page = |ok| ok.page`",
        note = "in code: `.page(‹value›)` on a create or delete, `.page(before, after)` or `.page_kept(‹value›)` on an update, with `Unknown` for what isn't known"
    )]
    pub trait NeedsPage {}

    impl<How> NeedsPage for _codegen::Settled<How> {}

    impl<Action, PostState, PageState> Change<Action, PostState, PageState> {
        /// Adds it to the open unit of work; outside one it is applied at once.
        pub fn record(self)
        where
            PostState: NeedsPost,
            PageState: NeedsPage,
        {
            _codegen::record(self.0.finish())
        }

        /// Clears what it makes stale, then tells clients.
        pub async fn apply(self, cx: &_codegen::Cachex) -> _codegen::Apply
        where
            PostState: NeedsPost,
            PageState: NeedsPage,
        {
            cx.apply(self.0.finish()).await
        }

        /// What it would clear; nothing is done.
        pub fn regions(&self) -> ::std::vec::Vec<_codegen::Region>
        where
            PostState: NeedsPost,
            PageState: NeedsPage,
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
        PageState: NeedsPage,
    > ::core::convert::From<Change<Action, PostState, PageState>> for _codegen::ErasedChange {
        fn from(change: Change<Action, PostState, PageState>) -> Self {
            change.0.finish()
        }
    }

    impl<Kind, PostState, PageState> Change<_codegen::One<Kind>, PostState, PageState> {
        /// Its `post` when it was created, or until it was deleted.
        pub fn post(
            self,
            it: impl _codegen::Give<Option<super::post::Id>>,
        ) -> Change<_codegen::One<Kind>, _codegen::Given, PageState> {
            Change(self.0.image(0, _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(it)), _codegen::PhantomData)
        }

        /// Its `page` when it was created, or until it was deleted.
        pub fn page(
            self,
            it: impl _codegen::Give<Option<super::page::Id>>,
        ) -> Change<_codegen::One<Kind>, PostState, _codegen::Given> {
            Change(self.0.image(1, _codegen::Image::optional::<_codegen::Uuid, super::page::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<Fields, PostState: _codegen::Need, PageState: _codegen::Need> Change<_codegen::Two<Fields>, PostState, PageState> {
        /// Its `post` was changed.
        pub fn post(
            self,
            before: impl _codegen::Give<Option<super::post::Id>>,
            after: impl _codegen::Give<Option<super::post::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given, PageState> {
            Change(self.0.moved(0, _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(after)), _codegen::PhantomData)
        }

        /// Its `post`, which was not changed.
        pub fn post_kept(
            self,
            it: impl _codegen::Give<Option<super::post::Id>>,
        ) -> Change<_codegen::Two<Fields>, _codegen::Given, PageState> {
            Change(self.0.kept(0, _codegen::Image::optional::<_codegen::Uuid, super::post::Id>(it)), _codegen::PhantomData)
        }

        /// Its `page` was changed.
        pub fn page(
            self,
            before: impl _codegen::Give<Option<super::page::Id>>,
            after: impl _codegen::Give<Option<super::page::Id>>,
        ) -> Change<_codegen::Two<Fields>, PostState, _codegen::Given> {
            Change(self.0.moved(1, _codegen::Image::optional::<_codegen::Uuid, super::page::Id>(before), _codegen::Image::optional::<_codegen::Uuid, super::page::Id>(after)), _codegen::PhantomData)
        }

        /// Its `page`, which was not changed.
        pub fn page_kept(
            self,
            it: impl _codegen::Give<Option<super::page::Id>>,
        ) -> Change<_codegen::Two<Fields>, PostState, _codegen::Given> {
            Change(self.0.kept(1, _codegen::Image::optional::<_codegen::Uuid, super::page::Id>(it)), _codegen::PhantomData)
        }
    }

    impl<PostState: _codegen::Need, PageState: _codegen::Need> Change<_codegen::Two<_codegen::Only>, PostState, PageState> {
        #[doc(hidden)]
        pub fn __post(self) -> Change<_codegen::Two<_codegen::Only>, PostState::Asked, PageState> {
            Change(self.0.set(0), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __page(self) -> Change<_codegen::Two<_codegen::Only>, PostState, PageState::Asked> {
            Change(self.0.set(1), _codegen::PhantomData)
        }

        /// Its `url` was set.
        pub fn url(self) -> Change<_codegen::Two<_codegen::Only>, PostState, PageState> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __url(self) -> Change<_codegen::Two<_codegen::Only>, PostState, PageState> {
            Change(self.0.set(2), _codegen::PhantomData)
        }

        /// Its `caption` was set.
        pub fn caption(self) -> Change<_codegen::Two<_codegen::Only>, PostState, PageState> {
            Change(self.0.set(3), _codegen::PhantomData)
        }

        #[doc(hidden)]
        pub fn __caption(self) -> Change<_codegen::Two<_codegen::Only>, PostState, PageState> {
            Change(self.0.set(3), _codegen::PhantomData)
        }
    }

    /// What a change clears, and what clients are told.
    pub fn entity() -> &'static _codegen::EntityDef {
        _codegen::entity(&super::SCHEMA, 5)
    }

    #[doc(hidden)]
    pub const __HEARD: _codegen::Heard = _codegen::Heard {
        id: &[_codegen::heard::<_codegen::Uuid>],
        attributes: &[
            &[_codegen::heard::<_codegen::Uuid>],
            &[_codegen::heard::<_codegen::Uuid>],
            &[],
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
    pub fn post<Action, CategoryState>(
        cx: &_codegen::Cachex,
        change: super::post::Change<Action, CategoryState>,
    ) -> Vec<_codegen::Region>
    where
        CategoryState: super::post::NeedsCategory,
    {
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
    pub fn picture<Action, PostState, PageState>(
        cx: &_codegen::Cachex,
        change: super::picture::Change<Action, PostState, PageState>,
    ) -> Vec<_codegen::Region>
    where
        PostState: super::picture::NeedsPost,
        PageState: super::picture::NeedsPage,
    {
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
        cx.notify(_codegen::notice(super::category::entity(), _codegen::id::<_codegen::Uuid, super::category::Id>(id), action))
    }

    /// That a `type` was changed.
    pub fn r#type(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::r#type::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::r#type::entity(), _codegen::id::<_codegen::Uuid, super::r#type::Id>(id), action))
    }

    /// That a `layout` was changed.
    pub fn layout(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::layout::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::layout::entity(), _codegen::id::<_codegen::Uuid, super::layout::Id>(id), action))
    }

    /// That a `post` was changed.
    pub fn post(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::post::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::post::entity(), _codegen::id::<_codegen::Uuid, super::post::Id>(id), action))
    }

    /// That a `page` was changed.
    pub fn page(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::page::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::page::entity(), _codegen::id::<_codegen::Uuid, super::page::Id>(id), action))
    }

    /// That a `picture` was changed.
    pub fn picture(
        cx: &_codegen::Cachex,
        id: impl _codegen::Give<super::picture::Id>,
        action: _codegen::ErasedAction,
    ) -> _codegen::Apply {
        cx.notify(_codegen::notice(super::picture::entity(), _codegen::id::<_codegen::Uuid, super::picture::Id>(id), action))
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
