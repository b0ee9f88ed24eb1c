//! What runs when a value is dropped is called by nobody: it is where execution enters, and so for its tasks.

pub struct Lock {
    db: Db,
    id: i64,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let db = self.db.clone();
        let id = self.id;
        tokio::spawn(async move {
            db.execute("UPDATE locks SET holders = holders - 1 WHERE id = $1").await;
        });
    }
}

pub struct Lease(Db);

impl std::ops::Drop for Lease {
    fn drop(&mut self) {
        self.0.blocking("DELETE FROM leases");
    }
}

/// A function of that name is no destructor.
pub struct Table;

impl Table {
    pub fn drop(&self, db: &Db) {
        db.blocking("DELETE FROM tables");
    }
}

async fn lock(db: Db, id: i64) -> Lock {
    db.execute("UPDATE locks SET holders = holders + 1 WHERE id = $1").await;
    Lock { db, id }
}

#[actix_web::put("/posts/{id}")]
async fn edit(db: Db, id: i64) {
    let held = lock(db.clone(), id).await;
    let table = Table {};
}

#[actix_web::post("/leases")]
async fn lease(db: Db) {
    let lease = Lease(db);
}

fn main() {}
