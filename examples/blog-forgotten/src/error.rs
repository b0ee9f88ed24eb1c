//! What a handler fails with.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cachex::LoadError;

/// The ways a request fails.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The row isn't there: 404. A retry doesn't help.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The database refused or is away: 500. A retry may help.
    #[error("the database failed: {0}")]
    Database(Arc<sqlx::Error>),
    /// A loader panicked: 500. A retry calls it again.
    #[error("loading failed: {0}")]
    Load(String),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

/// All who waited for one load get the same error.
impl From<LoadError<Error>> for Error {
    fn from(error: LoadError<Error>) -> Self {
        match error {
            LoadError::Failed(error) => Self::clone(&error),
            panicked @ LoadError::Panicked { .. } => Self::Load(panicked.to_string()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Database(_) | Self::Load(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}

/// What handlers return.
pub type Result<T> = std::result::Result<T, Error>;
