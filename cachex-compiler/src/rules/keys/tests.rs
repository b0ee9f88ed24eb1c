//! Which keys meet, decided by the automata and again by taking texts apart and encoding values.

use proptest::prelude::*;

use super::alphabet::ESCAPES;
use super::automaton::ambiguous_text;
use super::collisions::collisions;
use super::effort::Effort;
use super::shape::Strings;
use super::template::Template;
use super::witness::{text, witness};

mod steps;

fn meeting(one: &str, other: &str) -> Option<String> {
    let templates = [Template::parse(0, one), Template::parse(1, other)];
    let found = collisions(&templates, &[0, 1], &mut Effort::default()).pairs;
    let shown =
        witness(&templates[0], &templates[1], &mut Effort::default()).map(|witness| witness.key);
    assert_eq!(
        !found.is_empty(),
        shown.is_some(),
        "{one} and {other}: {shown:?}"
    );
    shown
}

fn ambiguous(template: &str) -> Option<String> {
    let template = Template::parse(0, template);
    let mut segments = template.segments.iter();
    segments.find_map(|segment| {
        Some(text(&ambiguous_text(
            &segment.automaton(Strings::All),
            &mut Effort::default(),
        )?))
    })
}

#[test]
fn templates_that_can_yield_one_key() {
    for (one, other, key) in [
        ("feed", "feed", "feed"),
        (
            "post:{string}",
            "post:{uuid}",
            "post:00000000-0000-0000-0000-000000000000",
        ),
        ("post:{string}", "post:all", "post:all"),
        ("post:{string}", "post:", "post:"),
        ("post:{u32}", "post:{i64}", "post:0"),
        ("post:{i32}", "post:{string}", "post:0"),
        (
            "post:{u64}",
            "post:18446744073709551615",
            "post:18446744073709551615",
        ),
        ("{string}:a", "post:{string}", "post:a"),
        ("{bool}", "t{string}", "true"),
        ("{bool}", "{string}e", "true"),
        ("{string}", "a%3Ab", "a%3Ab"),
        ("{u32?}", "%-", "%-"),
        ("{u32?}", "{uuid?}", "%-"),
        ("{hash}", "{string}", "00000000000000000000000000000000"),
        ("{date}", "{string}", "0000-00-00"),
        ("{datetime}", "{string}", "0000-00-00T00%3A00%3A00Z"),
        ("{string | trim}", "a%20b", "a%20b"),
        ("{string | lower}", "äb", "äb"),
        ("{u32 1}:{u32 1}", "{u32 1}:{u32 2}", "0:0"),
        ("{string 1}:{string 1}", "{string}:a", "a:a"),
    ] {
        assert_eq!(
            meeting(one, other).as_deref(),
            Some(key),
            "{one} and {other}"
        );
    }
}

#[test]
fn templates_that_cannot() {
    for (one, other) in [
        ("post:{uuid}", "posts:{uuid}"),
        ("post:{uuid}", "post:{u64}"),
        ("post:{uuid}", "post:{uuid}:x"),
        ("post:{string}", "post:{string}:{string 2}"),
        ("post:{u32}", "post:01"),
        ("post:{u32}", "post:4294967296"),
        ("post:{i32}", "post:-0"),
        ("post:{i32}", "post:-2147483649"),
        ("post:{i64}", "post:9223372036854775808"),
        ("{bool}", "{u32}"),
        ("{string}", "{string}:"),
        ("{string}", "a b"),
        ("{string}", "a%3ab"),
        ("{string}", "%41"),
        ("{string}", "%-"),
        ("{string | lower}", "Post"),
        ("{string | trim}", "%20a"),
        ("{string | trim}", "a%E2%80%83"),
        ("{hash}", "{uuid}"),
        ("{date}", "{uuid}"),
        ("{datetime}", "{date}"),
        ("a-{string}", "b-{string}"),
        ("{string}-a", "{string}-b"),
        ("{u32 1}:{u32 1}", "1:2"),
        ("{string 1}:{string 1}", "a:{u32}"),
        (
            "{uuid 1}:{string 2}:{uuid 1}",
            "{uuid 1}:{string 2}:{string 2}x",
        ),
        (
            "{string 1}:{string 1}:{string 3}",
            "{u32 1}:{uuid 2}:{uuid 2}",
        ),
    ] {
        assert_eq!(meeting(one, other), None, "{one} and {other}");
    }
}

#[test]
fn the_largest_numbers_are_in_and_the_next_are_out() {
    for (ty, inside, outside) in [
        ("u32", u32::MAX.to_string(), "4294967296"),
        ("u64", u64::MAX.to_string(), "18446744073709551616"),
        ("i32", i32::MIN.to_string(), "-2147483649"),
        ("i64", i64::MIN.to_string(), "-9223372036854775809"),
        ("i64", i64::MAX.to_string(), "9223372036854775808"),
    ] {
        let hole = format!("{{{ty}}}");
        assert!(meeting(&hole, &inside).is_some(), "{ty} {inside}");
        assert!(meeting(&hole, outside).is_none(), "{ty} {outside}");
    }
}

#[test]
fn keys_whose_parts_run_together() {
    for (template, key) in [
        ("{string}{string 2}", "a"),
        ("{string}-{string 2}", "--"),
        ("{u32}{u32 2}", "100"),
        ("{u32}{string}", "10"),
        ("{string}{bool}", ""),
        ("{u32?}{u32 2}", "110"),
        ("{i32}-{i32 2}", ""),
        ("{bool}{bool 2}", ""),
        ("{uuid}{string}", ""),
        ("{u32}x{string}", ""),
        ("{u32}:{u32 2}", ""),
        ("{string}:{string 2}", ""),
    ] {
        let found = ambiguous(template);
        assert_eq!(found.is_some(), !key.is_empty(), "{template}: {found:?}");
        if let Some(found) = found {
            assert_eq!(found.len(), key.len(), "{template}: {found}");
        }
    }
}

/// Whether a template can yield a text: by trying every way to cut it and decoding what would be the values.
fn yields(template: &str, key: &str) -> bool {
    let (texts, keys): (Vec<_>, Vec<_>) = (template.split(':').collect(), key.split(':').collect());
    texts.len() == keys.len()
        && texts
            .iter()
            .zip(keys)
            .all(|(text, key)| yields_segment(text, key))
}

fn yields_segment(template: &str, key: &str) -> bool {
    if let Some(rest) = template.strip_prefix('{') {
        let (ty, rest) = rest.split_once('}').unwrap();
        return (0..=key.len())
            .filter(|cut| key.is_char_boundary(*cut))
            .any(|cut| is_value(ty, &key[..cut]) && yields_segment(rest, &key[cut..]));
    }
    let text = template.split('{').next().unwrap();
    let Some(rest) = key.strip_prefix(text) else {
        return false;
    };
    if text.len() == template.len() {
        rest.is_empty()
    } else {
        yields_segment(&template[text.len()..], rest)
    }
}

fn is_value(ty: &str, text: &str) -> bool {
    let scalar = ty.split([' ', '?']).next().unwrap();
    let number = match scalar {
        "u32" => text.parse::<u32>().map(|value| value.to_string()).ok(),
        "i32" => text.parse::<i32>().map(|value| value.to_string()).ok(),
        "bool" => text.parse::<bool>().map(|value| value.to_string()).ok(),
        "string" => decoded(text).map(|value| encoded(&normalised(ty, &value))),
        other => panic!("no scalar `{other}`"),
    };
    number.as_deref() == Some(text) || ty.contains('?') && text == "%-"
}

fn normalised(ty: &str, value: &str) -> String {
    let value = if ty.contains("trim") {
        value.trim()
    } else {
        value
    };
    if ty.contains("lower") {
        value.to_lowercase()
    } else {
        value.to_owned()
    }
}

fn encoded(value: &str) -> String {
    let mut buffer = [0; 4];
    value
        .chars()
        .map(|symbol| {
            let special =
                ":%*?[]{}".contains(symbol) || symbol.is_whitespace() || symbol.is_control();
            let bytes = symbol.encode_utf8(&mut buffer).bytes();
            if special {
                bytes.fold(String::new(), |text, byte| text + &format!("%{byte:02X}"))
            } else {
                symbol.to_string()
            }
        })
        .collect()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes().iter();
    while let Some(byte) = rest.next() {
        if *byte == b'%' {
            let digits = [*rest.next()?, *rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn segment() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![
        "a", "A", "-", "1", "0", "t", "true", "%", "20", "%20", "%-", "é", "",
    ]);
    let hole = prop::sample::select(vec![
        "{string}",
        "{string | lower}",
        "{string | trim}",
        "{string?}",
        "{u32}",
        "{i32}",
        "{bool}",
        "{u32?}",
    ]);
    let piece = prop_oneof![text.prop_map(str::to_owned), hole.prop_map(str::to_owned)];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn template() -> impl Strategy<Value = String> {
    // Each value of its own: a number behind the type.
    prop::collection::vec(segment(), 1..3).prop_map(|segments| {
        let mut out = String::new();
        for (index, part) in segments.join(":").split('}').enumerate() {
            if index > 0 {
                out = out + " " + &index.to_string() + "}";
            }
            out.push_str(part);
        }
        out
    })
}

/// Values that get in each other's way.
fn value(ty: &str) -> impl Iterator<Item = String> + use<> {
    let scalar = ty.split([' ', '?']).next().unwrap();
    let values: &[&str] = match scalar {
        "u32" => &["0", "1", "10"],
        "i32" => &["0", "1", "-1"],
        "bool" => &["true", "false"],
        _ => &["", "a", "A", "-", "1", "true", " ", "a ", "%", "-1"],
    };
    let absent = ty.contains('?').then(|| "%-".to_owned());
    let ty = ty.to_owned();
    values
        .iter()
        .map(move |value| encoded(&normalised(&ty, value)))
        .chain(absent)
}

/// The keys of a template for those values; too many holes are cut.
fn keys(template: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    for (index, part) in template.split(['{', '}']).enumerate() {
        let values: Vec<_> = if index % 2 == 0 {
            vec![part.to_owned()]
        } else {
            value(part).collect()
        };
        keys = keys
            .iter()
            .flat_map(|key| values.iter().map(move |value| format!("{key}{value}")))
            .take(20_000)
            .collect();
    }
    keys
}

proptest! {
    #[test]
    fn a_common_key_is_found_and_a_found_one_is_common(one in template(), other in template()) {
        let found = meeting(&one, &other);
        if let Some(key) = &found {
            prop_assert!(yields(&one, key) && yields(&other, key), "{one} and {other}: {key}");
        }
        let mut common = keys(&one);
        common.retain(|key| yields(&other, key));
        prop_assert!(common.is_empty() || found.is_some(), "{one} and {other}: {:?}", common.first());
    }

    #[test]
    fn one_key_for_two_sets_of_values_is_found(template in template()) {
        let mut keys = keys(&template);
        prop_assume!(keys.len() < 20_000);
        let count = keys.len();
        keys.sort();
        keys.dedup();
        // Values that normalise alike are one value.
        let distinct: usize = template
            .split(['{', '}'])
            .skip(1)
            .step_by(2)
            .map(|ty| {
                let mut values: Vec<_> = value(ty).collect();
                let all = values.len();
                values.sort();
                values.dedup();
                all - values.len()
            })
            .sum();
        if distinct == 0 && keys.len() < count {
            prop_assert!(ambiguous(&template).is_some(), "{template}");
        }
    }
}

#[test]
fn every_encoded_character_is_a_text_of_its_own() {
    assert!(ESCAPES.len() > 80);
    for escape in ESCAPES.iter() {
        let value = decoded(&escape.text).unwrap();
        assert_eq!(encoded(&value), escape.text);
        assert_eq!(value.trim().is_empty(), escape.white);
    }
}
