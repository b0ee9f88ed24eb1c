mod macros;

pub enum OrStopped {
    Stopped,
}
