//! cachex-macros
