//! cachex-compiler
