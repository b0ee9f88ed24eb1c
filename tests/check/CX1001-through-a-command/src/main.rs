mod posts;

#[derive(clap::Parser)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// What to do with posts.
    #[command(subcommand)]
    Posts(posts::Command),
    Version,
}

impl Command {
    async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Posts(posts) => posts.run().await,
            Self::Version => Ok(()),
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    Options::parse().command.run().await
}
