//! The tests that `tests!` generates hold for the schemas of the examples, and go red when the plan is wrong.

#![allow(
    dead_code,
    reason = "the schemas name types and keys that no test makes"
)]

/// What the blog's schema names of the application.
macro_rules! application {
    ($($module:ident: $($name:ident)*;)*) => {$(
        mod $module {
            $(pub struct $name;)*
        }
    )*};
}

application! {
    categories: CategoryList;
    feed: Feed;
    layouts: LayoutList;
    pages: PageList PageView;
    pictures: Picture PictureList;
    posts: PostList PostView;
    types: TypeList;
}

mod cache {
    cachex::schema!("../schemas/blog.yaml");
}

cache::tests!();

/// An identity of the application's own.
mod ids {
    #[derive(Clone)]
    pub struct UserId(uuid::Uuid);

    impl From<uuid::Uuid> for UserId {
        fn from(id: uuid::Uuid) -> Self {
            Self(id)
        }
    }

    impl From<UserId> for uuid::Uuid {
        fn from(id: UserId) -> Self {
            id.0
        }
    }
}

mod language {
    cachex::schema!("golden/rust/language.yaml");
}

/// The language's own example: a scope, aliases, optional params, many-valued tags, cascades, derived changes.
mod of_the_language {
    crate::language::tests!(crate::language);
}

mod corrupted {
    //! A plan that clears too little or too much is seen by the same proofs that pass on the right one.

    use std::panic::{AssertUnwindSafe, catch_unwind};

    use cachex::codegen::{EntityDef, SchemaDef, StepDef};
    use cachex_compiler::emit::rust;
    use cachex_compiler::{Compilation, Options, Sources, compile};

    use super::cache::SCHEMA;

    const ACTIONS: [&str; 3] = ["create", "update", "delete"];

    fn blog() -> Compilation {
        let text = include_str!("../../schemas/blog.yaml");
        compile(&Sources::new("cachex.yaml", text), &Options::default())
    }

    /// Whether the proofs of an entity's action pass on a schema.
    fn passes(
        compilation: &Compilation,
        schema: &'static SchemaDef,
        entity: u32,
        action: &str,
    ) -> bool {
        let (Some(model), Some(plan)) = (&compilation.schema, &compilation.plan) else {
            panic!("the blog compiles");
        };
        let (id, it) = model.entity_ids().nth(entity as usize).unwrap();
        let proof = rust::proof(model, plan, id, action);
        let play = || cachex::testing::proof::play(schema, &it.name.value, &proof);
        catch_unwind(AssertUnwindSafe(play)).is_ok()
    }

    /// The blog's schema with other steps for one action of one entity.
    fn with_steps(entity: &EntityDef, action: usize, steps: Vec<StepDef>) -> &'static SchemaDef {
        let mut all = entity.steps;
        all[action] = Box::leak(steps.into_boxed_slice());
        with(EntityDef {
            steps: all,
            ..*entity
        })
    }

    /// The blog's schema with another entity in the place of its own.
    fn with(entity: EntityDef) -> &'static SchemaDef {
        let mut entities = SCHEMA.entities.to_vec();
        let index = entity.index as usize;
        entities[index] = Box::leak(Box::new(entity));
        Box::leak(Box::new(SchemaDef {
            entities: Box::leak(entities.into_boxed_slice()),
            ..*SCHEMA
        }))
    }

    fn copy(steps: &[StepDef]) -> Vec<StepDef> {
        steps.iter().map(|step| StepDef { ..*step }).collect()
    }

    #[test]
    fn a_step_that_is_missing_is_seen() {
        let compilation = blog();
        let mut tried = 0;
        for entity in SCHEMA.entities {
            for (action, steps) in entity.steps.iter().enumerate() {
                for missing in 0..steps.len() {
                    let mut fewer = copy(steps);
                    let step = fewer.remove(missing);
                    let schema = with_steps(entity, action, fewer);
                    let seen = !passes(&compilation, schema, entity.index, ACTIONS[action]);
                    assert!(seen, "{}.{} without {step:?}", entity.name, ACTIONS[action]);
                    tried += 1;
                }
            }
        }
        assert!(tried > 20, "the blog has more steps than {tried}");
    }

    #[test]
    fn a_step_that_clears_too_much_is_seen() {
        let compilation = blog();
        let mut tried = 0;
        for entity in SCHEMA.entities {
            for (action, steps) in entity.steps.iter().enumerate() {
                for wide in 0..steps.len() {
                    let mut wider = copy(steps);
                    let step = &mut wider[wide];
                    if step.bindings.is_empty() {
                        continue;
                    }
                    step.bindings = &[];
                    let schema = with_steps(entity, action, wider);
                    let seen = !passes(&compilation, schema, entity.index, ACTIONS[action]);
                    assert!(
                        seen,
                        "{}.{} step {wide} unbound",
                        entity.name, ACTIONS[action]
                    );
                    tried += 1;
                }
            }
        }
        assert!(tried > 10, "the blog has more bound steps than {tried}");
    }

    #[test]
    fn a_mask_that_forgets_its_fields_is_seen() {
        let compilation = blog();
        for entity in SCHEMA.entities {
            for masked in 0..entity.steps[1].len() {
                let mut always = copy(entity.steps[1]);
                if always[masked].mask == u128::MAX {
                    continue;
                }
                always[masked].mask = u128::MAX;
                let schema = with_steps(entity, 1, always);
                let seen = !passes(&compilation, schema, entity.index, "update");
                assert!(seen, "{}.update step {masked} for any field", entity.name);
            }
        }
    }

    #[test]
    fn an_event_that_is_not_the_one_due_is_seen() {
        let compilation = blog();
        for entity in SCHEMA.entities {
            let silent = with(EntityDef {
                notify: [false; 3],
                ..**entity
            });
            let renamed = with(EntityDef {
                event: "other",
                ..**entity
            });
            for action in ACTIONS {
                assert!(passes(&compilation, &SCHEMA, entity.index, action));
                assert!(!passes(&compilation, silent, entity.index, action));
                assert!(!passes(&compilation, renamed, entity.index, action));
            }
        }
    }
}
