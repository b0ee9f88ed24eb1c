//! An entity: its identity, its attributes, the steps of its changes.

use super::words::{Line, decoded, kept, position, range};
use super::{Caches, Unreadable};
use crate::codegen::{BindingDef, CacheDef, EntityDef, Scalar, SourceDef, StepDef};

/// Names of the actions, in the order of [`EntityDef::steps`].
const ACTIONS: [&str; 3] = ["create", "update", "delete"];

/// An entity of this index; `None`: its head isn't understood.
pub(super) fn read(
    head: &[&'static str],
    body: &[Line],
    index: u32,
    caches: &Caches,
) -> Result<Option<EntityDef>, Unreadable> {
    let Some(mut entity) = begin(head, index) else {
        return Ok(None);
    };
    let mut steps = [Vec::new(), Vec::new(), Vec::new()];
    for line in body {
        let refused = Unreadable { line: line.number };
        let (first, rest) = line.words.split_first().ok_or(refused)?;
        let understood = match *first {
            "id" => identity(rest).map(|it| entity.identity = it),
            "attributes" => {
                entity.attributes = kept(rest.to_vec());
                Some(())
            }
            "holds" => components(rest, entity.attributes).map(|it| entity.components = it),
            action => position(&ACTIONS, action).and_then(|action| {
                let step = step(rest, entity.attributes, caches)?;
                steps.get_mut(usize::from(action)).map(|of| of.push(step))
            }),
        };
        understood.ok_or(refused)?;
    }
    entity.steps = steps.map(kept);
    Ok(Some(entity))
}

fn begin(head: &[&'static str], index: u32) -> Option<EntityDef> {
    let (name, options) = head.split_first()?;
    let mut entity = EntityDef {
        index,
        name,
        event: name,
        identity: &[],
        components: &[],
        attributes: &[],
        notify: [true; 3],
        scoped: false,
        steps: [&[], &[], &[]],
    };
    for option in options {
        match option.split_once('=') {
            Some(("event", event)) => entity.event = decoded(event),
            Some(("tells", actions)) => {
                let told: Vec<_> = actions.split(',').collect();
                entity.notify = ACTIONS.map(|action| told.contains(&action));
            }
            None if *option == "scoped" => entity.scoped = true,
            _ => return None,
        }
    }
    Some(entity)
}

/// `org:text number:number`
fn identity(words: &[&'static str]) -> Option<&'static [(&'static str, Scalar)]> {
    let component = |word: &&'static str| {
        let (name, scalar) = word.split_once(':')?;
        let scalar = match scalar {
            "number" => Scalar::Number,
            "bool" => Scalar::Bool,
            "text" => Scalar::Text,
            _ => return None,
        };
        Some((name, scalar))
    };
    words
        .iter()
        .map(component)
        .collect::<Option<Vec<_>>>()
        .map(kept)
}

/// `post@0+1 user@1+1`
fn components(words: &[&'static str], attributes: &[&str]) -> Option<&'static [(u16, u16, u16)]> {
    let component = |word: &&'static str| {
        let (name, place) = word.split_once('@')?;
        let (first, count) = range(place)?;
        Some((position(attributes, name)?, first, count))
    };
    words
        .iter()
        .map(component)
        .collect::<Option<Vec<_>>>()
        .map(kept)
}

fn step(words: &[&'static str], attributes: &[&str], caches: &Caches) -> Option<StepDef> {
    let (name, rest) = words.split_first()?;
    let cache = *caches.named.get(name)?;
    let (mut bindings, mut tests, mut present) = (Vec::new(), Vec::new(), Vec::new());
    let mut mask = u128::MAX;
    for word in rest {
        if let Some(fields) = word.strip_prefix("set:") {
            mask = set(fields, attributes)?;
        } else if let Some(test) = word.strip_prefix("if:") {
            let (from, literal) = test.split_once("='")?;
            tests.push((source(from, attributes)?, literal));
        } else if let Some(attribute) = word.strip_prefix("has:") {
            present.push(position(attributes, attribute)?);
        } else {
            bindings.push(binding(word, cache, attributes)?);
        }
    }
    Some(StepDef {
        cache: cache.index,
        bindings: kept(bindings),
        mask,
        tests: kept(tests),
        present: kept(present),
    })
}

/// `title,slug`, as a set of attributes; empty: of none.
fn set(fields: &str, attributes: &[&str]) -> Option<u128> {
    if fields.is_empty() {
        return Some(0);
    }
    fields.split(',').try_fold(0, |set, field| {
        let place = position(attributes, field)?;
        (place < 128).then(|| set | 1_u128 << place)
    })
}

/// `category=@`, `category~author@0+1`
fn binding(word: &'static str, cache: &CacheDef, attributes: &[&str]) -> Option<BindingDef> {
    let place = word.find(['=', '~'])?;
    let (name, value) = word.split_at_checked(place)?;
    let or_absent = value.starts_with('~');
    let names: Vec<&str> = cache.dimensions.iter().map(|it| it.name).collect();
    Some(BindingDef {
        dimension: position(&names, name)?,
        from: source(value.get(1..)?, attributes)?,
        or_absent,
    })
}

/// `@`, `@1`, `author`, `author@0+1`, `'popular`
fn source(word: &'static str, attributes: &[&str]) -> Option<SourceDef> {
    if let Some(literal) = word.strip_prefix('\'') {
        return Some(SourceDef::Literal(literal));
    }
    match word.split_once('@') {
        None => position(attributes, word).map(SourceDef::Attribute),
        Some(("", "")) => Some(SourceDef::Identity),
        Some(("", component)) => component.parse().ok().map(SourceDef::Component),
        Some((reference, place)) => {
            let (first, count) = range(place)?;
            Some(SourceDef::ComponentOf(
                position(attributes, reference)?,
                first,
                count,
            ))
        }
    }
}
