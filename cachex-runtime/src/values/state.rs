//! Which values of a change are still asked for, as types.
//!
//! A generated change has one such type for each attribute that some rule needs. It may be applied once none of them
//! is [`Missing`]; the trait that says so is generated for each attribute, so that its message can name it.

use std::marker::PhantomData;

/// A change with one image.
#[derive(Debug, Clone, Copy)]
pub struct One<Action>(PhantomData<Action>);

/// A change with two images.
#[derive(Debug, Clone, Copy)]
pub struct Two<Fields>(PhantomData<Fields>);

/// Its image is the one after.
#[derive(Debug, Clone, Copy)]
pub enum Create {}

/// Its image is the one before.
#[derive(Debug, Clone, Copy)]
pub enum Delete {}

/// Created: one image, after.
pub type Created = One<Create>;

/// Deleted: one image, before.
pub type Deleted = One<Delete>;

/// Updated, all fields set.
#[derive(Debug, Clone, Copy)]
pub enum Update {}

/// Updated, some fields set.
#[derive(Debug, Clone, Copy)]
pub enum UpdateOnly {}

/// Created, updated or deleted, it isn't said which.
#[derive(Debug, Clone, Copy)]
pub enum Any {}

/// Nothing is missing.
#[derive(Debug, Clone, Copy)]
pub struct Settled<How>(PhantomData<How>);

/// Not asked for so far.
#[derive(Debug, Clone, Copy)]
pub enum NotAsked {}

/// Not asked for so far; may be once a field is set.
pub type Idle = Settled<NotAsked>;

/// Never asked for.
#[derive(Debug, Clone, Copy)]
pub enum NeverAsked {}

/// Never asked for: what isn't given is unknown.
pub type Waived = Settled<NeverAsked>;

/// Was given, or told unknown.
#[derive(Debug, Clone, Copy)]
pub enum Told {}

/// Was given, or told unknown.
pub type Given = Settled<Told>;

/// Asked for and not given.
#[derive(Debug, Clone, Copy)]
pub enum Missing {}

/// What becomes of a value when a field is set whose rules need it.
pub trait Need {
    /// [`Missing`], unless it was given or is never asked for.
    type Asked: Need;
}

impl Need for Idle {
    type Asked = Missing;
}

impl Need for Waived {
    type Asked = Self;
}

impl Need for Given {
    type Asked = Self;
}

impl Need for Missing {
    type Asked = Self;
}
