//! Whether a value is a success, and what of it is the success value.
//!
//! Owns the two questions `#[invalidates]` asks of what a function returned. A value of any type may come, so the
//! answer is found by how method calls resolve: `(&&Probe(&value)).peel()` takes the implementation for `&Probe<T>`
//! where there is one for this `T`, and the one for `Probe<T>` otherwise. Inside generic functions, where the type
//! isn't known, that is always the second: such a value counts as a success.

/// Tells whether a unit of work ended well.
#[diagnostic::on_unimplemented(
    message = "a unit of work that ends in `{Self}` doesn't tell whether it went well",
    label = "end it in `Result`, `Option` or `()`"
)]
pub trait Outcome {
    /// It did.
    fn succeeded(&self) -> bool;
}

impl<T, E> Outcome for Result<T, E> {
    fn succeeded(&self) -> bool {
        self.is_ok()
    }
}

impl<T> Outcome for Option<T> {
    fn succeeded(&self) -> bool {
        self.is_some()
    }
}

impl Outcome for () {
    fn succeeded(&self) -> bool {
        true
    }
}

/// A value that is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a, T>(pub &'a T);

/// `Result` and `Option`: what stands in them, if it is there.
pub trait PeelLayer<'a> {
    /// What stands in it.
    type Inner;
    /// `None`: a failure.
    fn peel(&self) -> Option<&'a Self::Inner>;
}

impl<'a, T, E> PeelLayer<'a> for &Probe<'a, Result<T, E>> {
    type Inner = T;

    fn peel(&self) -> Option<&'a T> {
        self.0.as_ref().ok()
    }
}

impl<'a, T> PeelLayer<'a> for &Probe<'a, Option<T>> {
    type Inner = T;

    fn peel(&self) -> Option<&'a T> {
        self.0.as_ref()
    }
}

/// Any other value is itself.
pub trait PeelNothing<'a, T> {
    /// It.
    fn peel(&self) -> Option<&'a T>;
}

impl<'a, T> PeelNothing<'a, T> for Probe<'a, T> {
    fn peel(&self) -> Option<&'a T> {
        Some(self.0)
    }
}

/// What carries a status.
pub trait Status {
    /// It is below 400.
    fn is_success(&self) -> bool;
}

/// A value with a status.
pub trait ByStatus {
    /// The status says so.
    fn is_success(&self) -> bool;
}

impl<T: Status> ByStatus for &Probe<'_, T> {
    fn is_success(&self) -> bool {
        self.0.is_success()
    }
}

/// A value without one.
pub trait WithoutStatus {
    /// Always.
    fn is_success(&self) -> bool;
}

impl<T> WithoutStatus for Probe<'_, T> {
    fn is_success(&self) -> bool {
        true
    }
}

/// `Json`, and tuples that end in one: what stands in it.
pub trait InBody<'a> {
    /// What stands in it.
    type Inner;
    /// It.
    fn body(&self) -> &'a Self::Inner;
}

/// Any other value is itself.
pub trait WithoutBody<'a, T> {
    /// It.
    fn body(&self) -> &'a T;
}

impl<'a, T> WithoutBody<'a, T> for Probe<'a, T> {
    fn body(&self) -> &'a T {
        self.0
    }
}

#[cfg(feature = "axum")]
mod http {
    use axum::Json;
    use axum::http::{Response, StatusCode};

    use super::{InBody, Outcome, Probe, Status};

    impl Status for StatusCode {
        fn is_success(&self) -> bool {
            self.as_u16() < 400
        }
    }

    impl<B> Status for Response<B> {
        fn is_success(&self) -> bool {
            Status::is_success(&self.status())
        }
    }

    impl<B> Outcome for Response<B> {
        fn succeeded(&self) -> bool {
            Status::is_success(self)
        }
    }

    impl<'a, T> InBody<'a> for &Probe<'a, Json<T>> {
        type Inner = T;

        fn body(&self) -> &'a T {
            &self.0.0
        }
    }

    macro_rules! tuples {
        ($($($rest:ident)*;)*) => {$(
            impl<First: Status, $($rest),*> Status for (First, $($rest),*) {
                fn is_success(&self) -> bool {
                    self.0.is_success()
                }
            }

            impl<'a, First, $($rest,)* Last> InBody<'a> for &Probe<'a, (First, $($rest,)* Json<Last>)> {
                type Inner = Last;

                #[expect(non_snake_case, unused_variables, reason = "names of types stand for the values")]
                fn body(&self) -> &'a Last {
                    let (First, $($rest,)* Json(last)) = self.0;
                    last
                }
            }
        )*};
    }
    // As many as axum takes headers in a response, and a body.
    tuples! {
        ; A; A B; A B C; A B C D; A B C D F; A B C D F G; A B C D F G H;
    }

    /// A value as its response: makes the status of an opaque `impl IntoResponse` seen.
    pub fn respond(value: impl axum::response::IntoResponse) -> axum::response::Response {
        value.into_response()
    }
}

#[cfg(feature = "axum")]
pub use self::http::respond;

/// `success = |r| …`
pub fn judge<T>(value: &T, succeeded: impl FnOnce(&T) -> bool) -> bool {
    succeeded(value)
}

/// Whether a returned value (`&value`) is a success: `Err` and `None` are not, nor is a status from 400 on, also of a
/// response, of a tuple that begins with one, and within `Ok` and `Some`.
#[macro_export]
#[doc(hidden)]
macro_rules! __succeeded {
    ($value:expr) => {{
        use $crate::codegen::outcome::*;
        (&&Probe($value))
            .peel()
            .and_then(|value| (&&Probe(value)).peel())
            .is_some_and(|value| (&&Probe(value)).is_success())
    }};
}

/// What a closure reads of the success value in `&value`: behind `Result`, `Option`, `Json` and tuples that end in
/// `Json`. `None`: there is none.
#[macro_export]
#[doc(hidden)]
macro_rules! __success {
    ($value:expr, $read:expr) => {{
        use $crate::codegen::outcome::*;
        (&&Probe($value))
            .peel()
            .and_then(|value| (&&Probe(value)).peel())
            .map(|value| (&&Probe(value)).body())
            .map($read)
    }};
}

#[cfg(test)]
mod tests {
    use crate::codegen::{judge, succeeded, success};

    struct Post {
        id: u32,
    }

    #[test]
    fn errors_and_none_are_failures_at_any_depth_handlers_use() {
        assert!(succeeded!(&Ok::<_, ()>(1)));
        assert!(!succeeded!(&Err::<u32, _>(())));
        assert!(succeeded!(&Some(1)));
        assert!(!succeeded!(&None::<u32>));
        assert!(!succeeded!(&Ok::<Option<u32>, ()>(None)));
        assert!(!succeeded!(&Some(Err::<(), _>(()))));
        assert!(succeeded!(&()));
        assert!(succeeded!(&false));
    }

    #[test]
    fn the_success_value_is_found_behind_its_layers() {
        let read = success!(&Ok::<_, ()>(Some(Post { id: 7 })), |post| post.id);
        assert_eq!(read, Some(7));
        assert_eq!(success!(&Err::<Post, _>(()), |post| post.id), None);
        assert_eq!(success!(&Post { id: 8 }, |post| post.id), Some(8));
        assert_eq!(success!(&(1, Post { id: 9 }), |pair| pair.1.id), Some(9));
    }

    #[test]
    fn a_value_may_be_judged_by_the_application() {
        assert!(!judge(&Post { id: 1 }, |post| post.id > 1));
    }

    /// A type parameter hides what it stands for: its value is taken for a success.
    fn generic<T>(value: &Result<T, ()>) -> bool {
        succeeded!(value)
    }

    #[test]
    fn generic_functions_are_judged_by_what_they_show() {
        assert!(generic(&Ok(None::<u32>)));
        assert!(!generic(&Err::<u32, ()>(())));
    }

    #[cfg(feature = "axum")]
    mod http {
        use axum::Json;
        use axum::http::StatusCode;
        use axum::response::{Html, IntoResponse, Response};

        use super::Post;
        use crate::codegen::{respond, succeeded, success};

        fn status(code: u16) -> StatusCode {
            StatusCode::from_u16(code).unwrap()
        }

        #[test]
        fn a_status_from_400_on_is_a_failure() {
            for (code, expected) in [
                (200, true),
                (303, true),
                (399, true),
                (400, false),
                (503, false),
            ] {
                assert_eq!(succeeded!(&status(code)), expected);
                assert_eq!(succeeded!(&status(code).into_response()), expected);
                assert_eq!(succeeded!(&(status(code), "body")), expected);
                assert_eq!(
                    succeeded!(&(status(code).into_response(), 1, "body")),
                    expected
                );
                assert_eq!(succeeded!(&Ok::<_, ()>(status(code))), expected);
                assert_eq!(
                    succeeded!(&Ok::<_, ()>(Some((status(code), Json(1))))),
                    expected
                );
            }
            assert!(succeeded!(&Html("page")));
        }

        #[test]
        fn an_opaque_response_shows_its_status_once_it_is_one() {
            fn opaque() -> impl IntoResponse {
                (StatusCode::NOT_FOUND, "no")
            }
            assert!(succeeded!(&opaque()));
            let response: Response = respond(opaque());
            assert!(!succeeded!(&response));
        }

        #[test]
        fn the_success_value_is_found_behind_json_and_tuples_that_end_in_it() {
            let json = || Json(Post { id: 7 });
            assert_eq!(success!(&json(), |post| post.id), Some(7));
            let created = Ok::<_, ()>((StatusCode::CREATED, json()));
            assert_eq!(success!(&created, |post| post.id), Some(7));
            let headers = Some((StatusCode::CREATED, [("a", "b")], json()));
            assert_eq!(success!(&headers, |post| post.id), Some(7));
        }
    }
}
