//! A function's parameters by name, as types: what lets an attribute that knows no schema find an identity or a key.
//!
//! The attribute hands over all parameters as a list `(Named<ID, &T>, (Named<…>, ()))`; a generated identity or key
//! takes those it wants by the [`name`] of each. The compiler picks them: a missing one, or one of another type, is an
//! error at the attribute.

use super::give::Side;

/// A parameter, with its name as a number.
#[derive(Debug)]
pub struct Named<'a, const NAME: u128, T: ?Sized>(pub &'a T);

/// The number of a name: its bytes where they fit, else FNV-1a over them. Two names of one function with one number
/// would be an error of the attribute, never a wrong value.
pub const fn name(name: &str) -> u128 {
    let bytes = name.as_bytes();
    let mut number: u128 = 0;
    let mut rest = bytes;
    if bytes.len() < 16 {
        while let [byte, tail @ ..] = rest {
            number = (number << 8) | *byte as u128;
            rest = tail;
        }
        return number;
    }
    number = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    while let [byte, tail @ ..] = rest {
        number = (number ^ *byte as u128).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        rest = tail;
    }
    number
}

/// It is the first of the list.
#[derive(Debug, Clone, Copy)]
pub enum Found {}

/// It is further on.
#[derive(Debug, Clone, Copy)]
pub struct Next<Place>(std::marker::PhantomData<Place>);

/// A list of parameters that has one of this name; `Place` is where, and always inferred.
pub trait Parameter<const NAME: u128, Place> {
    /// Its type.
    type Value: ?Sized;
    /// It.
    fn parameter(&self) -> &Self::Value;
}

impl<const NAME: u128, T: ?Sized, Rest> Parameter<NAME, Found> for (Named<'_, NAME, T>, Rest) {
    type Value = T;

    fn parameter(&self) -> &T {
        self.0.0
    }
}

// What lacks a parameter is the function, not the rest of its list.
#[diagnostic::do_not_recommend]
impl<const NAME: u128, Head, Rest: Parameter<NAME, Place>, Place> Parameter<NAME, Next<Place>>
    for (Head, Rest)
{
    type Value = Rest::Value;

    fn parameter(&self) -> &Rest::Value {
        self.1.parameter()
    }
}

/// A key that can be put together from a function's parameters, by the names of its fields.
pub trait FromParameters<Parameters, Places>: Sized {
    /// Puts it together; `None` where a parameter isn't known.
    fn from_parameters(parameters: &Parameters) -> Option<Self>;
}

/// Parameters that identify an entity: none do. One named after the entity is taken by the attribute itself, and a
/// composite identity has a trait of its own, which names its components.
#[diagnostic::on_unimplemented(
    message = "no parameter of this function identifies what changes",
    label = "no parameter identifies it",
    note = "name a parameter after the entity (`post_id` for `post`; `id` where this is the only `#[invalidates]`)",
    note = "or give it: `id = ‹expression over the parameters›`, `id = |ok| ok.id` from the success value, \
            `each = ids` for several, `id = _` where it isn't known"
)]
pub trait Identifies {
    /// What they identify.
    type Id;
    /// It.
    fn identify(&self) -> Side<Self::Id>;
}

/// The identity that parameters make.
pub fn identified_by<P: Identifies>(parameters: &P) -> Side<P::Id> {
    parameters.identify()
}

#[cfg(test)]
mod tests {
    use super::{Found, Named, Next, Parameter, name};

    #[test]
    fn parameters_are_found_by_name_wherever_they_stand() {
        let list = (
            Named::<{ name("db") }, _>("pool"),
            (Named::<{ name("id") }, _>(&7), ()),
        );
        assert_eq!(
            Parameter::<{ name("id") }, Next<Found>>::parameter(&list),
            &7
        );
        assert_eq!(find(&list), "pool");
    }

    fn find<Place, L: Parameter<{ name("db") }, Place>>(list: &L) -> &L::Value {
        list.parameter()
    }

    #[test]
    fn names_have_numbers_of_their_own() {
        assert_eq!(name("id"), 0x6964);
        assert_ne!(
            name("a_long_name_of_a_field"),
            name("a_long_name_of_a_fielD")
        );
        assert_ne!(name("a"), name("\0a\0"));
    }
}
