use std::collections::HashMap;

use crate::Users;

pub struct MemoryUsers {
    names: HashMap<i64, String>,
}

#[async_trait::async_trait]
impl Users for MemoryUsers {
    async fn rename(&self, id: i64, name: &str) {
        self.names.lock().insert(id, name.to_owned());
    }
}
