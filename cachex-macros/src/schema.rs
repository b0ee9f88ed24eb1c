//! `schema!("cachex.yaml")`: the only macro that reads files.
//!
//! Every file that was read is also included as bytes, on errors too, so that editing it rebuilds the crate. On errors
//! an outline of what could be read stands in for the module, so that handlers are not blamed for the YAML.

use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::mpsc;

use cachex_compiler::diagnostics::{Severity, compile_error};
use cachex_compiler::emit::rust;
use cachex_compiler::{Asked, Compilation, Options, Unreadable, compile_files};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, LitStr};

/// What text becomes tokens of: rustc's own, or those of the macros' tests. `proc_macro2` reads all text itself before it
/// hands it to rustc, which took a third of the expansion of a large schema.
pub(crate) trait Tokens: From<TokenStream> + FromStr<Err: Display> + Extend<Self> {}

impl<T: From<TokenStream> + FromStr<Err: Display> + Extend<T>> Tokens for T {}

/// The module of the schema at a path relative to the crate's folder.
pub(crate) fn expand<T: Tokens>(arguments: TokenStream) -> T {
    let expanded = match syn::parse2::<LitStr>(arguments) {
        Ok(path) => module(&path),
        Err(error) => Err(Error::new(
            error.span(),
            "expected the schema's path: `schema!(\"cachex.yaml\")`",
        )),
    };
    expanded.unwrap_or_else(|error| error.into_compile_error().into())
}

fn module<T: Tokens>(path: &LitStr) -> Result<T, Error> {
    let (compilation, read) = compiled(path)?;
    let mistakes = mistakes(&compilation, path.span());
    let included = read.iter().map(|file| {
        let file = file.to_string_lossy();
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    let mut module = T::from(quote!(#(#included)* #mistakes));
    generate(&compilation, path, &mut module)?;
    module.extend([T::from(tests_macro(&path.value()))]);
    Ok(module)
}

/// Appends the generated code. It is emitted beside rustc's reading of it, which takes as long.
fn generate<T: Tokens>(
    compilation: &Compilation,
    path: &LitStr,
    module: &mut T,
) -> Result<(), Error> {
    let (Some(schema), Some(plan)) = (&compilation.schema, &compilation.plan) else {
        let outline = compilation.outline.as_ref().map(rust::outline);
        module.extend([parsed(&outline.unwrap_or_default(), path)?]);
        return Ok(());
    };
    let (hand_over, parts) = mpsc::channel();
    std::thread::scope(|scope| {
        // Who no longer receives has found a part that is not Rust.
        let emit = move || {
            rust::emit_parts(schema, plan, &mut |part| drop(hand_over.send(part)));
        };
        std::thread::Builder::new()
            .spawn_scoped(scope, emit)
            .map_err(|error| Error::new(path.span(), error))?;
        for part in parts {
            module.extend([parsed(&part, path)?]);
        }
        Ok(())
    })
}

fn tests_macro(name: &str) -> TokenStream {
    quote! {
        /// The rules' own tests, one for each entity and action: `cache::tests!();`, or `cache::tests!(domain::cache);`
        /// where the module is not `crate::cache`. They need the feature `testing` of cachex.
        #[allow(unused_macros)]
        macro_rules! tests {
            () => { crate::cache::tests!(crate::cache); };
            ($module:path) => {
                #[cfg(test)]
                mod cachex_rules {
                    ::cachex::__tests!(#name, $module);
                }
            };
        }
        #[allow(unused_imports)]
        pub(crate) use tests;
    }
}

fn parsed<T: Tokens>(code: &str, path: &LitStr) -> Result<T, Error> {
    code.parse()
        .map_err(|error| Error::new(path.span(), format!("generated code is not Rust: {error}")))
}

/// The tests of a schema: what `tests!` of its module expands to. Mistakes are reported by `schema!`.
pub(crate) fn tests<T: Tokens>(arguments: TokenStream) -> T {
    let parts = |input: syn::parse::ParseStream<'_>| {
        let path: LitStr = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        Ok((path, input.parse::<TokenStream>()?))
    };
    let expanded = syn::parse::Parser::parse2(parts, arguments)
        .and_then(|(path, module)| proofs(&path, &module));
    expanded.unwrap_or_else(|error| error.into_compile_error().into())
}

fn proofs<T: Tokens>(path: &LitStr, module: &TokenStream) -> Result<T, Error> {
    let compilation = compiled(path)?.0;
    let (Some(schema), Some(plan)) = (&compilation.schema, &compilation.plan) else {
        return Ok(T::from(TokenStream::new()));
    };
    let module: String = module.to_string().split_whitespace().collect();
    parsed(&rust::tests(schema, plan, &module), path)
}

/// The schema at a path relative to the crate's folder, and the files that were read for it.
fn compiled(path: &LitStr) -> Result<(Compilation, Vec<PathBuf>), Error> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .ok_or_else(|| Error::new(path.span(), "CARGO_MANIFEST_DIR is not set: cargo sets it"))?;
    let root = Path::new(&folder).join(path.value());
    let mut found = Vec::new();
    let mut bring = |asked: Asked<'_>| {
        let (at, bytes) = match asked {
            Asked::Root => (root.clone(), read(&root)),
            Asked::Included(path) => {
                let at = root.with_file_name(path);
                let bytes = read_beside(&root, &at);
                (at, bytes)
            }
        };
        if bytes.is_ok() {
            found.push(at);
        }
        bytes
    };
    let compilation = compile_files(&path.value(), &mut bring, &Options::default());
    Ok((compilation, found))
}

/// A link may lead out of the root's folder: what counts is where both files really lie.
fn read_beside(root: &Path, path: &Path) -> Result<Vec<u8>, Unreadable> {
    let (root, path) = (root.canonicalize()?, path.canonicalize()?);
    match root.parent() {
        Some(folder) if path.starts_with(folder) => read(&path),
        _ => Err(Unreadable::Outside),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let limit = Options::default().size_limit;
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(Unreadable::NoRegularFile);
    }
    if metadata.len() > limit {
        return Err(Unreadable::Oversized(metadata.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// One `compile_error!` for each mistake. Warnings are left to `cachex check`: a macro can't warn.
fn mistakes(compilation: &Compilation, span: Span) -> TokenStream {
    let errors = compilation
        .diagnostics
        .iter()
        .filter(|report| report.severity == Severity::Error);
    errors
        .map(|report| {
            let text = compile_error(report, &compilation.sources);
            quote_spanned!(span=> ::core::compile_error!(#text);)
        })
        .collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// The command line is asked the same of the same folders, in `cachex-cli/src/read/rules.rs`.
    #[test]
    fn a_schemas_folder_is_where_the_schema_really_lies() {
        let read = ["real", "folder", "both", "file"].map(|folder| {
            let path = format!("../tests/links/{folder}/cachex.yaml");
            let (compilation, found) = compiled(&LitStr::new(&path, Span::call_site())).unwrap();
            (folder, compilation.schema.is_some(), found.len())
        });
        let expected = [
            ("real", true, 2),
            ("folder", true, 2),
            ("both", true, 2),
            // What it includes lies beside the link to it.
            ("file", false, 1),
        ];
        assert_eq!(read, expected);
    }
}
