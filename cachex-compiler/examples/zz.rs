use cachex_compiler::{Options, Sources, compile};
fn main() {
    let mut bad = 0;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        if path.ends_with(".md") {
            let code = cachex_compiler::diagnostics::registry::RULES
                .iter()
                .find(|r| path.ends_with(&format!("/{}.md", r.name)))
                .unwrap()
                .code;
            let blocks: Vec<&str> = text
                .split("```yaml\n")
                .skip(1)
                .map(|b| b.split("```").next().unwrap())
                .collect();
            for (i, b) in blocks.iter().enumerate() {
                let c = compile(
                    &Sources::new("cachex.yaml", b.as_bytes()),
                    &Options::default(),
                );
                let codes: Vec<_> = c.diagnostics.iter().map(|d| d.rule.code).collect();
                let ok = if i == 0 {
                    codes == [code]
                } else {
                    codes.is_empty()
                };
                if !ok {
                    bad += 1;
                    println!("{path} block {i}: {codes:?}");
                    for d in &c.diagnostics {
                        println!(
                            "{}",
                            cachex_compiler::diagnostics::compile_error(d, &c.sources)
                        );
                    }
                }
            }
        } else {
            let t = std::time::Instant::now();
            let c = compile(
                &Sources::new(path.clone(), text.as_bytes()),
                &Options::default(),
            );
            println!("{path}: {} reports {:?}", c.diagnostics.len(), t.elapsed());
            for d in &c.diagnostics {
                println!(
                    "{}",
                    cachex_compiler::diagnostics::compile_error(d, &c.sources)
                );
            }
        }
    }
    println!("bad {bad}");
}
