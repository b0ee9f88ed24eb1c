//! What was understood of an application's Rust sources: functions, the statements in them, who calls whom, and
//! where execution enters. The analyser makes it ([`link`](super::link)); coverage and `cachex facts` read it.
//!
//! Knows nothing of entities, caches or the plan. Keeps true: every id points into its vector, and every vector has an
//! order that depends on the sources alone (file path, then place), not on the order the files came in.

use serde::{Deserialize, Serialize};

use super::graph::Reach;
pub use super::sites::{Form, Operation, Site, Unknown, UnknownKind};
use crate::source::Span;

/// A place in a source file, with the line worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// File and byte range. The file is the id the caller gave it in [`SourceFile`](super::SourceFile).
    pub span: Span,
    /// The line it begins on, from 1.
    pub line: u32,
}

/// Index into [`Facts::functions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FunctionId(pub u32);

/// Index into [`Facts::instances`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InstanceId(pub u32);

/// Index into [`Facts::sites`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SiteId(pub u32);

/// Index into [`Facts::roots`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RootId(pub u32);

/// Everything understood of one set of sources.
///
/// The call graph's nodes are [`Instance`]s: a function as it is used with certain types, or a closure of it that
/// runs on its own (a spawned task, a handler written in place). A function that is not generic has one instance.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Every function that has a body, methods and trait defaults included. Sorted by file path and place.
    pub functions: Vec<Function>,
    /// The nodes of the call graph. Sorted by function, then types.
    pub instances: Vec<Instance>,
    /// Statements that write or read a table: one for each table a statement touches. Sorted by file path and place.
    pub sites: Vec<Site>,
    /// What was not understood: never dropped in silence.
    pub unknowns: Vec<Unknown>,
    /// Where execution enters. Sorted by file path, place and route.
    pub roots: Vec<Root>,
    /// Paths of the files, by [`FileId`](crate::source::FileId), as the caller gave them; sorted by id.
    pub files: Vec<(crate::source::FileId, String)>,
}

/// A function of the sources.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Function {
    /// `crate_name::module::Type::name`; a method of a trait impl has the type, not the trait.
    pub path: String,
    /// The bare name.
    pub name: String,
    /// For a method: the type of the `impl`, or the trait for a default method (canonical path).
    pub owner: Option<String>,
    /// For a method of a trait impl, or a trait default: the trait's canonical path.
    pub trait_path: Option<String>,
    /// Where its name stands (labels point there).
    pub place: Place,
    /// The whole item, attributes not included.
    pub body: Span,
    /// Its attributes in source order, each with its path resolved through `use`.
    pub attributes: Vec<Attribute>,
    /// Attributes of the modules and `impl`s around it, innermost first (`#[cachex::allow(…)]` on a module).
    pub inherited: Vec<Attribute>,
    /// Its parameters, `self` not included.
    pub parameters: Vec<Parameter>,
    /// The return type as written, without spaces; empty for `()`.
    pub returns: String,
    /// Whether facts of others are read off its body: routers it puts together, jobs it hands over, a type that only
    /// the body tells.
    pub tells: bool,
}

/// `#[path(tokens)]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its path, imports resolved: `cachex::invalidates` also where `invalidates` was imported by `use`.
    pub path: String,
    /// What stands between its delimiters (or behind `=`), as written; empty without.
    pub tokens: String,
    /// Where [`Self::tokens`] begins, so that a part of it can be pointed at.
    pub tokens_start: u32,
    /// From `#` to `]`.
    pub place: Place,
}

/// A parameter of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// The names its pattern binds: `Path((a, b))` has two.
    pub names: Vec<String>,
    /// The type as written, without spaces.
    pub ty: String,
    /// The type's canonical path with imports resolved, references dropped, generic arguments kept
    /// (`axum::extract::State<crate_name::App>`); empty where unknown.
    pub resolved: String,
}

/// A node of the call graph.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Instance {
    /// The function it is, or is a part of.
    pub function: FunctionId,
    /// Which part of the function.
    pub part: Part,
    /// The types it is used with (`T = blog::Post`); empty where the function is not generic.
    pub types: String,
    /// Calls in it in source order, nested closures included (but those of another part).
    pub calls: Vec<Call>,
    /// Statements in it, with constants used in it.
    pub sites: Vec<SiteId>,
}

/// Which part of a function an instance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The whole body, but for the parts that are instances of their own.
    Whole,
    /// A closure or async block that is spawned or handed to a router or scheduler.
    Closure(Span),
}

/// One call, or one function value given away.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Call {
    /// The call expression: from the callee's path or the method's name to the closing parenthesis.
    pub place: Place,
    /// What is called.
    pub callee: Callee,
    /// The arguments, receiver not included.
    pub arguments: Vec<Argument>,
    /// How control passes over.
    pub via: Via,
    /// How the callee was found.
    pub resolution: Resolution,
}

/// What a call calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Callee {
    /// A function of these sources. A call of a trait's method has one [`Call`] for each implementation it may mean.
    Instance(InstanceId),
    /// A function outside of them, by canonical path: `sqlx::query`, `tokio::spawn`; a macro has `!` behind it.
    Path(String),
    /// A method outside of them, on a value of a known type.
    Method {
        /// The receiver's type: canonical path with generic arguments, references and smart pointers taken off.
        receiver: String,
        /// The method.
        name: String,
    },
    /// A method on a value whose type was not found.
    Unknown {
        /// The method.
        name: String,
    },
    /// The API that `cachex::schema!` generates: constructors, `invalidate::…`, `notify::…`, and the methods of a
    /// change.
    Schema {
        /// The module that holds the `schema!`, `crate_name::cache`.
        module: String,
        /// The path below it: `post::update`, `invalidate::post`.
        path: String,
        /// For a method on a change: the methods called on it since its constructor, this one last:
        /// `["author", "title", "apply"]`. Empty for the constructor itself.
        chain: Vec<String>,
    },
}

/// One argument of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// As written without spaces; empty for a closure or block.
    pub text: String,
    /// Where. For a closure: calls and statements inside this span are what the callee runs.
    pub span: Span,
    /// What sort of expression.
    pub kind: ArgumentKind,
}

/// What sort of expression an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArgumentKind {
    /// A literal.
    Literal,
    /// A path: a variable, a constant, an enum's variant.
    Path,
    /// A closure or an async block.
    Closure,
    /// Anything else.
    Other,
}

/// How control passes to the callee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Via {
    /// An ordinary call, a method call, or a function value that the callee runs.
    Call,
    /// A spawned task: for coverage it cuts the path, and the callee is a root of its own.
    Spawn,
    /// Given to a router or scheduler: cuts the path, and the callee is a root of its own.
    Register,
}

/// How a callee was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Resolution {
    /// By its path.
    Path,
    /// By the receiver's type.
    Type,
    /// By a trait: through `dyn Trait`, `impl Trait` or a type parameter, to each implementation.
    Trait,
    /// By the method's name alone: the receiver's type is unknown, and only few functions have that name.
    Name,
    /// As a function value.
    Value,
    /// Not found in these sources.
    External,
}

/// Where execution enters.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Root {
    /// What makes it one.
    pub kind: RootKind,
    /// `PATCH /posts/{id}`; `None` where there is none, or it could not be worked out.
    pub route: Option<String>,
    /// The function handed to the router, the resolver, the job's own function.
    pub function: FunctionId,
    /// Where to begin in the call graph.
    pub instance: InstanceId,
    /// Where it was made one: the router's call, the attribute; for `main` its name.
    pub place: Place,
    /// Layers on the route or on a router around it, as calls: `cachex::layer::invalidates!` with its tokens as the
    /// only argument.
    pub layers: Vec<Call>,
}

/// What makes a function a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RootKind {
    /// A route of axum, or of a router named in `check.handlers.routers`.
    Axum,
    /// A route of actix-web (attribute or `web::…().to(f)`).
    Actix,
    /// A route of rocket.
    Rocket,
    /// A route of poem or poem-openapi.
    Poem,
    /// A resolver of async-graphql.
    Graphql,
    /// A method of a tonic service.
    Tonic,
    /// An endpoint of dropshot: a function, or a method of an API's trait.
    Dropshot,
    /// A route of salvo.
    Salvo,
    /// What the framework calls: a method of a foreign trait that nothing here calls, a function made into a service.
    Callback,
    /// A function with an attribute named in `check.handlers.attributes`, or another framework's route attribute.
    Attribute,
    /// A function value given to a scheduler, or to a function named in `check.handlers.jobs`.
    Job,
    /// A task spawned by something that no other root reaches, or by `main`.
    Task,
    /// A function with `#[invalidates]` that nothing known calls.
    Annotated,
    /// `main`: of what it does itself.
    Main,
}

impl RootKind {
    /// Whether it answers requests: what the summary counts as a handler.
    pub fn is_handler(self) -> bool {
        !matches!(self, Self::Job | Self::Task | Self::Annotated | Self::Main)
    }
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Who calls.
    pub caller: InstanceId,
    /// Who is called.
    pub callee: InstanceId,
    /// Where.
    pub place: Place,
    /// How.
    pub via: Via,
}

impl Facts {
    /// The function; every [`FunctionId`] of these facts has one.
    pub fn function(&self, id: FunctionId) -> Option<&Function> {
        self.functions.get(id.0 as usize)
    }

    /// The node of the call graph.
    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.instances.get(id.0 as usize)
    }

    /// The statement.
    pub fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(id.0 as usize)
    }

    /// The path of a file.
    pub fn file(&self, id: crate::source::FileId) -> &str {
        let found = self.files.binary_search_by_key(&id, |(file, _)| *file);
        found
            .ok()
            .and_then(|index| self.files.get(index))
            .map_or("", |(_, path)| path)
    }

    /// What is reached from an instance, over calls of the given sort, with a shortest path to each.
    ///
    /// `follow` says which calls to go over: `|_, call| call.via == Via::Call` stays within one unit of work.
    pub fn reach(&self, from: InstanceId, follow: impl Fn(InstanceId, &Call) -> bool) -> Reach {
        Reach::from(self, from, follow)
    }
}
