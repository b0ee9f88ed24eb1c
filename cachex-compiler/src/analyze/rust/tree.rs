//! What is kept of a file: items, signatures, and bodies as far as types and calls need them.
//!
//! Expressions stand in one arena per file and name each other by number, so that a tree of any depth is dropped,
//! stored and read back without recursion. Knows nothing of other files.

use serde::{Deserialize, Serialize};

pub(crate) use super::names::Names;
use crate::analyze::sql::Statement;

/// A name: index into [`Tree::names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Name(pub u32);

/// An expression: index into [`Tree::exprs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct ExprId(pub u32);

/// An item: index into [`Tree::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct ItemId(pub u32);

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tree {
    pub names: Names,
    pub items: Vec<Item>,
    /// The items of the file's own level.
    pub top: Vec<ItemId>,
    pub(super) exprs: Vec<Expr>,
    /// `#![…]` of the file.
    pub attributes: Vec<Attr>,
}

impl Tree {
    /// Every expression, by [`ExprId`].
    pub(crate) fn exprs(&self) -> &[Expr] {
        &self.exprs
    }
}

/// A byte range of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(crate) struct Range {
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub kind: ItemKind,
    pub name: Option<Name>,
    pub name_at: Range,
    pub range: Range,
    pub attributes: Vec<Attr>,
    /// `#[cfg(test)]`, `#[test]` and the like.
    pub test: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum ItemKind {
    /// `mod a { … }`, or `mod a;` with the path of its `#[path]`.
    Mod {
        inline: Option<Vec<ItemId>>,
        path: Option<String>,
    },
    Use(Vec<UseLeaf>),
    Fn(Box<FnItem>),
    Struct {
        generics: Generics,
        fields: Vec<FieldDef>,
    },
    Enum {
        generics: Generics,
        variants: Vec<Variant>,
    },
    Alias {
        generics: Generics,
        ty: Option<Ty>,
    },
    Trait {
        generics: Generics,
        supers: Vec<Bound>,
        items: Vec<ItemId>,
    },
    Impl {
        generics: Generics,
        of: Option<Path>,
        ty: Ty,
        items: Vec<ItemId>,
    },
    Const {
        ty: Ty,
        value: Option<ExprId>,
    },
    MacroRules(Vec<MacroArm>),
    /// A macro called where items stand, with what could be read of its tokens as items.
    Macro {
        path: Path,
        items: Vec<ItemId>,
        tokens: Range,
        tables: Vec<TableDef>,
        args: Vec<ExprId>,
    },
}

/// One arm of `macro_rules!`: what its body holds when read as Rust.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MacroArm {
    pub body: ExprId,
    /// The names of its `$name:fragment`s, in order.
    pub holes: Vec<Name>,
    /// Item-like content.
    pub items: Vec<ItemId>,
}

/// One table of Diesel's `table!`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TableDef {
    /// The module's name.
    pub module: Name,
    pub schema: Option<Name>,
    /// `#[sql_name = "…"]`.
    pub sql_name: Option<String>,
    pub columns: Vec<(Name, Option<String>)>,
    pub at: Range,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct UseLeaf {
    pub global: bool,
    pub path: Vec<Name>,
    /// `None` for a glob; `_` imports for its methods only.
    pub alias: Option<Name>,
    pub at: Range,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FnItem {
    pub generics: Generics,
    /// Whether `self` comes first.
    pub method: bool,
    pub params: Vec<Param>,
    pub returns: Option<Ty>,
    pub body: Option<ExprId>,
    /// The return type as written, spaces dropped.
    pub returns_text: String,
    /// Items inside its body, at any depth, with `use`s.
    pub inner: Vec<ItemId>,
    pub is_async: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Param {
    pub pat: Pat,
    pub ty: Ty,
    /// As written, spaces dropped.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FieldDef {
    /// `0`, `1`… for a tuple's are names too.
    pub name: Name,
    pub ty: Ty,
    /// Those of ORMs alone: nobody asks for others, and fields are many.
    pub attributes: Vec<Attr>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Variant {
    pub name: Name,
    pub fields: Vec<FieldDef>,
    pub attributes: Vec<Attr>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Attr {
    pub path: String,
    pub tokens: String,
    pub tokens_start: u32,
    pub range: Range,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Generics {
    pub params: Vec<GenericParam>,
    pub wheres: Vec<(Ty, Vec<Bound>)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct GenericParam {
    pub name: Name,
    pub bounds: Vec<Bound>,
    pub default: Option<Ty>,
}

/// A trait with its arguments; `Fn(A) -> B` has a tuple of the arguments and an associated `Output`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bound {
    pub path: Path,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Path {
    /// `::a::b`.
    pub global: bool,
    /// `<T as Trait>::…`: the type; the segments begin with the trait's, whose number of segments stands beside it.
    pub qualified: Option<Box<(Ty, u32)>>,
    pub segments: Vec<Segment>,
    pub at: Range,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Segment {
    pub name: Name,
    pub args: Vec<Ty>,
    /// `Item = T` among the arguments.
    pub assoc: Vec<(Name, Ty)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Ty {
    Path(Path),
    Ref(Box<Ty>),
    Slice(Box<Ty>),
    Tuple(Vec<Ty>),
    Dyn(Vec<Bound>),
    Impl(Vec<Bound>),
    Fn(Vec<Ty>, Box<Ty>),
    /// `_`, `!`, a macro, or what was not understood.
    Infer,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Pat {
    /// `_`, a literal, a range, `..`.
    Wild,
    Bind {
        name: Name,
        inner: Option<Box<Pat>>,
    },
    Ref(Box<Pat>),
    Tuple(Vec<Pat>),
    Slice(Vec<Pat>),
    /// `Some(x)`, `Path((a, b))`, and unit variants.
    TupleStruct {
        path: Path,
        fields: Vec<Pat>,
    },
    Struct {
        path: Path,
        fields: Vec<(Name, Pat)>,
    },
    Or(Vec<Pat>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Expr {
    pub kind: ExprKind,
    pub range: Range,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum ExprKind {
    Path(Path),
    /// A string literal, with the statements found in it.
    Str {
        text: String,
        statements: Vec<Statement>,
    },
    /// A number or a truth value as written; anything else without a type of interest is `_`.
    Lit(Name),
    Call {
        callee: ExprId,
        args: Vec<ExprId>,
    },
    Method {
        receiver: ExprId,
        name: Name,
        name_at: Range,
        turbofish: Vec<Ty>,
        args: Vec<ExprId>,
    },
    Field {
        base: ExprId,
        name: Name,
    },
    Index {
        base: ExprId,
        index: ExprId,
    },
    Try(ExprId),
    Await(ExprId),
    /// `&x`, `*x`: of the same type for our purposes.
    Same(ExprId),
    /// `-x`, `!x`.
    Unary(ExprId),
    Binary(ExprId, ExprId),
    Assign(ExprId, ExprId),
    Cast(ExprId, Ty),
    Struct {
        path: Path,
        fields: Vec<(Name, ExprId)>,
        rest: Option<ExprId>,
    },
    Tuple(Vec<ExprId>),
    Array(Vec<ExprId>),
    Range(Vec<ExprId>),
    Closure {
        params: Vec<(Pat, Option<Ty>)>,
        body: ExprId,
    },
    /// `async { … }`.
    Async(ExprId),
    Block(Vec<Stmt>),
    If {
        condition: ExprId,
        then: ExprId,
        otherwise: Option<ExprId>,
    },
    Match {
        scrutinee: ExprId,
        arms: Vec<Arm>,
    },
    /// `let` in a condition.
    Let(Pat, ExprId),
    Loop(ExprId),
    While(ExprId, ExprId),
    For {
        pat: Pat,
        over: ExprId,
        body: ExprId,
    },
    /// `return`, `break`, `yield` with or without a value.
    Leave {
        value: Option<ExprId>,
        returns: bool,
    },
    /// A macro's call, its tokens read as expressions as far as that goes.
    Macro {
        path: Path,
        args: Vec<ExprId>,
        text: Option<Box<str>>,
    },
    /// Something that is not read: beyond the depth limit, or no Rust.
    Opaque {
        too_deep: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Arm {
    pub pat: Pat,
    pub guard: Option<ExprId>,
    pub body: ExprId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Stmt {
    Let {
        pat: Pat,
        ty: Option<Ty>,
        value: Option<ExprId>,
        otherwise: Option<ExprId>,
    },
    /// An expression with `;` behind it.
    Semi(ExprId),
    /// An expression without: the block's value when it is the last.
    Expr(ExprId),
}
