use actix_web::{FromRequest, HttpRequest, delete, post, web};

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(create)
        .service(web::scope("/users").service(remove).route("/{id}/name", web::put().to(rename)));
}

pub async fn seed() {
    db().execute("INSERT INTO users (name) VALUES ('root')");
}

#[post("/users")]
async fn create(session: Session) {
    db().execute("INSERT INTO users (name) VALUES ('new')");
    actix_rt::spawn(welcome());
}

async fn welcome() {
    db().execute("INSERT INTO mails (kind) VALUES ('welcome')");
}

#[delete("/{id}")]
async fn remove(id: web::Path<i64>) {
    db().execute("DELETE FROM users WHERE id = $1");
}

async fn rename(id: web::Path<i64>) {
    db().execute("UPDATE users SET name = $1 WHERE id = $2");
}

/// Read from each request: every handler with it as a parameter writes.
pub struct Session;

impl FromRequest for Session {
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        db().execute("UPDATE sessions SET seen_at = now() WHERE id = $1");
        ready(Ok(Session))
    }
}
