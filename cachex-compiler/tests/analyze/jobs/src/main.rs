mod scheduler;

#[derive(Clone, Copy, clap::ValueEnum)]
enum Task {
    Clean,
    Bill,
}

impl Task {
    async fn run(self) {
        match self {
            Task::Clean => clean().await,
            Task::Bill => {
                bill().await;
            }
        }
    }
}

#[tokio::main]
async fn main() {
    if let Some(task) = arguments().task {
        task.run().await;
        return;
    }
    start();
    tokio::spawn(watch());
    let mut scheduler = clokwerk::AsyncScheduler::new();
    scheduler.every(1.hour()).run(|| async {
        expire().await;
    });
    scheduler::Scheduler::new().every_minute(move || async { tidy().await });
    execute("UPDATE state SET started_at = now()").await;
    apalis::Monitor::new()
        .register(move |_| apalis::WorkerBuilder::new("mail").backend(storage()).data(pool()).build(mail))
        .run()
        .await;
}

/// What a worker does for each of its tasks.
async fn mail(task: Task) {
    execute("DELETE FROM mails").await;
}

fn start() {
    tokio::spawn(async move {
        loop {
            execute("DELETE FROM queue WHERE done").await;
        }
    });
}

async fn watch() {
    execute("INSERT INTO beats (at) VALUES (now())").await;
}

async fn clean() {
    execute("DELETE FROM old_rows").await;
}

async fn bill() {
    execute("INSERT INTO bills (at) VALUES (now())").await;
}

async fn expire() {
    execute("DELETE FROM sessions WHERE expired").await;
}

async fn tidy() {
    execute("DELETE FROM drafts").await;
}
