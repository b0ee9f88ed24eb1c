//! How long a large schema takes, as users get it: `cargo bench -p cachex-benches --bench compile [-- ENTITIES]`.
//!
//! Writes a crate with a schema of so many entities (1 000) and three times as many caches, and times `cargo check` of
//! it, its dependencies built, in an unoptimised build as every user's: once with `schema!`, once with the same code as a
//! file. The difference is the expansion.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use cachex_compiler::{Options, Sources, compile, emit};

type Outcome<T> = Result<T, Box<dyn Error>>;

const ROUNDS: usize = 3;

fn main() -> Outcome<()> {
    let entities = std::env::args().find_map(|it| it.parse().ok());
    let text = cachex_benches::scale::schema(entities.unwrap_or(1_000));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale");
    let generated_code = rules(&text)?;
    let with_macro = lay_out(
        &folder,
        "with-macro",
        r#"cachex::schema!("cachex.yaml");"#,
        &text,
    )?;
    fs::write(folder.join("generated.rs"), &generated_code)?;
    let included = r#"include!("../../generated.rs");"#;
    let with_file = lay_out(&folder, "with-file", included, &text)?;
    let generated = check(&with_file)?;
    let whole = check(&with_macro)?;
    println!(
        "lines of generated code: {}",
        generated_code.lines().count()
    );
    println!(
        "seconds check-of-generated-code {:.2}",
        generated.as_secs_f64()
    );
    println!(
        "seconds expansion-of-schema {:.2}",
        whole.saturating_sub(generated).as_secs_f64()
    );
    Ok(())
}

/// The rules and the plan, optimised, as `cachex check` runs them; and the code.
fn rules(text: &str) -> Outcome<String> {
    let options = Options {
        size_limit: 64 << 20,
    };
    let begun = Instant::now();
    let compilation = compile(&Sources::new("cachex.yaml", text), &options);
    println!("seconds rules {:.3}", begun.elapsed().as_secs_f64());
    match (&compilation.schema, &compilation.plan) {
        (Some(schema), Some(plan)) => Ok(emit::rust::emit(schema, plan)),
        _ => Err("the schema has mistakes".into()),
    }
}

/// A crate of its own. A file may have 1 MiB, so the caches stand in a second one.
fn lay_out(folder: &Path, name: &str, module: &str, text: &str) -> Outcome<PathBuf> {
    let crate_folder = folder.join(name);
    fs::create_dir_all(crate_folder.join("src"))?;
    let facade = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cachex");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         cachex = {{ path = \"{}\" }}\n\n[workspace]\n",
        facade.canonicalize()?.display()
    );
    fs::write(crate_folder.join("Cargo.toml"), manifest)?;
    let (entities, caches) = text
        .split_once("\ncaches:\n")
        .ok_or("a schema has caches")?;
    let root = entities.replacen("\nentities:", "\ninclude: [caches.yaml]\nentities:", 1);
    fs::write(crate_folder.join("cachex.yaml"), root)?;
    fs::write(
        crate_folder.join("caches.yaml"),
        format!("caches:\n{caches}"),
    )?;
    let library = format!("//! Measured.\n\npub mod cache {{\n    {module}\n}}\n");
    fs::write(crate_folder.join("src/lib.rs"), library)?;
    Ok(crate_folder)
}

/// The median time of `cargo check`, its dependencies built.
fn check(crate_folder: &Path) -> Outcome<Duration> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale/target");
    let library = crate_folder.join("src/lib.rs");
    let mut rounds = Vec::new();
    for _ in 0..=ROUNDS {
        fs::write(&library, fs::read(&library)?)?;
        let begun = Instant::now();
        let status = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(&target)
            .current_dir(crate_folder)
            .status()?;
        rounds.push(begun.elapsed());
        if !status.success() {
            return Err("the generated code does not compile".into());
        }
    }
    // The first one built the dependencies.
    let mut counted = rounds.split_off(1);
    counted.sort();
    counted
        .get(ROUNDS / 2)
        .copied()
        .ok_or_else(|| "no round".into())
}
