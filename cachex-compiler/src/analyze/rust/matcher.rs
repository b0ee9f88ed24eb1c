//! Whether tokens fit an arm of `macro_rules!`, and what its holes take.

use super::expand::{Bindings, Taken};
use super::lex::{Kind, Token};
use super::parser::kw;
use super::tree::Name;

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

/// One part of a matcher or of a body.
pub(super) enum Part<'t> {
    Token(Token),
    Hole(Name, Option<Token>),
    Repeat {
        inner: &'t [Token],
        separator: Option<Token>,
        least: usize,
    },
}

/// Reads the part that begins at an index, and how many tokens it has.
pub(super) fn part(tokens: &[Token], at: usize, in_matcher: bool) -> Option<(Part<'_>, usize)> {
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

pub(super) fn same(one: &Token, other: &Token) -> bool {
    match (one.kind, other.kind) {
        (Kind::Open(first, _), Kind::Open(second, _)) => first == second,
        (first, second) => first == second,
    }
}

/// Whether an input fits a matcher whole, and what its holes took.
pub(super) fn matches(matcher: &[Token], input: &[Token]) -> Option<Bindings> {
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
    let first = input.get(at)?.kind;
    // These are one tree, and told by how it begins: an arm that goes through a list piece by piece ends where its
    // fragment does not fit. The others reach to what follows.
    let fits = match fragment.map(|fragment| fragment.kind) {
        Some(Kind::Ident(kw::TT)) => Some(true),
        Some(Kind::Ident(kw::IDENT)) => Some(matches!(first, Kind::Ident(_))),
        Some(Kind::Ident(kw::LIFETIME)) => Some(first == Kind::Lifetime),
        Some(Kind::Ident(kw::BLOCK)) => Some(matches!(first, Kind::Open(b'{', _))),
        Some(Kind::Ident(kw::LITERAL)) => Some(!matches!(
            first,
            Kind::Open(..) | Kind::Lifetime | Kind::End
        )),
        _ => None,
    };
    if let Some(fits) = fits {
        return fits.then(|| tree(input, at));
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
