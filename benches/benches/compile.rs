use std::time::Instant;

fn main() {
    let n: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(1000);
    let text = cachex_benches::scale::schema(n);
    std::fs::write("/tmp/w/scale.yaml", &text).unwrap();
    let sources = cachex_compiler::Sources::new("cachex.yaml", text);
    let options = cachex_compiler::Options {
        size_limit: 64 << 20,
        ..Default::default()
    };
    let t = Instant::now();
    let c = cachex_compiler::compile(&sources, &options);
    println!("compile {:?} reports {}", t.elapsed(), c.diagnostics.len());
    for d in c.diagnostics.iter().take(3) {
        println!("{}", d.message);
    }
    let (Some(schema), Some(plan)) = (&c.schema, &c.plan) else {
        return;
    };
    let t = Instant::now();
    let text = cachex_compiler::emit::rust::emit(schema, plan);
    println!(
        "emit {:?} {} bytes {} lines",
        t.elapsed(),
        text.len(),
        text.lines().count()
    );
    std::fs::write("/tmp/w/scale.rs", text).unwrap();
}
