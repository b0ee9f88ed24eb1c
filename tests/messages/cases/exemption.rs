//! An exemption names a rule and says why.

#![allow(dead_code, unused_variables)]

use uuid::Uuid;

mod cache {
    cachex::schema!("cachex.yaml");
}

#[cachex::allow(uncovered_write)]
async fn without_a_reason(post_id: Uuid) {}

#[cachex::allow(uncoverd_write, reason = "seeded once")]
async fn unknown_rule(post_id: Uuid) {}

#[cachex::allow(uncovered_write, reason = "seeded once", until = "next year")]
async fn no_date(post_id: Uuid) {}

#[cachex::allow(uncovered_write, because = "seeded once")]
async fn unknown_word(post_id: Uuid) {}

#[cachex::allow]
async fn of_nothing(post_id: Uuid) {}

#[cachex::allow(everything, reason = "seeded once")]
async fn no_rule(post_id: Uuid) {}

fn main() {}
