use axum::Json;
use axum::extract::State;
use sqlx::{PgConnection, PgPool};

pub struct Prepared {
    title: String,
}

impl Prepared {
    async fn write(self, db: &mut PgConnection) -> Result<(), sqlx::Error> {
        sqlx::query!("INSERT INTO posts (title) VALUES ($1)", self.title).execute(db).await?;
        Ok(())
    }
}

pub struct Entry {
    prepared: Option<Prepared>,
}

fn prepare(title: String) -> Entry {
    Entry { prepared: (!title.is_empty()).then(|| Prepared { title }) }
}

pub async fn import(State(db): State<PgPool>, Json(titles): Json<Vec<String>>) {
    let mut entries = Vec::with_capacity(titles.len());
    for title in titles {
        entries.push(prepare(title));
    }
    let mut db = db.acquire().await.unwrap();
    for entry in entries {
        if let Some(prepared) = entry.prepared {
            prepared.write(&mut db).await.unwrap();
        }
    }
}
