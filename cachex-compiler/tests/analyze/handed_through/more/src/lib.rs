pub use base::{OrStopped as Stop, *};
