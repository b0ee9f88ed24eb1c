//! rbatis: functions that a macro makes of a row's type.

mod rows {
    use rbatis::crud;

    #[derive(Clone, Serialize, Deserialize)]
    pub struct SysUser {
        pub id: Option<String>,
        pub name: Option<String>,
    }

    crud!(SysUser {});

    impl SysUser {
        /// One of its own.
        pub async fn delete_by_name(rb: &RBatis, name: &str) {
            rb.exec("delete from sys_user where name = ?", vec![name]).await;
        }
    }
}

mod named {
    pub struct Role {
        pub id: String,
    }

    rbatis::crud!(Role {}, "sys_role");
}

mod plain {
    pub struct Basket;
}

use rows::SysUser;

#[actix_web::post("/users")]
async fn add(rb: RBatis, user: SysUser) {
    SysUser::insert(&rb, &user).await?;
    SysUser::insert_batch(&rb, &[user], 10).await?;
}

#[actix_web::put("/users/{id}")]
async fn edit(rb: RBatis, user: SysUser) {
    SysUser::update_by_map(&rb, &user, value! {"id": &user.id}).await?;
    named::Role::insert(&rb, &role()).await;
    plain::Basket::insert(&rb, &user);
}

#[actix_web::delete("/users/{id}")]
async fn remove(rb: RBatis, id: String) {
    let user = SysUser::select_by_map(&rb, value! {"id": &id}).await?;
    SysUser::delete_by_map(&rb, value! {"id": id}).await?;
    SysUser::delete_by_name(&rb, "").await;
}

/// Functions whose attribute makes the body.
mod stated {
    #[rbatis::sql("update sys_user set name = ? where id = ?")]
    pub async fn rename(rb: &RBatis, name: &str, id: &str) -> Result<()> {
        impled!()
    }

    #[py_sql(
        "`delete from sys_user where id = #{id}`
         if name != '':
           ` and name = #{name}`"
    )]
    pub async fn remove(rb: &dyn Executor, id: &str, name: &str) -> Result<()> {
        impled!()
    }

    #[html_sql("pages/user.html")]
    pub async fn page(rb: &dyn Executor, id: &str) -> Result<()> {
        impled!()
    }

    #[sql("delete from sys_user")]
    pub async fn unused(rb: &dyn Executor) {
        impled!()
    }

    #[utoipa::path(delete, path = "/", description = "delete from sys_user where it is old")]
    pub async fn described() {}
}

#[actix_web::patch("/users/{id}")]
async fn change(rb: RBatis, id: String) {
    stated::rename(&rb, "", &id).await?;
    stated::remove(&rb, &id, "").await?;
    stated::page(&rb, &id).await?;
}

fn main() {}
