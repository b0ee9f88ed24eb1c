//! A schema that is not there is one error, too.

mod cache {
    cachex::schema!("no/such.yaml");
}

fn main() {}
