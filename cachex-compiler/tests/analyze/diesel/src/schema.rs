diesel::table! {
    posts (id) {
        id -> Int8,
        title -> Text,
        edited -> Bool,
        rank -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::{Int8, Text};
    use crate::kinds::{Kind, Other};

    comments (id) {
        id -> Int8,
        text -> Text,
    }
}

diesel::table! {
    #[sql_name = "persons"]
    auth.people (id) {
        id -> Int8,
        #[sql_name = "name"]
        full_name -> Text,
    }
}

diesel::joinable!(comments -> posts (id));
