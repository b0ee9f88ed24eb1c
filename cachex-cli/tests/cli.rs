//! The command line by itself: exit status, both names, explaining, denying, baselines.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Status and what was said, on both streams.
fn run(program: &str, folder: &Path, arguments: &[&str]) -> (i32, String) {
    let ran = Command::new(program)
        .args(arguments)
        .args(["--color", "never"])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn cachex(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run(env!("CARGO_BIN_EXE_cachex"), folder, arguments)
}

/// A case of `tests/check`.
fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/check")
        .join(name)
}

/// A copy of a case that a test may change.
fn copied(name: &str, test: &str) -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(copy.join("src")).unwrap();
    let original = case(name);
    fs::copy(original.join("cachex.yaml"), copy.join("cachex.yaml")).unwrap();
    for file in fs::read_dir(original.join("src")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.join("src").join(file.file_name())).unwrap();
    }
    copy
}

#[test]
fn what_could_not_run_ends_with_2_and_says_why() {
    let (status, said) = cachex(&case("covered"), &["check", "nowhere"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.starts_with("error: can't read `nowhere`"), "{said}");
    let (status, said) = cachex(&case("covered").join("src"), &["check", "."]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("there is no cachex.yaml"), "{said}");
    let (status, _) = cachex(&case("covered"), &["chek"]);
    assert_eq!(status, 2);
    let (status, said) = cachex(&case("covered"), &["check", ".", "--deny", "CX9999"]);
    assert_eq!(status, 2, "{said}");
}

#[test]
fn rules_with_an_error_end_with_1_and_keep_the_sources_unread() {
    let folder = copied("covered", "rules_with_an_error");
    let yaml = fs::read_to_string(folder.join("cachex.yaml")).unwrap();
    fs::write(
        folder.join("cachex.yaml"),
        yaml.replace("when: post,", "when: pots,"),
    )
    .unwrap();
    let (status, said) = cachex(&folder, &["check", "."]);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("[CX0101]") && said.contains("were not looked at"),
        "{said}"
    );
}

#[test]
fn cargo_finds_the_same_command() {
    let (status, said) = run(
        env!("CARGO_BIN_EXE_cargo-cachex"),
        &case("covered"),
        &["cachex", "check", "."],
    );
    assert_eq!((status, said), cachex(&case("covered"), &["check", "."]));
    assert_eq!(status, 0);
}

#[test]
fn codes_changes_and_caches_are_explained() {
    let explain = |what: &str| cachex(&case("covered"), &["explain", what]);
    for (what, said) in [
        ("CX0301", "# dependency_cycle"),
        ("cx1001", "# uncovered_write"),
        ("uncovered_write", "CX1001, error"),
        ("post.update(title)", "post_by_id"),
        ("post_by_id", "user.update(name)"),
    ] {
        let (status, page) = explain(what);
        assert_eq!(status, 0, "{page}");
        assert!(page.contains(said), "`{what}`: {page}");
    }
    assert_eq!(explain("CX0999").0, 2);
    assert_eq!(explain("pots").0, 1);
    let (status, rules) = cachex(&case("covered"), &["explain"]);
    assert_eq!(status, 0, "{rules}");
    assert!(
        rules.contains("\nCX1001  error    uncovered_write\n"),
        "{rules}"
    );
}

#[test]
fn a_denied_warning_is_an_error() {
    let check = |arguments: &[&str]| cachex(&case("CX1103-unreached-write"), arguments).0;
    assert_eq!(check(&["check", "."]), 0);
    assert_eq!(check(&["check", ".", "--deny", "warnings"]), 1);
    assert_eq!(check(&["check", ".", "--deny", "CX1103"]), 1);
    assert_eq!(check(&["check", ".", "--deny", "CX1104"]), 0);
}

#[test]
fn a_baseline_only_shrinks() {
    let folder = copied(
        "CX1001-forgotten-create-and-delete",
        "a_baseline_only_shrinks",
    );
    assert_eq!(cachex(&folder, &["check", "."]).0, 1);
    let (status, said) = cachex(&folder, &["check", ".", "--baseline", "write"]);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.ends_with("1 covered, 2 missing, 2 findings in the baseline\n"),
        "{said}"
    );
    assert_eq!(cachex(&folder, &["check", "."]).0, 0);
    assert_eq!(cachex(&folder, &["check", ".", "--baseline", "off"]).0, 1);

    let posts = folder.join("src/posts.rs");
    let text = fs::read_to_string(&posts).unwrap();
    fs::write(
        &posts,
        text.replace("#[cachex::invalidates(post.update(title))]", ""),
    )
    .unwrap();
    let (status, said) = cachex(&folder, &["check", ".", "--baseline", "write"]);
    assert_eq!(status, 1, "a new finding is no old one: {said}");
    assert!(said.contains("what is new was not added to it"), "{said}");
    let baseline = fs::read_to_string(folder.join("cachex-baseline.yaml")).unwrap();
    assert!(!baseline.contains("rename"), "{baseline}");

    fs::write(folder.join("cachex-baseline.yaml"), "- no\n").unwrap();
    let (status, said) = cachex(&folder, &["check", "."]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("is no baseline (line 1"), "{said}");
}

#[test]
fn every_machine_format_carries_the_finding() {
    let check = |format: &str| {
        cachex(
            &case("CX1001-two-calls-away"),
            &["check", ".", "--format", format],
        )
        .1
    };
    let json: serde_json::Value = serde_json::from_str(&check("json")).unwrap();
    assert_eq!(json["findings"][0]["code"], "CX1001");
    assert_eq!(json["findings"][0]["labels"][3]["file"], "src/store.rs");
    assert_eq!(json["summary"]["missing"], 1);
    let sarif: serde_json::Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "CX1001");
    assert!(check("github").starts_with("::error file=src/posts.rs,line=11"));
}

#[test]
fn facts_need_no_rules() {
    let folder = copied("covered", "facts_need_no_rules");
    fs::remove_file(folder.join("cachex.yaml")).unwrap();
    let (status, said) = cachex(&folder, &["facts", ".", "--format", "jsonl"]);
    assert_eq!(status, 0, "{said}");
    let rows = said
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let insert = rows
        .clone()
        .find(|row| row["operation"] == "insert")
        .unwrap();
    assert_eq!(insert["roots"][0]["route"], "POST /posts");
    assert_eq!(insert["file"], "src/store.rs");
    assert_eq!(rows.count(), 3);
}

#[test]
fn a_broad_declaration_is_narrowed_once_and_only_where_its_lines_are_committed() {
    let folder = copied("CX1102-broad-declaration", "narrowed");
    let fix = || cachex(&folder, &["check", ".", "--fix"]);
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=a", "-c", "user.email=a@b"];
        let ran = Command::new("git")
            .args(who)
            .args(arguments)
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    git(&["init", "-q"]);
    let before = sources(&folder);
    let (_, said) = fix();
    assert!(
        said.contains("left as it is, its lines are not committed"),
        "{said}"
    );
    assert!(said.contains("[CX1102]"), "{said}");
    assert_eq!(sources(&folder), before);

    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    let (_, said) = fix();
    assert!(said.contains(": wrote `post."), "{said}");
    assert!(!said.contains("[CX1102]"), "{said}");
    let after = sources(&folder);
    assert_ne!(after, before);
    let (_, said) = fix();
    assert!(!said.contains("wrote"), "{said}");
    assert_eq!(sources(&folder), after);
}

/// Every source file's text.
fn sources(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder.join("src")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

/// A package of a workspace whose other member is missing, as a partial checkout leaves it.
fn partial_checkout(test: &str) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&top);
    let app = top.join("apps/shop");
    fs::create_dir_all(app.join("src")).unwrap();
    fs::write(
        top.join("Cargo.toml"),
        "[workspace]\nmembers = [\"apps/shop\", \"apps/missing\"]\n[workspace.package]\nversion = \"0.1.0\"\n",
    )
    .unwrap();
    fs::write(
        app.join("Cargo.toml"),
        "[package]\nname = \"shop\"\nversion.workspace = true\n\n[dependencies]\nmissing = { path = \"../missing\" }\n",
    )
    .unwrap();
    fs::write(
        app.join("src/main.rs"),
        "fn main() { rename(); }\nfn rename() { execute(\"UPDATE products SET name = $1\"); }\n",
    )
    .unwrap();
    top
}

#[test]
fn where_cargo_cannot_read_the_folder_its_files_are() {
    let top = partial_checkout("partial_checkout");
    for (folder, file) in [
        (".", "apps/shop/src/main.rs"),
        ("apps/shop/", "src/main.rs"),
    ] {
        let (status, said) = cachex(&top, &["facts", folder, "--format", "jsonl"]);
        assert_eq!(status, 0, "{said}");
        let row = format!("\"file\":\"{file}\",\"line\":2,");
        assert!(
            said.contains("\"table\":\"products\"") && said.contains(&row),
            "{said}"
        );
        let warning = "failed to load manifest for workspace member";
        assert_eq!(
            said.matches("warning: cargo can't read").count(),
            1,
            "{said}"
        );
        assert!(said.contains(warning), "{said}");
    }
}

#[test]
fn a_toolchain_that_is_missing_is_not_waited_for() {
    let top = partial_checkout("missing_toolchain");
    let app = top.join("apps/shop");
    fs::write(
        app.join("Cargo.toml"),
        "[package]\nname = \"shop\"\n\n[workspace]\n",
    )
    .unwrap();
    fs::write(
        app.join("rust-toolchain.toml"),
        "[toolchain]\nchannel = \"1.0.0\"\n",
    )
    .unwrap();
    let (status, said) = cachex(&app, &["facts", ".", "--format", "jsonl"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("\"table\":\"products\""), "{said}");
    assert!(!said.contains("warning:"), "{said}");
}

#[test]
fn what_is_nearly_right_is_told_what_was_meant() {
    let folder = case("covered");
    let told = |arguments: &[&str], expected: &str| {
        let (status, said) = cachex(&folder, arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_ne!(status, 0, "{arguments:?}");
    };
    told(&["check", "--deny", "warning"], "did you mean `warnings`?");
    told(
        &["check", "--deny", "uncoverd_write"],
        "did you mean `uncovered_write`?",
    );
    told(
        &["explain", "uncoverd_write"],
        "did you mean `uncovered_write`?",
    );
    told(
        &["explain", "nothing"],
        "there are `user`, `topic`, `post`, ",
    );
}

#[test]
fn sources_given_by_a_file_are_not_found_clean() {
    for command in ["check", "facts"] {
        let (status, said) = cachex(&case("covered"), &[command, "--src", "src/main.rs"]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("takes the folder"), "{said}");
    }
}

#[test]
fn rules_without_a_mistake_are_counted() {
    let (status, said) = cachex(&case("covered"), &["check", "--rules-only"]);
    assert_eq!(
        (status, said.as_str()),
        (0, "3 entities and 3 caches understood\n")
    );
}

#[test]
fn a_librarys_own_way_to_clear_is_listed_where_no_function_stands_around_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign_effects");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).unwrap();
    let source = r#"
        use axum::extract::State;
        fn main() {
            let app = axum::Router::new().route("/users", axum::routing::post(rename));
        }
        async fn rename(State(app): State<App>) {
            app.client.clear_cache(Cache::Users).await;
            app.client.clear_cache(Cache::Groups).await;
            Names::forget_cached(&app.names);
        }
        struct App { client: hiqlite::Client, names: Names }
        struct Names { cache: moka::sync::Cache<i64, String> }
        impl Names {
            fn forget_cached(&self) { self.cache.invalidate(&1) }
        }
    "#;
    fs::write(folder.join("src/main.rs"), source).unwrap();
    let (_, said) = cachex(&folder, &["facts", ".", "--no-cache"]);
    let (_, listed) = said.split_once("clear caches:\n").unwrap();
    for expected in [
        "  1  Names::forget_cached\n",
        "  1  hiqlite::Client::clear_cache(Cache::Groups)\n",
        "  1  hiqlite::Client::clear_cache(Cache::Users)\n",
    ] {
        assert!(listed.contains(expected), "{said}");
    }
    assert!(!listed.contains("moka"), "{said}");
}

#[test]
fn facts_are_listed_where_several_packages_have_rules() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("several_rules");
    let _ = fs::remove_dir_all(&folder);
    for package in ["one", "other"] {
        fs::create_dir_all(folder.join(package).join("src")).unwrap();
        let manifest =
            format!("[package]\nname = \"{package}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n");
        fs::write(folder.join(package).join("Cargo.toml"), manifest).unwrap();
        fs::write(
            folder.join(package).join("cachex.yaml"),
            "cachex: 1\nnamespace: x\n",
        )
        .unwrap();
        let source = "fn main() { sqlx::query(\"DELETE FROM users\"); }";
        fs::write(folder.join(package).join("src/main.rs"), source).unwrap();
    }
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nmembers = [\"one\", \"other\"]\n",
    )
    .unwrap();
    let (status, said) = cachex(&folder, &["facts"]);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.ends_with("2 writes, 0 reads, 0 not understood\n"),
        "{said}"
    );
    let (status, said) = cachex(&folder, &["check"]);
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("name the folder of one as PATH: one, other"),
        "{said}"
    );
}

#[test]
fn a_result_about_nothing_says_so() {
    let folder = copied("covered", "a_result_about_nothing_says_so");
    let rules = fs::read_to_string(folder.join("cachex.yaml")).unwrap();
    fs::write(
        folder.join("cachex.yaml"),
        rules + "check: { sources: [scr] }\n",
    )
    .unwrap();
    let (_, said) = cachex(&folder, &["check", "."]);
    assert!(
        said.contains("warning: no Rust file was found there"),
        "{said}"
    );
    fs::remove_dir_all(folder.join("src")).unwrap();
    let (_, said) = cachex(&folder, &["facts", "."]);
    assert!(
        said.contains("warning: no Rust file was found there"),
        "{said}"
    );
}
