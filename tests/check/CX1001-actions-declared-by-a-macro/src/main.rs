mod archive;
mod saga;

fn main() {
    let mut registry = steno::ActionRegistry::new();
    archive::register(&mut registry);
    saga::run(registry);
}
