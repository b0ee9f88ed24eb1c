//! Names that `paste!` puts together: `[<posts _register>]` is `posts_register`.
//!
//! Only names that the file also says in full are put together: another one nobody in it can mean.

use super::lex::{Kind, Token};
use super::parser::Parser;
use super::tree::{Name, Range};

impl Parser<'_> {
    /// Tokens with their pasted names as one token each.
    pub(super) fn pasted(&self, tokens: Vec<Token>) -> Vec<Token> {
        let begins = |pair: &[Token]| matches!(pair, [open, less] if begins(open, less));
        if !tokens.windows(2).any(begins) {
            return tokens;
        }
        let mut out = Vec::with_capacity(tokens.len());
        let mut rest = tokens.as_slice();
        while let Some((token, behind)) = rest.split_first() {
            if let Some((pasted, length)) = self.paste(rest) {
                out.push(pasted);
                rest = rest.get(length..).unwrap_or_default();
            } else {
                out.push(*token);
                rest = behind;
            }
        }
        out
    }

    /// The name pasted together where these tokens begin, and how many tokens it takes.
    fn paste(&self, tokens: &[Token]) -> Option<(Token, usize)> {
        let [open, less, pieces @ ..] = tokens else {
            return None;
        };
        let length = pieces
            .iter()
            .position(|token| token.kind == Kind::Punct(b'>'))?;
        let closed = matches!(pieces.get(length + 1)?.kind, Kind::Close(b']'));
        if !begins(open, less) || !closed {
            return None;
        }
        let pieces = pieces.get(..length)?;
        let name = self.put_together(pieces)?;
        let first = pieces.first()?;
        let kind = Kind::Ident(name);
        Some((Token { kind, ..*first }, length + 4))
    }

    fn put_together(&self, mut pieces: &[Token]) -> Option<Name> {
        let mut whole = String::new();
        while let Some((piece, behind)) = pieces.split_first() {
            pieces = behind;
            let mut text = match piece.kind {
                Kind::Ident(name) => self.name_text(name).to_owned(),
                Kind::Number => self
                    .slice(Range {
                        start: piece.start,
                        end: piece.end,
                    })
                    .to_owned(),
                _ => return None,
            };
            while let [colon, modifier, behind @ ..] = pieces
                && colon.kind == Kind::Punct(b':')
                && let Kind::Ident(modifier) = modifier.kind
            {
                text = modified(&text, self.name_text(modifier))?;
                pieces = behind;
            }
            whole.push_str(&text);
        }
        self.names.known(&whole)
    }
}

fn begins(open: &Token, less: &Token) -> bool {
    matches!(open.kind, Kind::Open(b'[', _)) && less.kind == Kind::Punct(b'<')
}

fn modified(text: &str, modifier: &str) -> Option<String> {
    match modifier {
        "lower" => Some(text.to_lowercase()),
        "upper" => Some(text.to_uppercase()),
        "camel" => Some(text.split('_').map(capitalised).collect()),
        "snake" => Some(snake(text)),
        _ => None,
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    // `PascalCase` keeps its humps, `SCREAMING` loses them.
    let rest = letters.as_str();
    let rest = if word.chars().any(char::is_lowercase) {
        rest.to_owned()
    } else {
        rest.to_lowercase()
    };
    first.chain(rest.chars()).collect()
}

fn snake(text: &str) -> String {
    let mut found = String::with_capacity(text.len() + 4);
    let mut lower_before = false;
    for letter in text.chars() {
        if letter.is_uppercase() && lower_before {
            found.push('_');
        }
        lower_before = letter.is_lowercase() || letter.is_ascii_digit();
        found.extend(letter.to_lowercase());
    }
    found
}
