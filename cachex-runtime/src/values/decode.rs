//! Reading canonical texts back: for events, which show identities as JSON, and for the parts of an identity.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Number, Value as Json};

use crate::codegen::{EntityDef, Scalar, Value};

/// The text a value stands for.
pub(crate) fn text(value: &Value) -> String {
    unescape(&value.0)
}

fn unescape(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Components `first..first + count` of a composite identity; absent stays absent.
pub(crate) fn component(identity: &Value, first: u16, count: u16) -> Option<Value> {
    if *identity == Value::ABSENT {
        return Some(Value::ABSENT);
    }
    let parts: Vec<&str> = identity
        .0
        .split(':')
        .skip(first.into())
        .take(count.into())
        .collect();
    (parts.len() == usize::from(count)).then(|| Value(parts.join(":").into()))
}

/// An identity as clients see it: a scalar, or an object of its components.
pub(crate) fn identity_json(entity: &EntityDef, identity: &Value) -> Json {
    match entity.identity {
        [] => Json::Null,
        [(_, scalar)] => scalar_json(*scalar, &identity.0),
        components => components
            .iter()
            .zip(identity.0.split(':'))
            .map(|((name, scalar), text)| ((*name).to_owned(), scalar_json(*scalar, text)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

fn scalar_json(scalar: Scalar, text: &str) -> Json {
    let plain = unescape(text);
    match scalar {
        Scalar::Number => plain
            .parse::<Number>()
            .map_or(Json::String(plain), Json::Number),
        Scalar::Bool => Json::Bool(plain == "true"),
        Scalar::Text => Json::String(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::SYSTEM;
    use crate::values::{Encode as _, compose};

    fn entity(identity: &'static [(&'static str, Scalar)]) -> EntityDef {
        EntityDef {
            identity,
            ..SYSTEM_LIKE
        }
    }

    const SYSTEM_LIKE: EntityDef = EntityDef {
        index: 0,
        name: "e",
        event: "e",
        identity: &[],
        components: &[],
        attributes: &[],
        notify: [true; 3],
        scoped: false,
        steps: [&[], &[], &[]],
    };

    #[test]
    fn identities_read_back_as_what_they_were() {
        let number = entity(&[("id", Scalar::Number)]);
        assert_eq!(
            identity_json(&number, &u64::MAX.encode()),
            serde_json::json!(u64::MAX)
        );
        assert_eq!(
            identity_json(&number, &(-3_i32).encode()),
            serde_json::json!(-3)
        );
        let plain = entity(&[("id", Scalar::Text)]);
        assert_eq!(identity_json(&plain, &"a: %41 ü".encode()), "a: %41 ü");
        let truth = entity(&[("id", Scalar::Bool)]);
        assert_eq!(identity_json(&truth, &true.encode()), true);
    }

    #[test]
    fn a_composite_identity_is_an_object_of_its_components() {
        let issue = entity(&[("org", Scalar::Text), ("number", Scalar::Number)]);
        let id = compose(&["a:b".encode(), 7_i64.encode()]);
        assert_eq!(
            identity_json(&issue, &id),
            serde_json::json!({ "org": "a:b", "number": 7 })
        );
    }

    #[test]
    fn what_has_no_identity_has_a_null_one() {
        assert_eq!(identity_json(&SYSTEM, &"x".encode()), Json::Null);
    }

    #[test]
    fn parts_of_an_identity_are_taken_by_position() {
        let id = compose(&["a".encode(), "b:c".encode(), "d".encode()]);
        assert_eq!(component(&id, 1, 1), Some("b:c".encode()));
        assert_eq!(
            component(&id, 1, 2),
            Some(compose(&["b:c".encode(), "d".encode()]))
        );
        assert_eq!(component(&id, 2, 2), None);
        assert_eq!(component(&Value::ABSENT, 1, 1), Some(Value::ABSENT));
    }
}
