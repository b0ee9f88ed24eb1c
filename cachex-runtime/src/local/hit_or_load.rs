//! A read that looks when it is first polled, and makes room for a load only where it finds nothing.
//!
//! Knows neither stores nor loaders. Written by hand, because what an `async fn` keeps for a load that a hit never
//! begins lies in memory all the same, and a write before one of the store's locked instructions is waited for there.

use std::mem;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The future of such a read.
pub(crate) enum HitOrLoad<Look, Load> {
    /// Not polled yet.
    Looks(Look),
    /// It found nothing.
    Loads(Pin<Box<Load>>),
    /// It has given what it found or loaded.
    Over,
}

/// Nothing in it is pinned: the load has its own place.
impl<Look, Load> Unpin for HitOrLoad<Look, Load> {}

impl<Look, Load> Future for HitOrLoad<Look, Load>
where
    Look: FnOnce() -> ControlFlow<Load::Output, Pin<Box<Load>>>,
    Load: Future,
{
    type Output = Load::Output;

    #[expect(
        clippy::inline_always,
        reason = "measured: a hit left out of line costs a fifth more"
    )]
    #[inline(always)]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // Taken out and put back: the read itself is never lent, so that where it hits it need not lie in memory.
        let mut load = match mem::replace(this, Self::Over) {
            Self::Looks(look) => match look() {
                ControlFlow::Break(found) => return Poll::Ready(found),
                ControlFlow::Continue(load) => load,
            },
            Self::Loads(load) => load,
            // Polled once too often: there is nothing more to come.
            Self::Over => return Poll::Pending,
        };
        let polled = go_on(load.as_mut(), context);
        if polled.is_pending() {
            *this = Self::Loads(load);
        }
        polled
    }
}

/// Out of line: a load shouldn't take a hit's registers.
#[cold]
#[inline(never)]
fn go_on<Load: Future>(load: Pin<&mut Load>, context: &mut Context<'_>) -> Poll<Load::Output> {
    load.poll(context)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::{pending, ready};
    use std::pin::pin;
    use std::task::Waker;

    use super::*;

    fn poll<F: Future + Unpin>(read: &mut F) -> Poll<F::Output> {
        Pin::new(read).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn it_looks_when_it_is_polled_and_not_before() {
        let looked = Cell::new(false);
        let mut read = HitOrLoad::Looks(|| {
            looked.set(true);
            ControlFlow::<_, Pin<Box<std::future::Ready<_>>>>::Break("found")
        });
        assert!(!looked.get());
        assert_eq!(poll(&mut read), Poll::Ready("found"));
        assert!(looked.get());
        assert_eq!(poll(&mut read), Poll::Pending, "there was one answer");
    }

    #[test]
    fn what_is_not_found_is_loaded_however_often_that_is_polled() {
        let looks = Cell::new(0);
        let polls = Cell::new(0);
        let load = async {
            let mut waits = pin!(pending::<()>());
            std::future::poll_fn(|context| {
                polls.set(polls.get() + 1);
                if polls.get() < 3 {
                    waits.as_mut().poll(context)
                } else {
                    Poll::Ready(())
                }
            })
            .await;
            ready("loaded").await
        };
        let mut read = HitOrLoad::Looks(|| {
            looks.set(looks.get() + 1);
            ControlFlow::Continue(Box::pin(load))
        });
        assert_eq!(poll(&mut read), Poll::Pending);
        assert_eq!(poll(&mut read), Poll::Pending);
        assert_eq!(poll(&mut read), Poll::Ready("loaded"));
        assert_eq!((looks.get(), polls.get()), (1, 3));
    }
}
