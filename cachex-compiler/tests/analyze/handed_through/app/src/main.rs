//! Values that a macro of another crate hands through, and handlers that a macro registers for another.
mod endpoints;

use actix_web::web::{self, ServiceConfig};
use more::{OrStopped, try_stoppable};

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

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let keeper = try_stoppable!(KeeperBuilder.build().await);
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
