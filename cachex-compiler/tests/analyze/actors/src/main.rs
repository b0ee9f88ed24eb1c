//! Messages: who sends one has its handler run.

use actix::prelude::*;

pub struct Executor(Db);

impl Actor for Executor {
    type Context = SyncContext<Self>;
}

pub struct Rename {
    title: String,
}

pub struct Remove(i64);

/// Nobody here sends it.
pub struct Sweep;

impl Handler<Rename> for Executor {
    type Result = Result<(), Error>;

    fn handle(&mut self, message: Rename, _: &mut Self::Context) -> Self::Result {
        self.0.execute("UPDATE posts SET title = $1")
    }
}

impl Handler<Remove> for Executor {
    type Result = ();

    fn handle(&mut self, message: Remove, _: &mut Self::Context) {
        self.0.execute("DELETE FROM posts WHERE id = $1");
    }
}

impl Handler<Sweep> for Executor {
    type Result = ();

    fn handle(&mut self, message: Sweep, _: &mut Self::Context) {
        self.0.execute("DELETE FROM posts WHERE old");
    }
}

pub struct State {
    executor: Addr<Executor>,
}

#[actix_web::put("/posts/{id}")]
async fn rename(state: Data<State>, form: Form) -> HttpResponse {
    state.executor.send(Rename { title: form.title }).await?
}

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/posts/{id}", web::delete().to(remove));
}

fn remove((state, form): (Data<State>, Form)) -> impl Future<Item = HttpResponse> {
    let message = Remove(form.id);
    state.executor.do_send(message);
}

fn main() {}
