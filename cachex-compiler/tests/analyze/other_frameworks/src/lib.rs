use async_graphql::Object;
use poem_openapi::{OpenApi, payload::Json};

pub struct Mutation;

#[Object]
impl Mutation {
    async fn rename_post(&self, id: i64) -> bool {
        save("UPDATE posts SET title = $1 WHERE id = $2").await
    }
}

pub struct Api;

#[OpenApi]
impl Api {
    #[oai(path = "/posts/:id", method = "delete")]
    async fn remove_post(&self, id: i64) -> Json<bool> {
        Json(save("DELETE FROM posts WHERE id = $1").await)
    }
}

#[OpenApi(prefix_path = "/admin", tag = "Tag::Admin")]
impl Admin {
    #[oai(path = "/pages/:id", method = "put")]
    async fn replace_page(&self, id: i64) -> Json<bool> {
        Json(save("UPDATE pages SET draft = true WHERE id = $1").await)
    }
}

pub struct Admin;

pub struct Service;

#[tonic::async_trait]
impl pb::posts_server::Posts for Service {
    async fn like(&self, request: tonic::Request<pb::Like>) -> Result<tonic::Response<()>, tonic::Status> {
        save("INSERT INTO likes (post_id) VALUES ($1)").await;
        Ok(tonic::Response::new(()))
    }
}

#[rocket::patch("/pages/<id>")]
async fn edit_page(id: i64) {
    save("UPDATE pages SET body = $1 WHERE id = $2").await;
}

#[poem::handler]
async fn poem_handler() {
    save("UPDATE poems SET read = true").await;
}

pub fn poem_routes() -> poem::Route {
    poem::Route::new().at("/poems", poem::post(poem_handler))
}

/// utoipa: method and path stand in the attribute.
#[utoipa::path(put, path = "/layouts/{id}", responses((status = 200)))]
async fn edit_layout() {
    save("UPDATE layouts SET width = $1").await;
}

pub fn open_api() -> OpenApiRouter {
    OpenApiRouter::new().nest("/api", OpenApiRouter::new().routes(routes!(edit_layout)))
}

async fn save(sql: &str) -> bool {
    db().execute(sql).await
}
