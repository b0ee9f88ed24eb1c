/// Ends the function where the value is none.
#[macro_export]
macro_rules! try_stoppable {
    ($res:expr) => {
        match $res {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err($crate::OrStopped::Stopped) => {
                return Ok(());
            }
        }
    };
}
