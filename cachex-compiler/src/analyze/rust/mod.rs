//! Reads Rust as far as the analysis needs it: tokens, then items and bodies.

mod attribute;
mod chain;
mod control;
mod definition;
mod escape;
mod expand;
mod expr;
mod fold;
mod foreign;
mod generics;
mod glyphs;
mod item;
mod lex;
mod literals;
mod macros;
mod matcher;
mod names;
mod parser;
mod paste;
mod pat;
mod stmt;
pub(crate) mod tree;
mod ty;
mod uses;

pub(crate) use fold::Fold;
pub(crate) use glyphs::{Glyph, glyphs};
pub(super) use item::bound_names;
pub(super) use literals::literals;
pub(crate) use parser::ParseError;
pub(super) use parser::parse;
