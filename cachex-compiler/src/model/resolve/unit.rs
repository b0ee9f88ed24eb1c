//! Durations and percentages.

use std::time::Duration;

use super::context::Context;
use super::reader::{text, unexpected};
use crate::diagnostics::registry::{DURATION_OUT_OF_RANGE, UNEXPECTED_VALUE};
use crate::model::{Spanned, Ttl};
use crate::syntax::{Node, Scalar};

/// The longest: ten years.
const LONGEST: Duration = Duration::from_hours(10 * 365 * 24);

const EXPECTED: &str = "a duration like `250ms`, `30s`, `10m`, `1h` or `7d`";

/// `10m`, or `none`.
pub(super) fn ttl(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Spanned<Ttl>> {
    let scalar = text(node, "a duration like `30s` or `10m`, or `none`", cx)?;
    let value = if scalar.text == "none" {
        Ttl::None
    } else {
        Ttl::After(read(scalar, "use a shorter one, or `none`", cx)?)
    };
    Some(Spanned {
        value,
        span: scalar.span,
    })
}

/// `10m`.
pub(super) fn duration(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<Spanned<Duration>> {
    let scalar = text(node, EXPECTED, cx)?;
    Some(Spanned {
        value: read(scalar, "use a shorter one", cx)?,
        span: scalar.span,
    })
}

fn read(scalar: &Scalar<'_>, shorter: &str, cx: &mut Context<'_, '_>) -> Option<Duration> {
    let Some(duration) = parse(&scalar.text) else {
        let message = format!("expected {EXPECTED}, found `{}`", scalar.text);
        let report = UNEXPECTED_VALUE.at(scalar.span, message);
        cx.push(report.help_if(better(&scalar.text).map(|better| format!("write `{better}`"))));
        return None;
    };
    if duration.is_zero() || duration > LONGEST {
        let report = DURATION_OUT_OF_RANGE
            .at(
                scalar.span,
                format!("the duration `{}` is out of range", scalar.text),
            )
            .labelled(scalar.span, "durations go from 1 ms to ten years (`3650d`)");
        cx.push(report.help(if duration.is_zero() {
            "use a longer duration"
        } else {
            shorter
        }));
        return None;
    }
    Some(duration)
}

/// A number and a unit; a number too large to count is longer than the longest.
fn parse(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let unit: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    if number.is_empty() {
        return None;
    }
    let millis = number
        .parse::<u64>()
        .unwrap_or(u64::MAX)
        .saturating_mul(unit);
    Some(Duration::from_millis(millis))
}

/// What a duration in other words would be here.
fn better(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    if number.is_empty() {
        return None;
    }
    let unit = match unit.trim() {
        "" | "sec" | "secs" | "second" | "seconds" => "s",
        "min" | "mins" | "minute" | "minutes" => "m",
        "hr" | "hrs" | "hour" | "hours" => "h",
        "day" | "days" => "d",
        "milli" | "millis" | "millisecond" | "milliseconds" => "ms",
        unit @ ("s" | "m" | "h" | "d" | "ms") => unit,
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

/// `10%`.
pub(super) fn percent(node: &Node<'_>, cx: &mut Context<'_, '_>) -> Option<u8> {
    let expected = "a percentage from `0%` to `100%`";
    let scalar = text(node, expected, cx)?;
    let number = scalar
        .text
        .strip_suffix('%')
        .and_then(|number| number.trim().parse().ok());
    let number = number.filter(|percent: &u8| *percent <= 100);
    if number.is_none() {
        let report = UNEXPECTED_VALUE.at(
            scalar.span,
            format!("expected {expected}, found `{}`", scalar.text),
        );
        let bare = scalar
            .text
            .parse::<u8>()
            .ok()
            .filter(|percent| *percent <= 100);
        cx.push(report.help_if(bare.map(|number| format!("write `{number}%`"))));
    }
    number
}

/// `none` alone.
pub(super) fn none(node: &Node<'_>, cx: &mut Context<'_, '_>) -> bool {
    match text(node, "`none`", cx) {
        Some(scalar) if scalar.text == "none" => true,
        Some(scalar) => {
            let report = UNEXPECTED_VALUE.at(
                scalar.span,
                format!("expected `none`, found `{}`", scalar.text),
            );
            cx.push(report.help("write `none`, or leave the key out"));
            false
        }
        None => false,
    }
}

/// `false` alone.
pub(super) fn is_false(node: &Node<'_>) -> bool {
    matches!(&node.value, crate::syntax::Value::Scalar(scalar) if scalar.text == "false")
}

/// Reports a value that is neither a list nor `false`.
pub(super) fn list_or_false(node: &Node<'_>, cx: &mut Context<'_, '_>) {
    cx.push(unexpected(node, "a list of actions, or `false`"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(parse("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(parse("7d"), Some(Duration::from_hours(7 * 24)));
        assert_eq!(
            parse("99999999999999999999d").map(|d| d > LONGEST),
            Some(true)
        );
        assert_eq!(parse("10"), None);
        assert_eq!(parse("m"), None);
        assert_eq!(parse("-1s"), None);
    }

    #[test]
    fn other_words_are_translated() {
        assert_eq!(better("10 minutes").as_deref(), Some("10m"));
        assert_eq!(better("30").as_deref(), Some("30s"));
        assert_eq!(better("soon"), None);
    }
}
