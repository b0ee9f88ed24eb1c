//! A derive macro that gives rows their statements.

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

#[proc_macro_derive(Row, attributes(table))]
pub fn derive(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let table_name = table_of(&input).unwrap_or_else(|| name.to_string().to_lowercase());
    let find = format!("SELECT * FROM \"{table_name}\" WHERE id = $1");
    let insert = format!("INSERT INTO \"{table_name}\" (title) VALUES ($1) RETURNING id");
    let update = format!("UPDATE \"{table_name}\" SET title = $2 WHERE id = $1");
    let delete = format!("DELETE FROM \"{table_name}\" WHERE id = $1");
    quote! {
        impl #name<NoId> {
            pub async fn save(self, db: &sqlx::PgPool) -> sqlx::Result<#name<Id>> {
                sqlx::query_scalar(#insert).bind(&self.title).fetch_one(db).await
            }
        }
        impl #name<Id> {
            pub async fn find_by_id(db: &sqlx::PgPool, id: i64) -> sqlx::Result<Option<Self>> {
                sqlx::query_as(#find).bind(id).fetch_optional(db).await
            }
            pub async fn save(&self, db: &sqlx::PgPool) -> sqlx::Result<()> {
                sqlx::query(#update).bind(self.id).bind(&self.title).execute(db).await.map(drop)
            }
            pub async fn delete(self, db: &sqlx::PgPool) -> sqlx::Result<()> {
                sqlx::query(#delete).bind(self.id).execute(db).await.map(drop)
            }
        }
    }
    .into()
}

#[proc_macro_derive(Describe)]
pub fn describe(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    quote! { impl std::fmt::Display for #name {} }.into()
}

/// No derive: what it writes down, nobody knows.
#[proc_macro]
pub fn emptied(table: TokenStream) -> TokenStream {
    let statement = format!("DELETE FROM {table}");
    quote! { sqlx::query(#statement) }.into()
}
