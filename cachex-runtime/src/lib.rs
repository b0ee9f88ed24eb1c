//! cachex-runtime
