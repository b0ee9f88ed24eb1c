//! What is known of a file in two halves: all that stands outside of expressions, and the expressions.
//!
//! Where one function is looked at again, few of the others are asked for what stands in them; so the second half may
//! be read when somebody asks.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::FileFacts;
use super::rust::ParseError;
use super::rust::tree::{Attr, Expr, Item, ItemId, Names};

/// The first half. What it is written as reads back as [`FileFacts`], which want the second ([`FileFacts::later`]).
#[derive(Serialize)]
pub struct Outside<'a> {
    tree: OutsideTree<'a>,
    lines: &'a [u32],
    error: &'a Option<ParseError>,
    shares: bool,
}

/// A [`Tree`](super::rust::tree::Tree), field by field.
#[derive(Serialize)]
struct OutsideTree<'a> {
    names: &'a Names,
    items: &'a [Item],
    top: &'a [ItemId],
    exprs: &'a [Expr],
    attributes: &'a [Attr],
}

/// The second half.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expressions<'a>(Cow<'a, [Expr]>);

impl FileFacts {
    /// The first half.
    pub fn outside(&self) -> Outside<'_> {
        let tree = &self.tree;
        Outside {
            tree: OutsideTree {
                names: &tree.names,
                items: &tree.items,
                top: &tree.top,
                exprs: &[],
                attributes: &tree.attributes,
            },
            lines: &self.lines,
            error: &self.error,
            shares: self.shares,
        }
    }

    /// The second.
    pub fn expressions(&self) -> Expressions<'_> {
        Expressions(Cow::Borrowed(self.tree.exprs()))
    }

    /// The first half, with a way to get the second, which is gone once at most.
    #[must_use]
    pub fn later(
        mut self,
        read: impl Fn() -> Option<Expressions<'static>> + Send + Sync + 'static,
    ) -> Self {
        self.tree.later = Some(Later(Arc::new(Awaited {
            read: Box::new(read),
            list: OnceLock::new(),
        })));
        self
    }

    /// Whether the second half was asked for, and could not be read.
    pub(super) fn is_lost(&self) -> bool {
        let later = self.tree.later.as_ref();
        later.is_some_and(|later| matches!(later.0.list.get(), Some(None)))
    }
}

/// Expressions that are read when somebody asks for them.
#[derive(Clone)]
pub(super) struct Later(Arc<Awaited>);

struct Awaited {
    read: Box<dyn Fn() -> Option<Expressions<'static>> + Send + Sync>,
    list: OnceLock<Option<Vec<Expr>>>,
}

impl Later {
    pub(super) fn exprs(&self) -> &[Expr] {
        let read = || Some((self.0.read)()?.0.into_owned());
        self.0.list.get_or_init(read).as_deref().unwrap_or_default()
    }
}

impl PartialEq for Later {
    fn eq(&self, other: &Self) -> bool {
        self.exprs() == other.exprs()
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Later")
    }
}
