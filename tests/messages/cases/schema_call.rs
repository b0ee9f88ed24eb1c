//! What `schema!` is called with.

mod without {
    cachex::schema!();
}

mod no_text {
    cachex::schema!(cachex.yaml);
}

fn main() {}
