//! The front page: the newest of posts and pages, built from their cached lists.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::app::App;
use crate::db::Db;
use crate::error::Result;
use crate::pages::{self, PageLine};
use crate::posts::{self, PostLine};

/// How many posts the front page shows.
const NEWEST: usize = 10;

/// What the front page shows.
#[derive(Debug, Clone, Serialize)]
pub struct Feed {
    /// The newest posts.
    pub posts: Vec<PostLine>,
    /// All pages.
    pub pages: Vec<PageLine>,
}

#[cachex::cached(feed)]
pub(crate) async fn load(db: Db) -> Result<Feed> {
    let posts = posts::load_list(db.clone(), None).await?;
    let pages = pages::load_list(db).await?;
    Ok(Feed {
        posts: posts.0.iter().take(NEWEST).cloned().collect(),
        pages: pages.0.clone(),
    })
}

/// `GET /feed`
pub async fn read(State(app): State<App>) -> Result<Json<Arc<Feed>>> {
    Ok(Json(load(app.db).await?))
}
