//! The canonical form of any `Serialize` value, as bytes: what stands behind the scalar `hash`.
//!
//! Every piece carries its kind and length, so that no two values write the same bytes; maps go by their sorted
//! entries, since a `HashMap` has no order of its own. JSON would not do: it has no NaN, no map keyed by tuples, and
//! its numbers end where `u128` doesn't.

use serde::ser::{self, Serialize, Serializer};

/// The form of a value; `None`: it refuses to be serialised.
pub(super) fn canonical<T: Serialize + ?Sized>(value: &T) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    value.serialize(Canonical(&mut bytes)).ok()?;
    Some(bytes)
}

/// Writes the canonical form.
struct Canonical<'a>(&'a mut Vec<u8>);

/// Why there is none.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(String);

impl ser::Error for Refused {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Canonical<'_> {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the serialiser's methods end in it"
    )]
    fn scalar(self, kind: u8, bytes: &[u8]) -> Result<(), Refused> {
        self.0.push(kind);
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "the serialiser's methods end in it"
    )]
    fn sized(self, kind: u8, bytes: &[u8]) -> Result<(), Refused> {
        self.0.push(kind);
        self.0.extend_from_slice(&bytes.len().to_le_bytes());
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn name(&mut self, name: &str) {
        self.0.extend_from_slice(&name.len().to_le_bytes());
        self.0.extend_from_slice(name.as_bytes());
    }
}

macro_rules! integers {
    ($($method:ident($scalar:ty) => $wide:ty, $kind:literal;)*) => {$(
        fn $method(self, value: $scalar) -> Result<(), Refused> {
            self.scalar($kind, &<$wide>::from(value).to_le_bytes())
        }
    )*};
}

impl<'a> Serializer for Canonical<'a> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    // Width is no part of a value: 1_u32 and 1_u64 are the same argument.
    integers! {
        serialize_i8(i8) => i128, b'i'; serialize_i16(i16) => i128, b'i'; serialize_i32(i32) => i128, b'i';
        serialize_i64(i64) => i128, b'i'; serialize_i128(i128) => i128, b'i';
        serialize_u8(u8) => i128, b'i'; serialize_u16(u16) => i128, b'i'; serialize_u32(u32) => i128, b'i';
        serialize_u64(u64) => i128, b'i';
        serialize_f32(f32) => f64, b'f'; serialize_f64(f64) => f64, b'f';
        serialize_char(char) => u32, b'c';
    }

    fn serialize_u128(self, value: u128) -> Result<(), Refused> {
        match i128::try_from(value) {
            Ok(small) => self.serialize_i128(small),
            Err(_) => self.scalar(b'u', &value.to_le_bytes()),
        }
    }

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.scalar(b'b', &[u8::from(value)])
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.sized(b's', value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Refused> {
        self.sized(b'y', value)
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.scalar(b'0', &[])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.0.push(b'1');
        value.serialize(Canonical(self.0))
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.scalar(b'n', &[])
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        mut self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.0.push(b'v');
        self.name(variant);
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.0.push(b'v');
        self.name(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Parts<'a>, Refused> {
        self.0.push(b'[');
        Ok(Parts(self.0))
    }

    fn serialize_tuple(self, len: usize) -> Result<Parts<'a>, Refused> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _name: &'static str, len: usize) -> Result<Parts<'a>, Refused> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        mut self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Parts<'a>, Refused> {
        self.0.push(b'v');
        self.name(variant);
        self.serialize_seq(Some(len))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Entries<'a>, Refused> {
        Ok(Entries {
            out: self.0,
            key: Vec::new(),
            sorted: Vec::new(),
        })
    }

    fn serialize_struct(self, _name: &'static str, len: usize) -> Result<Parts<'a>, Refused> {
        self.serialize_seq(Some(len))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Parts<'a>, Refused> {
        self.serialize_tuple_variant(name, index, variant, len)
    }
}

/// A sequence, a tuple or a struct: its parts in order, each behind a mark, then the end.
struct Parts<'a>(&'a mut Vec<u8>);

impl Parts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.0.push(b',');
        value.serialize(Canonical(self.0))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        self.0.push(b'=');
        Canonical(self.0).name(name);
        value.serialize(Canonical(self.0))
    }

    fn close(self) {
        self.0.push(b']');
    }
}

macro_rules! in_order {
    ($($interface:ident, $method:ident;)*) => {$(
        impl ser::$interface for Parts<'_> {
            type Ok = ();
            type Error = Refused;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.part(value)
            }
            fn end(self) -> Result<(), Refused> {
                self.close();
                Ok(())
            }
        }
    )*};
}
in_order! {
    SerializeSeq, serialize_element;
    SerializeTuple, serialize_element;
    SerializeTupleStruct, serialize_field;
    SerializeTupleVariant, serialize_field;
}

macro_rules! by_name {
    ($($interface:ident;)*) => {$(
        impl ser::$interface for Parts<'_> {
            type Ok = ();
            type Error = Refused;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.field(name, value)
            }
            fn end(self) -> Result<(), Refused> {
                self.close();
                Ok(())
            }
        }
    )*};
}
by_name! { SerializeStruct; SerializeStructVariant; }

/// A map: its entries are gathered and sorted by their keys' bytes.
struct Entries<'a> {
    out: &'a mut Vec<u8>,
    key: Vec<u8>,
    /// Sorted at the end.
    sorted: Vec<(Vec<u8>, Vec<u8>)>,
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.key.clear();
        key.serialize(Canonical(&mut self.key))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let mut bytes = Vec::new();
        value.serialize(Canonical(&mut bytes))?;
        self.sorted.push((std::mem::take(&mut self.key), bytes));
        Ok(())
    }

    fn end(mut self) -> Result<(), Refused> {
        self.sorted.sort();
        self.out.push(b'{');
        for (key, value) in &self.sorted {
            self.out.push(b',');
            self.out.extend_from_slice(key);
            self.out.extend_from_slice(value);
        }
        self.out.push(b'}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use std::collections::{BTreeMap, HashMap};

    #[derive(Serialize)]
    struct Filter {
        term: String,
        limit: Option<u32>,
    }

    fn filter(term: &str, limit: Option<u32>) -> Filter {
        Filter {
            term: term.to_owned(),
            limit,
        }
    }

    fn form<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
        canonical(value).unwrap()
    }

    #[test]
    fn equal_values_have_one_form() {
        assert_eq!(form(&filter("a", Some(1))), form(&filter("a", Some(1))));
    }

    #[test]
    fn each_field_counts() {
        let one = form(&filter("a", Some(1)));
        assert_ne!(one, form(&filter("b", Some(1))));
        assert_ne!(one, form(&filter("a", Some(2))));
        assert_ne!(one, form(&filter("a", None)));
    }

    #[test]
    fn parts_that_run_into_each_other_are_kept_apart() {
        assert_ne!(form(&("ab", "c")), form(&("a", "bc")));
        assert_ne!(form(&("a,sb", "c")), form(&("a", "b,sc")));
        assert_ne!(form(&vec![vec![1], vec![2]]), form(&vec![vec![1, 2]]));
        assert_ne!(form(&(None::<u8>, 0_u8)), form(&(Some(0_u8), None::<u8>)));
    }

    #[test]
    fn a_map_has_no_order() {
        let entries = || (0..100_u32).map(|n| (n.to_string(), n));
        let forth: HashMap<_, _> = entries().collect();
        let sorted: BTreeMap<_, _> = entries().collect();
        assert_eq!(form(&forth), form(&sorted));
    }

    #[test]
    fn what_refuses_has_none() {
        struct Refuses;
        impl Serialize for Refuses {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(ser::Error::custom("no"))
            }
        }
        assert_eq!(canonical(&Refuses), None);
    }

    #[test]
    fn widths_of_integers_do_not_count() {
        assert_eq!(form(&1_u8), form(&1_i64));
        assert_ne!(form(&u128::MAX), form(&-1_i8));
    }
}
