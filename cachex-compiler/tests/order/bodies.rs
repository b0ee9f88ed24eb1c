//! What others' facts read off a body: cases for each that is known.

use super::{Files, amended_facts, linked, parsed};

/// An application, what a body in it says before and after an edit, and whether looking at the body is enough.
const BODIES: [(&str, [&str; 2], [bool; 2]); 31] = [
    // A router put together of others'.
    (
        "fn routes() -> axum::Router { axum::Router::new().route(\"/a\", axum::routing::get(one)) }
         async fn one() { sqlx::query(\"DELETE FROM posts\"); }
         fn edited() -> axum::Router { BODY }",
        ["axum::Router::new().nest(\"/api\", routes())", "started()"],
        [false, false],
    ),
    // A type that only another's body tells.
    (
        "trait Store { async fn wipe(&self); }
         struct Sql;
         struct Other;
         impl Store for Sql { async fn wipe(&self) { sqlx::query(\"DELETE FROM posts\"); } }
         impl Store for Other { async fn wipe(&self) {} }
         fn store() -> impl Store { Sql }
         async fn both(one: &Sql, other: &Other) { one.wipe().await; other.wipe().await; }
         async fn edited() { BODY }",
        ["", "store().wipe().await"],
        [false, false],
    ),
    // A task.
    (
        "fn task() { sqlx::query(\"DELETE FROM posts\"); }
         fn edited() { BODY }",
        ["std::thread::spawn(task);", ""],
        [false, false],
    ),
    // What callers give is run in a task.
    (
        "async fn task() { sqlx::query(\"DELETE FROM posts\"); }
         async fn starts() { edited(task()) }
         fn edited<F: Future>(given: F) { BODY }",
        ["", "tokio::spawn(given);"],
        [false, false],
    ),
    // What callers give is the statement's table.
    (
        "async fn starts() { edited(\"posts\").await }
         async fn edited(table: &str) { BODY }",
        ["", "sqlx::query(&format!(\"DELETE FROM {table}\"));"],
        [false, false],
    ),
    // An implementation that others' calls lead to.
    (
        "trait Store { fn wipe(&self) { sqlx::query(\"DELETE FROM posts\"); } }
         struct Sql;
         struct Other;
         fn wipes(one: &Sql) { one.wipe() }
         fn edited() { BODY }",
        ["impl Store for Sql {}", "impl Store for Other {}"],
        [false, false],
    ),
    // A name that another body puts together of pieces.
    (
        "macro_rules! wipe { ($what:ident) => { paste::paste! { [<wipe_ $what>]() } } }
         fn wipes() { wipe!(posts) }
         fn edited() { BODY }",
        ["", "let wipe_posts = 1;"],
        [false, false],
    ),
    // A framework's name, which says whose attributes are.
    (
        "#[get(\"/\")]
         async fn one() { sqlx::query(\"DELETE FROM posts\"); }
         fn edited() { BODY }",
        ["", "let app = rocket::build();"],
        [false, false],
    ),
    // A method that code outside calls if nobody here does.
    (
        "struct Work;
         impl worker::Job for Work { fn run(&self) { sqlx::query(\"DELETE FROM posts\"); } }
         fn edited(work: Work) { BODY }",
        ["", "work.run();"],
        [false, false],
    ),
    // A macro's call that reads another's body for its own.
    (
        "macro_rules! wipes { ($name:ident) => { fn $name() { sqlx::query(\"DELETE FROM posts\"); } } }
         fn edited() { BODY }",
        ["", "wipes!(wipe); wipe();"],
        [false, false],
    ),
    // What else a framework calls for a handler stays.
    (
        "struct User;
         impl<S> axum::extract::FromRequestParts<S> for User {
             async fn from_request_parts() { sqlx::query(\"UPDATE users SET seen = 1\"); }
         }
         fn routes() -> axum::Router { axum::Router::new().route(\"/a\", axum::routing::get(edited)) }
         async fn edited(user: User) { BODY }",
        ["", "sqlx::query(\"DELETE FROM posts\");"],
        [true, true],
    ),
    // Nobody else's.
    (
        "fn helper() { sqlx::query(\"DELETE FROM posts\"); }
         fn edited() { BODY }",
        ["use std::fmt::Debug;", "use std::fmt::Display; helper()"],
        [true, true],
    ),
    // A function that others' names mean.
    (
        "mod other { pub fn wipe() { sqlx::query(\"DELETE FROM posts\"); } }
         use other::*;
         fn wipes() { wipe() }
         BODY",
        ["", "fn wipe() {}"],
        [false, false],
    ),
    // A function that a program begins with.
    (
        "BODY",
        ["", "fn main() { sqlx::query(\"DELETE FROM posts\"); }"],
        [false, false],
    ),
    // A method that code outside calls.
    (
        "struct Work;
         impl worker::Job for Work { BODY }",
        ["", "fn run(&self) { sqlx::query(\"DELETE FROM posts\"); }"],
        [false, false],
    ),
    // A function of which something is said.
    (
        "BODY",
        ["", "#[cachex::invalidates(post)] fn wipe() { sqlx::query(\"DELETE FROM posts\"); }"],
        [false, false],
    ),
    // A method that is what is said of them all.
    (
        "struct Mutation;
         #[async_graphql::Object]
         impl Mutation { BODY }",
        ["", "async fn wipe(&self) { sqlx::query(\"DELETE FROM posts\"); }"],
        [false, false],
    ),
    // A body that is read for who saves what it gives.
    (
        "#[derive(DeriveEntityModel)]
         #[sea_orm(table_name = \"posts\")]
         pub struct Model { pub id: i64, pub seen_at: i64 }
         pub struct ActiveModel { pub id: ActiveValue<i64>, pub seen_at: ActiveValue<i64> }
         fn seen(id: i64) -> ActiveModel { ActiveModel { id: Set(id), seen_at: Set(1) } }
         async fn edited(id: i64) { BODY }",
        ["seen(id).update(&db).await", "seen(id)"],
        [false, false],
    ),
    // A name that is another function's as well.
    (
        "struct Sql;
         impl Sql { fn wipe(&self) { sqlx::query(\"DELETE FROM posts\"); } }
         struct Other;
         impl Other { BODY }
         fn wipes(store: &unknown::Store) { store.wipe() }",
        ["", "fn wipe(&self) {}"],
        [false, false],
    ),
    // A function, and one that calls it.
    (
        "BODY",
        [
            "fn edited() {}",
            "fn edited() { wipe() } fn wipe() { sqlx::query(\"DELETE FROM posts\"); }",
        ],
        [true, true],
    ),
    // Under another name, with another body.
    (
        "struct Sql;
         impl Sql { BODY fn other(&self) { sqlx::query(\"DELETE FROM users\"); } }",
        [
            "fn wipe(&self) { sqlx::query(\"DELETE FROM posts\"); }",
            "fn clear(&self) { sqlx::query(\"DELETE FROM tags\"); }",
        ],
        [true, true],
    ),
    // Several, before others.
    (
        "BODY
         mod below { fn other() { sqlx::query(\"DELETE FROM users\"); } }",
        [
            "fn wipe() { sqlx::query(\"DELETE FROM posts\"); }",
            "fn wipe() {} async fn clear() { sqlx::query(TEXT); } pub fn read(text: String) { sqlx::query(&text); }",
        ],
        [true, true],
    ),
    // In a module of the same file, and in one that is left out.
    (
        "mod below { use crate::sql::wipe; BODY fn other() { sqlx::query(\"DELETE FROM users\"); } }
         mod sql { pub fn wipe() { sqlx::query(\"DELETE FROM posts\"); } }",
        ["", "fn clear() { wipe(); } fn fresh() { clear() }"],
        [true, true],
    ),
    (
        "#[cfg(test)] mod tests { BODY }
         fn other() { sqlx::query(\"DELETE FROM users\"); }",
        ["", "fn clear() { sqlx::query(\"DELETE FROM posts\"); }"],
        [true, true],
    ),
    // A method, and one that calls it.
    (
        "struct Store;
         impl Store { BODY fn behind(&self) { sqlx::query(\"DELETE FROM users\"); } }
         struct Other;
         impl Other { fn last(&self) {} }",
        [
            "",
            "fn clear(&self) { sqlx::query(\"DELETE FROM posts\"); } fn both(&self) { self.clear() }",
        ],
        [true, true],
    ),
    // What a body imports.
    (
        "mod sql { pub fn wipe() { sqlx::query(\"DELETE FROM posts\"); } }
         mod other { pub fn wipe() { sqlx::query(\"DELETE FROM users\"); } }
         fn last() { sqlx::query(\"DELETE FROM tags\"); }
         fn edited() { BODY }
         fn behind() { use other::*; wipe() }",
        ["use other::wipe; use std::fmt; wipe()", "use sql::*; wipe()"],
        [true, true],
    ),
    (
        "mod sql { pub fn wipe() { sqlx::query(\"DELETE FROM posts\"); } }
         struct Store;
         impl Store { fn edited(&self) { BODY } fn behind(&self) { use sql::wipe; wipe() } }",
        ["last()", "use sql::wipe as last; last()"],
        [true, true],
    ),
    (
        "mod sql { pub fn wipe() { sqlx::query(\"DELETE FROM posts\"); } }
         BODY
         fn behind() { sqlx::query(\"DELETE FROM users\"); }",
        ["", "fn clear() { use sql::*; wipe() }"],
        [true, true],
    ),
    // An instance that is made for who asks for it.
    (
        "trait Store { fn wipe(&self); }
         struct Sql;
         impl Store for Sql { fn wipe(&self) { sqlx::query(\"DELETE FROM posts\"); } }
         fn wipes<T: Store>(of: T) { of.wipe() }
         fn edited() { BODY }",
        ["", "wipes(Sql)"],
        [false, false],
    ),
    // A name that an attribute's would be instead of one that came by a glob.
    (
        "use actix_web::*;
         #[get(\"/\")]
         async fn one() { sqlx::query(\"DELETE FROM posts\"); }
         BODY",
        ["", "fn get() {}"],
        [false, false],
    ),
    // Something said of the whole file.
    (
        "BODY fn wipe() { sqlx::query(\"DELETE FROM posts\"); }",
        ["", "#![cfg(test)] fn more() {}"],
        [false, false],
    ),
];

#[test]
fn what_others_read_off_a_body_is_worked_out_again() {
    for (text, bodies, alone) in BODIES {
        let files = bodies
            .map(|body| -> Files { vec![("src/main.rs".to_owned(), text.replace("BODY", body))] });
        let facts = files
            .each_ref()
            .map(|files| linked(files, &parsed(files), &[0]));
        for ([before, now], alone) in [[0, 1], [1, 0]].into_iter().zip(alone) {
            let amended = amended_facts(&facts[before], &files[before], &files[now]);
            assert_eq!(
                amended.is_some(),
                alone,
                "{} became {}: {text}",
                bodies[before],
                bodies[now]
            );
            if let Some(amended) = amended {
                assert_eq!(format!("{amended:?}"), format!("{:?}", facts[now]));
            }
        }
    }
}

/// A file that two crates have in common is there twice.
#[test]
fn what_two_crates_have_in_common_is_looked_at_twice() {
    let shared = ["", "pub fn fresh() { wipe() }"].map(|more| -> Files {
        [
            ("src/lib.rs", "mod sql; pub fn lib() { sql::wipe() }".to_owned()),
            ("src/main.rs", "mod sql; fn main() { sql::wipe() }".to_owned()),
            (
                "src/sql.rs",
                format!("pub fn wipe() {{ sqlx::query(\"DELETE FROM posts\"); }} {more} impl Store {{ fn f() {{}} }}"),
            ),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect()
    });
    let facts = shared
        .each_ref()
        .map(|files| linked(files, &parsed(files), &[0, 1, 2]));
    assert_eq!(
        facts.each_ref().map(|facts| facts.functions.len()),
        [6, 8],
        "each crate has its own"
    );
    for [before, now] in [[0, 1], [1, 0]] {
        let amended = amended_facts(&facts[before], &shared[before], &shared[now]).unwrap();
        assert_eq!(format!("{amended:?}"), format!("{:?}", facts[now]));
    }
}

/// Another file's call leads to something else once a function is there, or no longer.
#[test]
fn what_another_file_names_is_worked_out_again() {
    let files =
        ["", "pub fn wipe() { sqlx::query(\"DELETE FROM posts\"); }"].map(|more| -> Files {
            [
                (
                    "src/main.rs",
                    "mod sql; fn main() { sql::wipe() }".to_owned(),
                ),
                ("src/sql.rs", format!("pub fn other() {{}} {more}")),
            ]
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text))
            .collect()
        });
    let facts = files
        .each_ref()
        .map(|files| linked(files, &parsed(files), &[0, 1]));
    for [before, now] in [[0, 1], [1, 0]] {
        assert!(amended_facts(&facts[before], &files[before], &files[now]).is_none());
    }
}

/// What only tests reach is no part of the facts, whatever becomes of it.
#[test]
fn what_is_left_out_is_no_reason_to_work_again() {
    let files = ["", "fn fresh() { wipe() }"].map(|more| -> Files {
        [
            (
                "src/main.rs",
                "#[cfg(test)] mod tests; fn main() {}".to_owned(),
            ),
            (
                "src/tests.rs",
                format!("fn wipe() {{}} impl Store {{ fn f() {{}} }} {more}"),
            ),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect()
    });
    let facts = files
        .each_ref()
        .map(|files| linked(files, &parsed(files), &[0, 1]));
    for [before, now] in [[0, 1], [1, 0]] {
        let amended = amended_facts(&facts[before], &files[before], &files[now]).unwrap();
        assert_eq!(format!("{amended:?}"), format!("{:?}", facts[now]));
    }
}

/// Beyond a number of types a function isn't looked at for each: which ones it is depends on who asks first.
#[test]
fn who_asks_first_in_a_crowd_is_worked_out_again() {
    let one = |index| {
        format!(
            "struct T{index};
             impl Store for T{index} {{ fn wipe(&self) {{ sqlx::query(\"DELETE FROM t{index}\"); }} }}
             fn c{index}() {{ wipe(T{index}) }}
            "
        )
    };
    let crowd: String = (0..99).map(one).collect();
    let store = "trait Store { fn wipe(&self); } fn wipe<T: Store>(of: T) { of.wipe() }";
    let file = |body: &str| -> Files {
        let edited = format!("fn edited() {{ {body} }}");
        vec![(
            "src/main.rs".to_owned(),
            format!("{store}\n{crowd}{edited}"),
        )]
    };
    let files = ["", "wipe(T98)", "wipe(T2)"].map(file);
    let facts = files
        .each_ref()
        .map(|files| linked(files, &parsed(files), &[0]));
    for (before, now) in [(0, 1), (0, 2), (2, 0), (1, 2)] {
        let amended = amended_facts(&facts[before], &files[before], &files[now]);
        let same = |amended| format!("{amended:?}") == format!("{:?}", facts[now]);
        assert!(amended.is_none_or(same), "{before} became {now}");
    }
}

/// What a derive macro does is read off all of its crate, and not only off the file it stands in.
#[test]
fn what_a_derive_macro_calls_is_worked_out_again() {
    let files = [
        "format!(\"DELETE FROM {} WHERE id = $1\", table)",
        "String::new()",
    ];
    let files = files.map(|body| -> Files {
        [
            ("derive/src/lib.rs", "mod sql; #[proc_macro_derive(Row)] pub fn row(of: T) -> T { sql::removal(of) }".to_owned()),
            ("derive/src/sql.rs", format!("pub fn removal(table: &str) -> String {{ {body} }}")),
            ("src/main.rs", "#[derive(Row)] struct Post; async fn wipe(post: Post, db: Db) { post.delete(&db).await; }".to_owned()),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect()
    });
    let facts = files
        .each_ref()
        .map(|files| linked(files, &parsed(files), &[0, 1, 2]));
    assert_eq!(facts.each_ref().map(|facts| facts.sites.len()), [1, 0]);
    for [before, now] in [[0, 1], [1, 0]] {
        assert!(amended_facts(&facts[before], &files[before], &files[now]).is_none());
    }
}
