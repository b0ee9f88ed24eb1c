diesel::table! { posts (id) { id -> Uuid, title -> Text, } }

pub fn connect() -> diesel::PgConnection {
    diesel::PgConnection::establish("blog").unwrap()
}

/// A model's `last`, which `insert!` needs.
macro_rules! last {
    ($table:ident) => {
        pub fn last(conn: &PgConnection) -> QueryResult<Self> {
            $table::table.order_by($table::id.desc()).first(conn)
        }
    };
}

macro_rules! insert {
    ($table:ident, $new:ty) => {
        last!($table);

        pub fn insert(conn: &PgConnection, new: $new) -> QueryResult<Self> {
            diesel::insert_into($table::table).values(new).execute(conn)?;
            Self::last(conn)
        }
    };
}
