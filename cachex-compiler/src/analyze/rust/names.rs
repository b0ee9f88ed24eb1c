//! The names of a file, in one text: there are a hundred in each, and all of them are read back from what is kept.

use serde::{Deserialize, Serialize};

/// Names by number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Names {
    text: String,
    /// Where each ends; it begins where the one before does.
    ends: Vec<u32>,
}

impl Names {
    pub(crate) fn get(&self, index: u32) -> Option<&str> {
        let index = index as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text
            .get(start as usize..*self.ends.get(index)? as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let ranges = starts.zip(&self.ends);
        ranges.filter_map(|(start, end)| self.text.get(*start as usize..*end as usize))
    }
}

impl<'a> FromIterator<&'a str> for Names {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut all = Self::default();
        for name in names {
            all.text.push_str(name);
            // The names of a file are no longer than the file, whose length fits.
            all.ends
                .push(u32::try_from(all.text.len()).unwrap_or(u32::MAX));
        }
        all
    }
}
