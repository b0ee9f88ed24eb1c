//! Reads Rust as far as the analysis needs it: tokens, then items and bodies.

mod attribute;
mod expand;
mod expr;
mod glyphs;
mod item;
mod lex;
mod macros;
mod parser;
mod pat;
mod stmt;
pub(crate) mod tree;
mod ty;

pub(crate) use glyphs::{Glyph, glyphs};
pub(super) use item::bound_names;
pub(crate) use lex::Fold;
pub(crate) use parser::ParseError;
pub(super) use parser::parse;
