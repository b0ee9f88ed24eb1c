//! `#[cachex::allow(…)]`: says something to `cachex check` and nothing to rustc. Only its grammar is looked at here.

use cachex_compiler::diagnostics::{registry, suggest};
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Result, Token};

struct Allow;

impl Parse for Allow {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.is_empty() {
            let message = "expected the finding and a reason: `#[cachex::allow(uncovered_write, reason = \"…\")]`";
            return Err(Error::new(input.span(), message));
        }
        let rule: Ident = input.parse()?;
        if registry::find(&rule.to_string()).is_none() {
            return Err(Error::new(rule.span(), no_rule(&rule.to_string())));
        }
        let mut reason = None;
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            let text: LitStr = input.parse()?;
            match name.to_string().as_str() {
                "reason" => reason = Some(text),
                "until" => check_date(&text)?,
                _ => {
                    let message = "expected `reason = \"…\"` or `until = \"2027-01-31\"`";
                    return Err(Error::new(name.span(), message));
                }
            }
        }
        match reason {
            Some(text) if !text.value().trim().is_empty() => Ok(Self),
            _ => Err(Error::new(
                rule.span(),
                "an exemption has a reason: `reason = \"…\"`",
            )),
        }
    }
}

fn no_rule(name: &str) -> String {
    let names = registry::RULES.iter().map(|rule| rule.name);
    match suggest(name, names) {
        Some(meant) => format!("there is no rule `{name}`, did you mean `{meant}`?"),
        None => format!("there is no rule `{name}`: `cachex explain` lists them"),
    }
}

fn check_date(text: &LitStr) -> Result<()> {
    let value = text.value();
    let digits = |part: &str, len| part.len() == len && part.bytes().all(|it| it.is_ascii_digit());
    match value.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => Ok(()),
        _ => Err(Error::new(text.span(), "expected a date like `2027-01-31`")),
    }
}

/// The item as it was, behind an error if the exemption is none.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    match syn::parse2::<Allow>(arguments) {
        Ok(Allow) => item,
        Err(error) => {
            let error = error.into_compile_error();
            quote!(#error #item)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Allow;

    #[test]
    fn a_reason_is_mandatory_and_a_date_is_a_date() {
        let refused = |text| syn::parse_str::<Allow>(text).is_err();
        assert!(!refused(
            r#"uncovered_write, reason = "seeds before start", until = "2027-01-31""#
        ));
        assert!(refused("uncovered_write"));
        assert!(refused(r#"uncovered_write, reason = " ""#));
        assert!(refused(r#"uncovered_wirte, reason = "a""#));
        assert!(refused(r#"uncovered_write, reason = "a", until = "soon""#));
    }
}
