mod api;

use api::{BlogApi, PostPath};
use dropshot::{HttpError, HttpResponseDeleted, Path, RequestContext, ServerBuilder};
use sqlx::PgPool;

enum Blog {}

impl BlogApi for Blog {
    type Context = PgPool;

    async fn post_delete(
        context: RequestContext<Self::Context>,
        path: Path<PostPath>,
    ) -> Result<HttpResponseDeleted, HttpError> {
        sqlx::query!("DELETE FROM posts WHERE id = $1", path.into_inner().id)
            .execute(context.context())
            .await
            .map_err(|error| HttpError::for_internal_error(error.to_string()))?;
        Ok(HttpResponseDeleted())
    }
}

#[tokio::main]
async fn main() -> Result<(), String> {
    let api = api::blog_api_mod::api_description::<Blog>().map_err(|error| error.to_string())?;
    let db = PgPool::connect("blog").await.map_err(|error| error.to_string())?;
    ServerBuilder::new(api, db, log()).start().map_err(|error| error.to_string())?.await
}

fn log() -> slog::Logger {
    slog::Logger::root(slog::Discard, slog::o!())
}
