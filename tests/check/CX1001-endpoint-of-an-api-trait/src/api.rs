use dropshot::{HttpError, HttpResponseDeleted, Path, RequestContext};

#[derive(serde::Deserialize, schemars::JsonSchema)]
pub struct PostPath {
    pub id: uuid::Uuid,
}

#[dropshot::api_description]
pub trait BlogApi {
    type Context;

    /// Deletes a post.
    #[endpoint {
        method = DELETE,
        path = "/posts/{id}",
        tags = ["posts"],
    }]
    async fn post_delete(
        context: RequestContext<Self::Context>,
        path: Path<PostPath>,
    ) -> Result<HttpResponseDeleted, HttpError>;
}
