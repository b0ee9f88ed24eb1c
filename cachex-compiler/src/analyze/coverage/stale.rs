//! Which caches a missed invalidation leaves stale, and for how long.

use std::time::Duration;

use super::{Survey, Write};
use crate::model::{Cache, Ttl};

/// The caches that writes would have cleared, in order of declaration, as a message lists them:
/// `` `post_by_id` 10 min, `feed` 1 min ``. `None` where no cache depends on the writes.
pub(crate) fn stale(survey: &Survey, writes: &[Write]) -> Option<String> {
    let mut listed = Vec::new();
    for (id, cache) in survey.schema.cache_ids() {
        let cleared = writes.iter().any(|write| {
            let steps = &survey.plan.action(write.entity, write.action).steps;
            let masked = |mask: crate::model::FieldSet| {
                write.action != crate::model::Action::Update
                    || mask == crate::model::FieldSet::ALL
                    || mask.meets(write.fields())
            };
            steps
                .iter()
                .any(|step| step.cache == id && masked(step.mask))
        });
        if cleared {
            listed.push(lifetime(cache));
        }
    }
    Some(listed.join(", ")).filter(|listed| !listed.is_empty())
}

fn lifetime(cache: &Cache) -> String {
    match cache.ttl.value {
        Ttl::After(ttl) => format!("`{}` {}", cache.name.value, spoken(ttl)),
        Ttl::None => format!("`{}` for good (it has no TTL)", cache.name.value),
    }
}

/// `10 min`: the largest unit that leaves nothing over.
pub(crate) fn spoken(duration: Duration) -> String {
    let units = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "min"),
        (1_000, "s"),
    ];
    let millis = duration.as_millis();
    let whole = units
        .into_iter()
        .find(|(unit, _)| millis >= *unit && millis.is_multiple_of(*unit));
    match whole {
        Some((unit, name)) => format!("{} {name}", millis / unit),
        None => format!("{millis} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_spoken_in_its_largest_whole_unit() {
        let said = |millis| spoken(Duration::from_millis(millis));
        assert_eq!(said(600_000), "10 min");
        assert_eq!(said(90_000), "90 s");
        assert_eq!(said(250), "250 ms");
        assert_eq!(said(86_400_000 * 7), "7 d");
    }
}
