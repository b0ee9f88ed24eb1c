//! Servers that have no router of their own kind: what they are given answers, and `main` covers none of it.

mod filters {
    use warp::Filter;

    pub fn posts(db: Db) -> impl Filter<Extract = impl warp::Reply, Error = warp::Rejection> + Clone {
        let rename = warp::path!("posts" / i64)
            .and(warp::put())
            .and(with(db.clone()))
            .and_then(rename);
        let add = warp::path("posts").and(warp::post()).and(warp::body::json()).then(|post: Post| async move {
            db.execute("INSERT INTO posts (title) VALUES ($1)").await;
        });
        rename.or(add).or(removing(db))
    }

    fn removing(db: Db) -> warp::filters::BoxedFilter<(impl warp::Reply,)> {
        warp::delete().and(warp::path::param()).and_then(remove).boxed()
    }

    fn with(db: Db) -> impl Filter<Extract = (Db,)> + Clone {
        warp::any().map(move || db.clone())
    }

    async fn rename(id: i64, db: Db) -> Result<impl warp::Reply, warp::Rejection> {
        db.execute("UPDATE posts SET title = $1 WHERE id = $2").await;
    }

    async fn remove(id: i64) -> Result<impl warp::Reply, warp::Rejection> {
        execute("DELETE FROM posts WHERE id = $1").await;
    }
}

mod services {
    pub async fn serve(io: Io) {
        http1::Builder::new().serve_connection(io, hyper::service::service_fn(handle)).await;
        lambda_runtime::run(lambda_runtime::service_fn(|event| handle_event(event))).await;
    }

    async fn handle(request: Request<Body>) -> Response<Body> {
        execute("UPDATE requests SET seen = true").await;
    }

    async fn handle_event(event: Event) {
        execute("UPDATE events SET seen = true").await;
    }
}

mod rpc {
    pub fn module(context: Context) -> RpcModule<Context> {
        let mut module = RpcModule::new(context);
        module.register_async_method("vote", |params, context| async move {
            context.db.execute("INSERT INTO votes (id) VALUES ($1)").await;
        });
        module.register_method("clear", clear);
        module
    }

    fn clear(params: Params, context: &Context) {
        context.db.execute("DELETE FROM votes");
    }
}

#[tokio::main]
async fn main() {
    warp::serve(filters::posts(db())).run(([127, 0, 0, 1], 8080)).await;
    services::serve(io()).await;
    server(rpc::module(context())).await;
}
