//! Every interleaving of a small model, breadth first: the first broken state found is reached by a shortest schedule.
//!
//! Knows no protocol. Sequentially consistent: what orderings of atomics allow beyond that is for `loom`.

use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;

/// A protocol with its readers and writers, each step of each an atomic one.
pub(crate) trait Model {
    /// All that its steps read and write.
    type State: Clone + Eq + Hash;
    /// Where it begins.
    fn starts(&self) -> Vec<Self::State>;
    /// What may happen next, each step with its name.
    fn steps(&self, state: &Self::State, out: &mut Vec<(&'static str, Self::State)>);
    /// Whether the promise was broken on the way here.
    fn is_broken(&self, state: &Self::State) -> bool;
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// No schedule breaks the promise.
    Holds {
        /// How many states there are.
        states: usize,
    },
    /// This one does.
    Broken {
        /// Its steps.
        schedule: Vec<&'static str>,
    },
}

/// Beyond so many states a search would not end in the memory of a small machine.
const MOST: usize = 20_000_000;

/// How a state was reached: from which, by which step.
type Origin = Option<(u32, &'static str)>;

/// Looks at all states.
///
/// # Panics
/// Where there are too many: a model that is not searched to its end proves nothing.
pub(crate) fn search<M: Model>(model: &M) -> Verdict {
    let mut known: HashSet<M::State> = HashSet::new();
    let mut states: Vec<(M::State, Origin)> = Vec::new();
    let mut add = |states: &mut Vec<_>, state: M::State, origin| {
        if known.insert(state.clone()) {
            states.push((state, origin));
        }
    };
    for state in model.starts() {
        add(&mut states, state, None);
    }
    let mut steps = Vec::new();
    let mut next = 0;
    while let Some((state, _)) = states.get(next) {
        if model.is_broken(state) {
            let schedule = schedule(&states, next);
            return Verdict::Broken { schedule };
        }
        model.steps(state, &mut steps);
        let origin = u32::try_from(next).unwrap_or(u32::MAX);
        for (step, state) in steps.drain(..) {
            add(&mut states, state, Some((origin, step)));
        }
        assert!(states.len() < MOST, "more than {MOST} states");
        next += 1;
    }
    Verdict::Holds {
        states: states.len(),
    }
}

fn schedule<S>(states: &[(S, Origin)], end: usize) -> Vec<&'static str> {
    let mut steps = Vec::new();
    let mut at = end;
    while let Some((_, Some((from, step)))) = states.get(at) {
        steps.push(*step);
        at = *from as usize;
    }
    steps.reverse();
    steps
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds { states } => write!(f, "holds in all {states} states"),
            Self::Broken { schedule } => {
                write!(f, "broken after {} steps", schedule.len())?;
                for step in schedule {
                    write!(f, "\n    {step}")?;
                }
                Ok(())
            }
        }
    }
}
