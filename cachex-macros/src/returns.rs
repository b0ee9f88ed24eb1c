//! A function's return type: as an annotation within its body, and what of it is a value, none, or an error.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, PathArguments, PathSegment, ReturnType, Type, TypeParamBound};

/// The type as an annotation: each `impl …` becomes `_`, for it may not stand in a `let`.
pub(crate) fn annotation(returns: &ReturnType) -> TokenStream {
    match returns {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => without_impl((**ty).clone()).into_token_stream(),
    }
}

fn without_impl(mut ty: Type) -> Type {
    struct Hide;
    impl VisitMut for Hide {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if matches!(ty, Type::ImplTrait(_)) {
                *ty = syn::parse_quote!(_);
            } else {
                visit_mut::visit_type_mut(self, ty);
            }
        }
    }
    Hide.visit_type_mut(&mut ty);
    ty
}

/// What a function that gives back a boxed or opaque future really returns: the future's `Output`.
pub(crate) fn output(returns: &ReturnType) -> Option<ReturnType> {
    let ReturnType::Type(arrow, ty) = returns else {
        return None;
    };
    let output = match &**ty {
        Type::Path(_) => future_output(innermost(ty)?)?,
        Type::ImplTrait(_) => future_output(ty)?,
        _ => return None,
    };
    Some(ReturnType::Type(*arrow, Box::new(output)))
}

/// `T` of `Pin<Box<T>>`.
fn innermost(ty: &Type) -> Option<&Type> {
    let pinned = argument(last(ty)?, 0)?;
    if last(ty)?.ident != "Pin" || last(pinned)?.ident != "Box" {
        return None;
    }
    argument(last(pinned)?, 0)
}

fn future_output(ty: &Type) -> Option<Type> {
    let bounds = match ty {
        Type::TraitObject(object) => &object.bounds,
        Type::ImplTrait(opaque) => &opaque.bounds,
        _ => return None,
    };
    bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let future = bound
            .path
            .segments
            .last()
            .filter(|it| it.ident == "Future")?;
        let PathArguments::AngleBracketed(arguments) = &future.arguments else {
            return None;
        };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(output) if output.ident == "Output" => {
                Some(output.ty.clone())
            }
            _ => None,
        })
    })
}

/// The last segment of a path type.
pub(crate) fn last(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The type argument of a segment at a position.
pub(crate) fn argument(segment: &PathSegment, position: usize) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.nth(position)
}

/// Where an opaque response is returned: bare, or within `Result`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opaque {
    /// `impl IntoResponse`
    Bare,
    /// `Result<impl IntoResponse, E>`
    InOk,
}

/// Whether a response is returned whose type, and so whose status, can't be seen.
pub(crate) fn opaque_response(returns: &ReturnType) -> Option<Opaque> {
    let ReturnType::Type(_, ty) = returns else {
        return None;
    };
    if is_opaque_response(ty) {
        return Some(Opaque::Bare);
    }
    let segment = last(ty).filter(|segment| segment.ident == "Result")?;
    is_opaque_response(argument(segment, 0)?).then_some(Opaque::InOk)
}

fn is_opaque_response(ty: &Type) -> bool {
    let Type::ImplTrait(opaque) = ty else {
        return false;
    };
    opaque.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|it| it.ident == "IntoResponse"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Opaque, annotation, opaque_response, output};
    use quote::ToTokens as _;
    use syn::{ReturnType, parse_quote};

    #[test]
    fn opaque_types_are_left_to_inference() {
        let returns: ReturnType = parse_quote!(-> Result<impl IntoResponse, Error>);
        assert_eq!(annotation(&returns).to_string(), "Result < _ , Error >");
        assert_eq!(opaque_response(&returns), Some(Opaque::InOk));
        assert_eq!(annotation(&ReturnType::Default).to_string(), "()");
    }

    #[test]
    fn a_boxed_future_is_seen_through() {
        let boxed: ReturnType = parse_quote! {
            -> ::core::pin::Pin<Box<dyn ::core::future::Future<Output = Result<u8, E>> + Send + 'a>>
        };
        let seen = output(&boxed).expect("a future");
        assert_eq!(seen.to_token_stream().to_string(), "-> Result < u8 , E >");
        let opaque: ReturnType = parse_quote!(-> impl Future<Output = u8> + Send);
        assert_eq!(
            output(&opaque)
                .expect("a future")
                .to_token_stream()
                .to_string(),
            "-> u8"
        );
        let plain: ReturnType = parse_quote!(-> Result<u8, E>);
        assert!(output(&plain).is_none());
    }
}
