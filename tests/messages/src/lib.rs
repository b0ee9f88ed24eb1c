//! Nothing: the tests and their cases are all there is.
