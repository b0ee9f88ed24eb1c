//! A schema as large as one wishes, in the proportions of the examples: three caches for each entity, half of them
//! lists, one dependency in three on another entity, cascades and derived changes among them.

use std::fmt::Write as _;

/// The text of a schema with so many entities and three times as many caches.
pub fn schema(entities: usize) -> String {
    let mut text = String::from(
        "cachex: 1\nnamespace: scale\ndefaults: { ttl: 10m, jitter: 10% }\n\nentities:\n",
    );
    for index in 0..entities {
        entity(&mut text, index);
    }
    text.push_str("\ncaches:\n");
    for index in 0..entities {
        caches(&mut text, index);
    }
    text
}

/// An entity that refers to the one before it, and every tenth touches it.
fn entity(text: &mut String, index: usize) {
    let _ = write!(
        text,
        "  thing_{index}:\n    description: the things of table {index}\n    id: uuid\n"
    );
    if index > 0 {
        let parent = index - 1;
        let _ = write!(
            text,
            "    refs:\n      parent: thing_{parent}?\n      linked: [thing_{parent}]\n"
        );
        if index.is_multiple_of(10) {
            text.push_str("    touches: [parent]\n");
        }
    }
    let _ = write!(
        text,
        "    fields: {{ title, body, likes, slug: string | lower, published: bool }}\n    tables: [things_{index}]\n"
    );
}

/// One thing, one thing by its name, and pages of things.
fn caches(text: &mut String, index: usize) {
    let _ = write!(
        text,
        "  thing_{index}_by_id:
    description: one thing of table {index}
    key: \"thing{index}:{{id}}\"
    params: {{ id: thing_{index}.id }}
    tags: {{ parent: thing_{parent}.id? }}
    depends_on:
      - {{ when: thing_{index}, where: {{ id: $id }} }}
      - {{ when: thing_{parent}.update(title), where: {{ id: $parent }} }}
  thing_{index}_by_slug:
    key: \"slug{index}:{{slug}}\"
    params: {{ slug: thing_{index}.slug }}
    tags: {{ id: thing_{index}.id }}
    negative_ttl: 30s
    depends_on:
      - {{ when: [thing_{index}.create, thing_{index}.delete, thing_{index}.update(slug)], where: {{ id: $id }} }}
  thing_{index}_pages:
    key: \"things{index}:{{page}}\"
    params: {{ page: u32 }}
    tags: {{ item: [thing_{index}.id], author: thing_{parent}.id? }}
    ttl: 1m
    depends_on:
      - {{ when: [thing_{index}.create, thing_{index}.delete, thing_{index}.update(published)] }}
      - {{ when: \"thing_{index}.update(title, slug)\", where: {{ id: $item }} }}
      - {{ when: thing_{parent}.update(title), where: {{ id: $author }} }}
",
        parent = index.saturating_sub(1),
    );
}
