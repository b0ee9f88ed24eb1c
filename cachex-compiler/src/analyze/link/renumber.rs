//! Facts whose ids become others: where some are left out or put in between.

use crate::analyze::facts::{Call, Callee, Facts, FunctionId, InstanceId, SiteId};

/// Old id → new one, `None` where it is left out.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) functions: Vec<Option<FunctionId>>,
    pub(super) instances: Vec<Option<InstanceId>>,
    pub(super) sites: Vec<Option<SiteId>>,
}

/// What is at an old id.
pub(super) fn at<T: Copy>(numbers: &[Option<T>], old: u32) -> Option<T> {
    *numbers.get(old as usize)?
}

pub(super) fn set<T: Copy>(numbers: &mut Vec<Option<T>>, old: u32, new: T) {
    let old = old as usize;
    if numbers.len() <= old {
        numbers.resize(old + 1, None);
    }
    if let Some(slot) = numbers.get_mut(old) {
        *slot = Some(new);
    }
}

impl Numbers {
    /// Gives all that facts refer to its new id; `None` where something refers to what is left out.
    pub(super) fn give(&self, facts: &mut Facts) -> Option<()> {
        for instance in &mut facts.instances {
            self.function(&mut instance.function)?;
            instance
                .calls
                .iter_mut()
                .try_for_each(|call| self.call(call))?;
            for site in &mut instance.sites {
                *site = at(&self.sites, site.0)?;
            }
        }
        for site in &mut facts.sites {
            self.function(&mut site.function)?;
        }
        for function in facts
            .unknowns
            .iter_mut()
            .filter_map(|it| it.function.as_mut())
        {
            self.function(function)?;
        }
        for root in &mut facts.roots {
            self.function(&mut root.function)?;
            root.instance = at(&self.instances, root.instance.0)?;
            root.layers
                .iter_mut()
                .try_for_each(|call| self.call(call))?;
        }
        Some(())
    }

    fn function(&self, id: &mut FunctionId) -> Option<()> {
        *id = at(&self.functions, id.0)?;
        Some(())
    }

    fn call(&self, call: &mut Call) -> Option<()> {
        if let Callee::Instance(id) = &mut call.callee {
            *id = at(&self.instances, id.0)?;
        }
        Some(())
    }
}
