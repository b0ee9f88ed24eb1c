//! `macro_rules!` of the same file, expanded as rustc would for what items and statements need.
//!
//! Definitions of other files are known where they were given (`foreign`); else linking reads their bodies as they
//! stand. Keeps true: expansion ends ([`LEVELS`], [`MOST`]), and tokens keep their places, so that what a macro writes
//! is found where it is written.

use std::collections::HashMap;

use super::fold::Fold;
use super::lex::{Kind, Token};
use super::matcher::{Part, matches, part};
use super::parser::Parser;
use super::tree::Name;

/// How deep macros may expand to macros: one that goes through a list calls itself for each entry.
const LEVELS: u32 = 32;
/// How many tokens all expansions of a file may make.
const MOST: usize = 400_000;

/// A definition: for each arm the tokens of its matcher and of its body, delimiters not included.
pub(super) struct Definition {
    arms: Vec<(Vec<Token>, Vec<Token>)>,
}

/// What one hole of a matcher took: tokens, or one entry for each repetition.
#[derive(Debug, Clone)]
pub(super) enum Taken {
    Tokens(Vec<Token>),
    Many(Vec<Bindings>),
}

pub(super) type Bindings = HashMap<Name, Taken, Fold>;

/// What state expansion needs in the parser.
#[derive(Default)]
pub(super) struct Macros {
    known: HashMap<Name, Definition, Fold>,
    pub(super) level: u32,
    made: usize,
}

impl Parser<'_> {
    /// Keeps a definition whose braces stand here.
    pub(super) fn define_macro(&mut self, name: Name) {
        let Kind::Open(_, mate) = self.kind(0) else {
            return;
        };
        let tokens = self
            .tokens
            .get(self.at + 1..mate as usize)
            .unwrap_or_default();
        let base = self.at + 1;
        let mut arms = Vec::new();
        let mut at = 0;
        while let Some(Token {
            kind: Kind::Open(_, close),
            ..
        }) = tokens.get(at)
        {
            let close = *close as usize - base;
            let matcher = tokens.get(at + 1..close).unwrap_or_default().to_vec();
            let Some(Token {
                kind: Kind::Open(_, end),
                ..
            }) = tokens.get(close + 3)
            else {
                break;
            };
            let end = *end as usize - base;
            arms.push((
                matcher,
                tokens.get(close + 4..end).unwrap_or_default().to_vec(),
            ));
            at = end + 1;
            while matches!(
                tokens.get(at),
                Some(Token {
                    kind: Kind::Punct(b';'),
                    ..
                })
            ) {
                at += 1;
            }
        }
        self.macros.known.insert(name, Definition { arms });
    }

    /// Reads what a macro of this file expands to for the tokens between the delimiters here; `None` where it is not
    /// known or no arm fits. The parser stands where it stood.
    pub(super) fn expanded<T>(
        &mut self,
        name: Name,
        step: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        let Kind::Open(_, mate) = self.kind(0) else {
            return None;
        };
        if self.macros.level >= LEVELS || self.macros.made > MOST {
            return None;
        }
        let definition = self.macros.known.get(&name)?;
        let input = self.tokens.get(self.at + 1..mate as usize)?;
        let (bindings, body) = definition
            .arms
            .iter()
            .find_map(|(matcher, body)| Some((matches(matcher, input)?, body)))?;
        let mut written = Vec::new();
        let most = MOST - self.macros.made;
        transcribe(body, &mut vec![&bindings], &mut written, most);
        self.macros.made += written.len();
        let mut out = self.pasted(written);
        let end = input.last().map_or(0, |token| token.end);
        out.push(Token {
            kind: Kind::End,
            start: end,
            end,
        });
        mate_again(&mut out)?;
        let (tokens, at) = (
            std::mem::replace(&mut self.tokens, out),
            std::mem::replace(&mut self.at, 0),
        );
        self.macros.level += 1;
        let result = step(self);
        self.macros.level -= 1;
        self.tokens = tokens;
        self.at = at;
        Some(result)
    }
}

fn mate_again(tokens: &mut [Token]) -> Option<()> {
    let mut open = Vec::new();
    for index in 0..tokens.len() {
        match tokens.get(index)?.kind {
            Kind::Open(byte, _) => open.push((index, byte)),
            Kind::Close(_) => {
                let (opened, byte) = open.pop()?;
                tokens.get_mut(opened)?.kind = Kind::Open(byte, u32::try_from(index).ok()?);
            }
            _ => {}
        }
    }
    open.is_empty().then_some(())
}

/// Writes a body with its holes filled from the innermost repetition around them that has them. Scopes lie on each
/// other uncopied: a list's entries may be as many as its rounds.
fn transcribe(body: &[Token], scopes: &mut Vec<&Bindings>, out: &mut Vec<Token>, most: usize) {
    let mut at = 0;
    while let Some((part, length)) = part(body, at, false) {
        at += length;
        if out.len() > most {
            return;
        }
        match part {
            Part::Token(token) => out.push(token),
            Part::Hole(name, _) => match taken(scopes, name) {
                Some(Taken::Tokens(tokens)) => out.extend(tokens),
                _ => out.extend(body.get(at - length..at).unwrap_or_default()),
            },
            Part::Repeat {
                inner, separator, ..
            } => {
                let rounds = used(inner)
                    .into_iter()
                    .find_map(|name| match taken(scopes, name) {
                        Some(Taken::Many(many)) => Some(many),
                        _ => None,
                    });
                for (index, round) in rounds.into_iter().flatten().enumerate() {
                    if index > 0 {
                        out.extend(separator);
                    }
                    scopes.push(round);
                    transcribe(inner, scopes, out, most);
                    scopes.pop();
                }
            }
        }
    }
}

fn taken<'b>(scopes: &[&'b Bindings], name: Name) -> Option<&'b Taken> {
    scopes.iter().rev().find_map(|scope| scope.get(&name))
}

fn used(tokens: &[Token]) -> Vec<Name> {
    let pairs = tokens.windows(2);
    pairs
        .filter_map(|pair| match pair {
            [dollar, name] => match (dollar.kind, name.kind) {
                (Kind::Punct(b'$'), Kind::Ident(name)) => Some(name),
                _ => None,
            },
            _ => None,
        })
        .collect()
}
