//! Values that a macro of another crate hands through, and handlers that a macro registers for another.
mod endpoints;

use actix_web::web::{self, ServiceConfig};
use cheap::CheapClone as Derived;
use more::{OrStopped, try_stoppable};
use std::{rc::Rc, sync::Arc};

struct KeeperBuilder;
struct Keeper;
struct Other;

impl KeeperBuilder {
    async fn build(self) -> Result<Keeper, OrStopped> {
        Ok(Keeper)
    }
}

impl Keeper {
    async fn run(self) -> anyhow::Result<()> {
        sqlx::query!("UPDATE blocks SET sealed = true").execute(&pool()).await?;
        Ok(())
    }
}

impl Other {
    async fn run(self) -> anyhow::Result<()> {
        sqlx::query!("UPDATE others SET sealed = true").execute(&pool()).await?;
        Ok(())
    }
}

/// Clones that are cheap: of pointers, and of what derives it.
trait CheapClone: Clone {
    fn cheap_clone(&self) -> Self;
}

impl<T: ?Sized> CheapClone for Arc<T> {
    fn cheap_clone(&self) -> Self {
        self.clone()
    }
}

impl<T: ?Sized> CheapClone for Rc<T> {
    fn cheap_clone(&self) -> Self {
        self.clone()
    }
}

#[derive(Clone, CheapClone)]
struct Pool;

impl Pool {
    async fn sweep(&self) {
        sqlx::query!("DELETE FROM leases").execute(&pool()).await.unwrap();
    }
}

/// Of the same names.
struct Lobby;

impl Lobby {
    async fn sweep(&self) {
        sqlx::query!("DELETE FROM guests").execute(&pool()).await.unwrap();
    }
    async fn watch(&self) {
        sqlx::query!("UPDATE guests SET seen = true").execute(&pool()).await.unwrap();
    }
    async fn start(&self) {}
}

struct Manager {
    pool: Pool,
}

impl Manager {
    async fn start(self: Arc<Self>) {
        let manager = self.cheap_clone();
        manager.watch().await;
        let pool = manager.pool.cheap_clone();
        pool.sweep().await;
    }

    async fn watch(&self) {
        sqlx::query!("UPDATE leases SET seen = true").execute(&pool()).await.unwrap();
    }
}

async fn made(ctx: &Ctx) -> ctx::Result<(Arc<Manager>, Other)> {
    Err(ctx.cancelled())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let keeper = try_stoppable!(KeeperBuilder.build().await);
    // A trait of another crate adds to the failure.
    let (manager, other) = made(&ctx()).await.wrap("made()")?;
    manager.start().await;
    other.run().await?;
    keeper.run().await
}

#[macro_export]
macro_rules! crud {
    ($sender:ty, $scope:ident, $base:literal, $module:path, $name:ident) => {{
        $scope.service({
            let resource = concat!($base, stringify!($name), "s");
            web::resource(resource)
                .route(web::post().to({
                    use $module as m;
                    m::create::<$sender>
                }))
                .route(web::delete().to({
                    use $module as m;
                    m::delete::<$sender>
                }))
        })
    }};
}

#[macro_export]
macro_rules! app {
    ($cfg:expr, $sender:ty) => {{
        let app = $cfg;
        let app = {
            let scope = web::scope("/api");
            let scope = crud!($sender, scope, "", endpoints::apps, app);
            let scope = crud!($sender, scope, "apps/{app}/", endpoints::devices, device);
            app.service(scope)
        };
        app
    }};
}

pub struct Events;

pub fn configurator() -> impl Fn(&mut ServiceConfig) {
    move |cfg: &mut ServiceConfig| {
        app!(cfg, Events);
    }
}
