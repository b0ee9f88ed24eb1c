//! The in-process tier: caches whose entries no acknowledged invalidation leaves stale.
//!
//! Every region of a cache has a slot that holds the number of its last invalidation ([`slots`]); an entry holds its
//! stamp, the last number that was drawn when its load began, and the places of its slots ([`entry`]). It is valid while
//! none of them is larger, so clearing a region is one store to one slot, whatever lies in it. An entry that was found
//! valid is stamped anew: so a hit asks whether its stamp is the count of bumps, and looks at no slot. The rules and what
//! breaks without them stand in [`protocol`]. Knows nothing of changes, units of work or events.

mod behind;
mod cache;
mod caches;
mod core;
mod counters;
mod entry;
mod expiry;
mod flights;
mod hit_or_load;
mod home;
mod lag;
mod landing;
mod loading;
mod many;
mod place;
#[cfg(any(test, feature = "testing"))]
mod probe;
mod protocol;
#[cfg(test)]
mod schedules;
mod slots;
mod store;
mod sync;
mod typed;

pub(crate) use behind::Stale;
pub use caches::Caches;
pub use counters::Stats;
pub use entry::{Answer, Loaded};
pub(crate) use hit_or_load::HitOrLoad;
pub use home::{AnyHome, Home};
pub use loading::{LoadError, Panic};
#[cfg(any(test, feature = "testing"))]
pub(crate) use probe::Probe;
pub use typed::Local;
