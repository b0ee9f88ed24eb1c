use leptos::prelude::*;

#[server(prefix = "/api")]
pub async fn rename_post(id: uuid::Uuid, title: String) -> Result<(), ServerFnError> {
    let db = expect_context::<sqlx::PgPool>();
    sqlx::query!("UPDATE posts SET title = $1 WHERE id = $2", title, id).execute(&db).await?;
    Ok(())
}

#[component]
fn Post(id: uuid::Uuid) -> impl IntoView {
    let rename = Action::new(move |title: &String| rename_post(id, title.clone()));
    view! { <input on:change=move |event| { rename.dispatch(event_target_value(&event)); } /> }
}

fn main() {
    leptos::mount::mount_to_body(|| view! { <Post id=uuid::Uuid::nil() /> });
}
