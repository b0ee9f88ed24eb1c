//! Facts kept between runs: a run that recalls prints what a run that knows nothing prints, whatever became of the
//! sources and of what was kept. And no number of threads shows.
#![expect(clippy::unwrap_used, reason = "a failed expectation is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/check");
    let mut cases: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

/// A folder of this test's own.
fn scratch(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("kept")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn copied(case: &Path, to: &Path) {
    fs::create_dir_all(to.join("src")).unwrap();
    fs::copy(case.join("cachex.yaml"), to.join("cachex.yaml")).unwrap();
    for file in fs::read_dir(case.join("src")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join("src").join(file.file_name())).unwrap();
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cachex"));
    command.args(arguments).current_dir(folder);
    // Where these tests are built is no matter of the folder's.
    command.env_remove("CARGO_TARGET_DIR");
    command
}

fn ran(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// What all the ways of printing say.
const WAYS: [&[&str]; 3] = [
    &["check", ".", "--format", "json"],
    &["check", ".", "--format", "sarif"],
    &["facts", ".", "--format", "jsonl", "--calls"],
];

/// A run with what was kept and a run without print the same; `cache` is seen from the folder.
fn same(folder: &Path, cache: &str) {
    for way in WAYS {
        let recalled = ran(folder, &[way, &["--cache-dir", cache]].concat());
        let worked_out = ran(folder, &[way, &["--no-cache"]].concat());
        assert_eq!(
            String::from_utf8_lossy(&recalled.stdout),
            String::from_utf8_lossy(&worked_out.stdout),
            "{}",
            folder.display()
        );
        assert_eq!(recalled.status, worked_out.status);
        assert_eq!(recalled.stderr, worked_out.stderr);
    }
}

fn kept_files(cache: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(cache).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn no_number_of_threads_shows() {
    for case in cases().iter().step_by(3) {
        for way in WAYS {
            let printed = ["1", "2", "8"].map(|threads| {
                let mut command = command(case, &[way, &["--no-cache"]].concat());
                command.env("RAYON_NUM_THREADS", threads);
                command.output().unwrap().stdout
            });
            let [one, two, eight] = &printed;
            assert!(one == two && two == eight, "{}", case.display());
        }
    }
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap() % most.max(1)
    }
}

/// One edit as a person or a formatter makes it; some leave no Rust behind.
fn edited(text: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = chance.below(lines.len());
    match chance.below(8) {
        0 => lines.insert(at, "// a remark".to_owned()),
        1 => lines.insert(at, String::new()),
        2 => lines.insert(at, "/* a longer\n   remark */".to_owned()),
        3 => drop((!lines.is_empty()).then(|| lines.remove(at))),
        4 => lines.push("pub async fn added() { sqlx::query(\"DELETE FROM posts\"); }".to_owned()),
        5 => lines = lines.iter().map(|line| format!("  {line}")).collect(),
        6 => {
            lines = text
                .replace(" = ", "  =\n ")
                .lines()
                .map(str::to_owned)
                .collect();
        }
        _ => {
            if let Some(line) = lines.get_mut(at) {
                *line = line.replace("posts", "users").replace("title", "slug");
            }
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn no_edit_shows() {
    let scratch = scratch("no_edit_shows");
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for case in cases().iter().step_by(8) {
        let folder = scratch.join(case.file_name().unwrap());
        copied(case, &folder);
        for _ in 0..6 {
            same(&folder, "../kept");
            let files = kept_files(&folder.join("src"));
            let file = &files[chance.below(files.len())];
            let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
            fs::write(file, edited(&text, &mut chance)).unwrap();
        }
        same(&folder, "../kept");
    }
}

fn kept_bytes(cache: &Path) -> Vec<Vec<u8>> {
    let files = kept_files(cache);
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// The bytes of what is kept tell whether it was written again.
#[test]
fn remarks_and_layout_are_no_reason_to_work_again() {
    let scratch = scratch("remarks");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let cache = scratch.join("kept");
    same(&folder, "../kept");
    let before = kept_bytes(&cache);
    let file = folder.join("src/main.rs");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("// a remark\n\n{text}\n// another\n")).unwrap();
    same(&folder, "../kept");
    assert!(before == kept_bytes(&cache), "layout was a reason");
    fs::write(&file, format!("{text}\nstruct More;\n")).unwrap();
    same(&folder, "../kept");
    assert!(before != kept_bytes(&cache), "a type was none");
}

/// Where one body was edited, what was kept is of use, and stays for the next edit.
#[test]
fn an_edited_body_is_looked_at_alone() {
    let scratch = scratch("body");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let cache = scratch.join("kept");
    let write = |table: &str| {
        let other =
            "pub async fn other() { sqlx::query(\"DELETE FROM posts\").execute(pool).await; }";
        let text = format!(
            "{other}\npub async fn edited() {{ sqlx::query(\"DELETE FROM {table}\"); other().await }}\n"
        );
        fs::write(folder.join("src/more.rs"), text).unwrap();
    };
    write("posts");
    same(&folder, "../kept");
    let before = kept_bytes(&cache);
    for table in ["users", "tags", "posts"] {
        write(table);
        same(&folder, "../kept");
        assert!(before == kept_bytes(&cache), "{table}");
    }
}

/// Damage of what an edited body needs is a reason to work again; of the rest, nobody looks.
#[test]
fn damage_is_no_part_of_what_is_amended() {
    let scratch = scratch("amended");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let cache = scratch.join("kept");
    let write = |table: &str| {
        let text = format!("pub async fn edited() {{ sqlx::query(\"DELETE FROM {table}\"); }}\n");
        fs::write(folder.join("src/more.rs"), text).unwrap();
    };
    let facts = |cache: &[&str]| {
        let way = [&["facts", ".", "--format", "jsonl"], cache].concat();
        ran(&folder, &way).stdout
    };
    write("posts");
    facts(&["--cache-dir", "../kept"]);
    let [kept] = kept_files(&cache).try_into().unwrap();
    let whole = fs::read(&kept).unwrap();
    write("users");
    let expected = facts(&["--no-cache"]);
    let again = |at: usize| {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x40;
        fs::write(&kept, &damaged).unwrap();
        assert!(facts(&["--cache-dir", "../kept"]) == expected, "{at}");
        damaged != fs::read(&kept).unwrap()
    };
    let places = (0..97).map(|part| whole.len() * part / 97);
    let reasons = places.filter(|at| again(*at)).count();
    assert!((2..97).contains(&reasons), "{reasons} were a reason");
}

/// Only what a statement names counts of the SQL files.
#[test]
fn an_edit_of_sql_shows() {
    let scratch = scratch("sql");
    let folder = scratch.join("application");
    fs::create_dir_all(folder.join("src")).unwrap();
    let main = "async fn main() { sqlx::query_file!(\"named.sql\").execute(pool).await; }\n";
    fs::write(folder.join("src/main.rs"), main).unwrap();
    let facts = || {
        let way = ["facts", ".", "--format", "jsonl", "--cache-dir", "../kept"];
        String::from_utf8(ran(&folder, &way).stdout).unwrap()
    };
    let named = folder.join("named.sql");
    fs::write(folder.join("other.sql"), "SELECT 1").unwrap();
    fs::write(&named, "DELETE FROM posts").unwrap();
    assert!(facts().contains("\"posts\""));
    let cache = scratch.join("kept");
    let before = kept_bytes(&cache);
    fs::write(folder.join("other.sql"), "SELECT 2").unwrap();
    assert!(facts().contains("\"posts\""));
    assert!(
        before == kept_bytes(&cache),
        "a file that nothing names was a reason to work again"
    );
    fs::write(&named, "DELETE FROM users").unwrap();
    assert!(facts().contains("\"users\""));
    fs::remove_file(&named).unwrap();
    assert!(facts().contains("was not given"));
}

/// What becomes of a file's bytes.
type Damage<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

#[test]
fn what_is_damaged_is_worked_out_again() {
    let scratch = scratch("damaged");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let cache = scratch.join("kept");
    same(&folder, "../kept");
    let whole: Vec<(PathBuf, Vec<u8>)> = kept_files(&cache)
        .into_iter()
        .map(|file| (file.clone(), fs::read(file).unwrap()))
        .collect();
    assert!(!whole.is_empty());
    let flipped = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 0x40;
        bytes
    };
    let damages: [Damage<'_>; 7] = [
        &|_| Vec::new(),
        &|bytes| bytes[..10].to_vec(),
        &|bytes| bytes[..bytes.len() - 1].to_vec(),
        &|bytes| bytes[..bytes.len() / 2].to_vec(),
        &|bytes| flipped(bytes, 5),
        &|bytes| flipped(bytes, bytes.len() / 2),
        &|bytes| b"something else altogether, by another program".repeat(bytes.len() / 40),
    ];
    for damage in damages {
        for (file, bytes) in &whole {
            fs::write(file, damage(bytes)).unwrap();
        }
        same(&folder, "../kept");
    }
    // Of another application, and whole.
    let (_, first) = &whole[0];
    for (file, _) in &whole {
        fs::write(file, first).unwrap();
    }
    same(&folder, "../kept");
}

#[test]
fn a_folder_that_cannot_be_written_is_a_warning() {
    let scratch = scratch("unwritable");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    fs::write(scratch.join("file"), "in the way").unwrap();
    let way = ["check", ".", "--format", "json", "--cache-dir", "../file"];
    let given = ran(&folder, &way);
    let without = ran(&folder, &["check", ".", "--format", "json", "--no-cache"]);
    assert_eq!(given.stdout, without.stdout);
    assert_eq!(given.status, without.status);
    let said = String::from_utf8(given.stderr).unwrap();
    assert!(
        said.contains("can't keep what was found in `../file`"),
        "{said}"
    );
}

#[test]
fn runs_at_the_same_time_do_not_meet() {
    let scratch = scratch("same_time");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let expected = ran(&folder, &[WAYS[0], &["--no-cache"]].concat()).stdout;
    for _ in 0..3 {
        let mut running = Vec::new();
        for _ in 0..6 {
            let mut command = command(&folder, &[WAYS[0], &["--cache-dir", "../kept"]].concat());
            command.stdout(Stdio::piped());
            running.push(command.spawn().unwrap());
        }
        for run in running {
            assert_eq!(run.wait_with_output().unwrap().stdout, expected);
        }
        let file = folder.join("src/main.rs");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text + "\n").unwrap();
    }
    let left = kept_files(&scratch.join("kept"));
    assert_eq!(left.len(), 1, "nothing half written is left: {left:?}");
}

#[test]
fn no_more_is_kept_than_is_of_use() {
    let scratch = scratch("bounded");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    for number in 0..15 {
        fs::write(folder.join(format!("src/file{number}.rs")), "fn f() {}\n").unwrap();
        ran(&folder, &[WAYS[0], &["--cache-dir", "../kept"]].concat());
    }
    assert_eq!(kept_files(&scratch.join("kept")).len(), 12);
    same(&folder, "../kept");
}

/// Without cargo there is no target folder: nothing is left in the user's.
#[test]
fn without_a_target_folder_nothing_is_kept() {
    let scratch = scratch("bare");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let before = kept_files(&folder);
    ran(&folder, WAYS[0]);
    assert_eq!(kept_files(&folder), before);
}

#[test]
fn cargos_target_folder_is_where_it_is_kept() {
    let scratch = scratch("target");
    let folder = scratch.join("application");
    copied(&cases()[0], &folder);
    let manifest =
        "[package]\nname = \"blog\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    ran(&folder, WAYS[0]);
    assert_eq!(kept_files(&folder.join("target/cachex")).len(), 1);
    same(&folder, "target/cachex");
}
