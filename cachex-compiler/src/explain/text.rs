//! The explanation as people read it.

use std::fmt;

use super::{Asked, Bound, CacheExplanation, ChangeExplanation, Hop, Row, Unknown};
use crate::emit::words::list;

impl fmt::Display for ChangeExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.clears.is_empty() {
            writeln!(f, "{} clears nothing", self.change)?;
        } else {
            writeln!(f, "{} clears", self.change)?;
        }
        for row in &self.clears {
            writeln!(f, "\n  {}", region(row))?;
            if row.changes != [self.change.clone()] {
                writeln!(f, "      on {}", list(&row.changes, "and"))?;
            }
            conditions(f, row)?;
        }
        if !self.asks_for.is_empty() {
            writeln!(f, "\nasks for")?;
        }
        for Asked { value, by } in &self.asks_for {
            writeln!(f, "  {value}: by {}", list(by, "and"))?;
        }
        match self.tells.as_slice() {
            [] => writeln!(f, "\ntells clients nothing"),
            told => writeln!(f, "\ntells clients {}", list(told, "or")),
        }
    }
}

impl fmt::Display for CacheExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(description) = &self.description {
            writeln!(f, "{}: {description}\n", self.cache)?;
        }
        if self.cleared_by.is_empty() {
            writeln!(f, "nothing clears {}", self.cache)?;
        } else {
            writeln!(f, "{} is cleared by", self.cache)?;
        }
        for row in &self.cleared_by {
            writeln!(f, "\n  {}: {}", list(&row.changes, "and"), region(row))?;
            conditions(f, row)?;
        }
        if !self.facets.is_empty() {
            let facets: Vec<_> = self.facets.iter().map(|facet| facet.join(" + ")).collect();
            writeln!(f, "\nan entry is checked by {}", list(&facets, "and"))?;
        }
        if !self.upstream_of.is_empty() {
            writeln!(f, "\nbuilt from it: {}", list(&self.upstream_of, "and"))?;
        }
        Ok(())
    }
}

/// `post_pages where category = post.category or not restricted`
fn region(row: &Row) -> String {
    if row.region.is_empty() {
        return format!("all of {}", row.cache);
    }
    let bound = row.region.iter().map(
        |Bound {
             dimension,
             value,
             or,
         }| {
            let or = or.map(|or| format!(" or {or}"));
            format!("{dimension} = {value}{}", or.unwrap_or_default())
        },
    );
    format!(
        "{} where {}",
        row.cache,
        bound.collect::<Vec<_>>().join(", ")
    )
}

fn conditions(f: &mut fmt::Formatter<'_>, row: &Row) -> fmt::Result {
    for test in &row.only_if {
        writeln!(f, "      only if {test}")?;
    }
    if !row.unless_absent.is_empty() {
        writeln!(
            f,
            "      unless {} is absent",
            list(&row.unless_absent, "or")
        )?;
    }
    for Hop { rule, file, line } in &row.because {
        writeln!(f, "      {file}:{line}  {rule}")?;
    }
    for Unknown { value, left } in &row.if_unknown {
        match left.as_slice() {
            [] => writeln!(f, "      {value} not known: all of {}", row.cache)?,
            left => writeln!(f, "      {value} not known: by {} alone", list(left, "and"))?,
        }
    }
    if let Some(wider) = &row.wider {
        writeln!(f, "      wider than asked: {wider}")?;
    }
    Ok(())
}
