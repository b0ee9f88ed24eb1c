//! What generated code has once for a schema: the structs of its keys and tags, one for each set of field names, its
//! change, and the setters of each attribute's name. Generic over what one cache or entity says of itself
//! (`values/field.rs`, `values/written.rs`), so that a thousand of them cost rustc a few lines each.
//!
//! They are macros as the structs must be local: their fields and methods have the schema's names. Keeps true: whatever
//! a key is named like, nothing here is shadowed by it; names of the schema begin with a letter.

mod changes;
mod keys;
