//! `macro_rules!` of the same file, expanded as rustc would for what items and statements need.
//!
//! Definitions of other files are known where they were given (`foreign`); else linking reads their bodies as they
//! stand. Keeps true: expansion ends ([`LEVELS`], [`MOST`]), and tokens keep their places, so that what a macro writes
//! is found where it is written.

use std::collections::HashMap;

use super::fold::Fold;
use super::lex::{Kind, Token};
use super::parser::{Parser, kw};
use super::tree::Name;

/// How deep macros may expand to macros.
const LEVELS: u32 = 8;
/// How many tokens all expansions of a file may make.
const MOST: usize = 400_000;

/// A definition: for each arm the tokens of its matcher and of its body, delimiters not included.
pub(super) struct Definition {
    arms: Vec<(Vec<Token>, Vec<Token>)>,
}

/// What one hole of a matcher took: tokens, or one entry for each repetition.
#[derive(Debug, Clone)]
enum Taken {
    Tokens(Vec<Token>),
    Many(Vec<Bindings>),
}

type Bindings = HashMap<Name, Taken, Fold>;

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
        let mut out = Vec::new();
        transcribe(body, &bindings, &mut out, MOST - self.macros.made);
        self.macros.made += out.len();
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

/// The length of the tree that begins at an index, by counting: mates of copied tokens are stale.
fn tree(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0usize;
    for (length, token) in tokens.get(at..).unwrap_or_default().iter().enumerate() {
        match token.kind {
            Kind::Open(..) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return length + 1;
        }
    }
    tokens.len().saturating_sub(at)
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

/// One part of a matcher or of a body.
enum Part<'t> {
    Token(Token),
    Hole(Name, Option<Token>),
    Repeat {
        inner: &'t [Token],
        separator: Option<Token>,
        least: usize,
    },
}

/// Reads the part that begins at an index, and how many tokens it has.
fn part(tokens: &[Token], at: usize, in_matcher: bool) -> Option<(Part<'_>, usize)> {
    let token = *tokens.get(at)?;
    if token.kind != Kind::Punct(b'$') {
        return Some((Part::Token(token), 1));
    }
    match tokens.get(at + 1)?.kind {
        Kind::Ident(name)
            if in_matcher
                && tokens
                    .get(at + 2)
                    .is_some_and(|token| token.kind == Kind::Punct(b':')) =>
        {
            Some((Part::Hole(name, tokens.get(at + 3).copied()), 4))
        }
        Kind::Ident(name) if name != kw::CRATE => Some((Part::Hole(name, None), 2)),
        Kind::Open(b'(', _) => {
            let length = tree(tokens, at + 1);
            let inner = tokens.get(at + 2..at + length)?;
            let mut behind = at + 1 + length;
            let mut separator = None;
            if !matches!(tokens.get(behind)?.kind, Kind::Punct(b'*' | b'+' | b'?')) {
                separator = tokens.get(behind).copied();
                behind += 1;
                // `=>` as a separator.
                if !matches!(tokens.get(behind)?.kind, Kind::Punct(b'*' | b'+' | b'?')) {
                    behind += 1;
                }
            }
            let least = usize::from(tokens.get(behind)?.kind == Kind::Punct(b'+'));
            Some((
                Part::Repeat {
                    inner,
                    separator,
                    least,
                },
                behind + 1 - at,
            ))
        }
        _ => Some((Part::Token(token), 1)),
    }
}

fn same(one: &Token, other: &Token) -> bool {
    match (one.kind, other.kind) {
        (Kind::Open(first, _), Kind::Open(second, _)) => first == second,
        (first, second) => first == second,
    }
}

/// Whether an input fits a matcher whole, and what its holes took.
fn matches(matcher: &[Token], input: &[Token]) -> Option<Bindings> {
    let mut bindings = Bindings::default();
    let end = matched(matcher, input, 0, None, &mut bindings, 0)?;
    (end == input.len()).then_some(bindings)
}

fn matched(
    matcher: &[Token],
    input: &[Token],
    from: usize,
    outer: Option<&Token>,
    bindings: &mut Bindings,
    depth: usize,
) -> Option<usize> {
    if depth > 12 {
        return None;
    }
    let (mut at, mut place) = (0, from);
    while at < matcher.len() {
        let (part, length) = part(matcher, at, true)?;
        at += length;
        match part {
            Part::Token(token) => {
                if !same(&token, input.get(place)?) {
                    return None;
                }
                place += 1;
            }
            Part::Hole(name, fragment) => {
                let follows = matcher
                    .get(at)
                    .filter(|token| token.kind != Kind::Punct(b'$'))
                    .or(outer.filter(|_| at >= matcher.len()));
                let length = fragment_length(fragment, input, place, follows)?;
                bindings.insert(
                    name,
                    Taken::Tokens(input.get(place..place + length)?.to_vec()),
                );
                place += length;
            }
            Part::Repeat {
                inner,
                separator,
                least,
            } => {
                let mut many = Vec::new();
                while place < input.len() {
                    let mut one = Bindings::default();
                    let follows = separator.as_ref().or(matcher.get(at));
                    let Some(next) = matched(inner, input, place, follows, &mut one, depth + 1)
                        .filter(|next| *next > place)
                    else {
                        break;
                    };
                    many.push(one);
                    place = next;
                    match separator {
                        Some(separator)
                            if input
                                .get(place)
                                .is_some_and(|token| same(&separator, token)) =>
                        {
                            // A separator that only ends the list belongs to what follows.
                            if matched(
                                inner,
                                input,
                                place + 1,
                                Some(&separator),
                                &mut Bindings::default(),
                                depth + 1,
                            )
                            .is_none_or(|next| next == place + 1)
                            {
                                break;
                            }
                            place += 1;
                        }
                        Some(_) => break,
                        None => {}
                    }
                }
                if many.len() < least {
                    return None;
                }
                for name in holes(inner) {
                    bindings.insert(name, Taken::Many(many.clone()));
                }
            }
        }
    }
    Some(place)
}

fn holes(tokens: &[Token]) -> Vec<Name> {
    let windows = tokens.windows(3);
    windows
        .filter_map(|window| match window {
            [dollar, name, colon] => match (dollar.kind, name.kind, colon.kind) {
                (Kind::Punct(b'$'), Kind::Ident(name), Kind::Punct(b':')) => Some(name),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// How many tokens a fragment takes.
fn fragment_length(
    fragment: Option<Token>,
    input: &[Token],
    at: usize,
    follows: Option<&Token>,
) -> Option<usize> {
    input.get(at)?;
    // These are one tree; the others reach to what follows.
    let single = fragment.is_some_and(|fragment| {
        matches!(
            fragment.kind,
            Kind::Ident(kw::IDENT | kw::TT | kw::BLOCK | kw::LIFETIME | kw::LITERAL)
        )
    });
    if single {
        return Some(tree(input, at));
    }
    let mut length = 0;
    let mut angles = 0i32;
    while let Some(token) = input.get(at + length) {
        let stops = match follows {
            Some(follows) => same(follows, token),
            None => matches!(token.kind, Kind::Punct(b',' | b';')),
        };
        if stops && angles <= 0 && length > 0 {
            break;
        }
        match token.kind {
            Kind::Punct(b'<') => angles += 1,
            Kind::Punct(b'>') => angles -= 1,
            _ => {}
        }
        length += tree(input, at + length);
    }
    (length > 0).then_some(length)
}

fn transcribe(body: &[Token], bindings: &Bindings, out: &mut Vec<Token>, most: usize) {
    let mut at = 0;
    while let Some((part, length)) = part(body, at, false) {
        at += length;
        if out.len() > most {
            return;
        }
        match part {
            Part::Token(token) => out.push(token),
            Part::Hole(name, _) => match bindings.get(&name) {
                Some(Taken::Tokens(tokens)) => out.extend(tokens),
                _ => out.extend(body.get(at - length..at).unwrap_or_default()),
            },
            Part::Repeat {
                inner, separator, ..
            } => {
                let names = used(inner);
                let rounds = names.iter().find_map(|name| match bindings.get(name) {
                    Some(Taken::Many(many)) => Some(many),
                    _ => None,
                });
                for (index, round) in rounds.into_iter().flatten().enumerate() {
                    if index > 0 {
                        out.extend(separator);
                    }
                    let mut all = bindings.clone();
                    all.extend(round.iter().map(|(name, taken)| (*name, taken.clone())));
                    transcribe(inner, &all, out, most);
                }
            }
        }
    }
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
