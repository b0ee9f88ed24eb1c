//! The one registry of codes: every code, its name, severity and the version it came with.
//!
//! A line here and a Markdown page `rules/<group>/<name>.md` are a rule; its check stands beside the page (rules of
//! CX00, CX01 and the first of CX02 are found while parsing and resolving, so theirs have only the page). The page
//! is at once the rustdoc of the constant, what `cachex explain CX0301` prints and the page in the book. Its first
//! ```` ```yaml ```` block under *Example* must yield exactly the rule's code, the one under *Instead* nothing: a
//! test compiles both. Codes are never renumbered nor reused.

#![expect(
    clippy::doc_markdown,
    reason = "a page is titled by the bare name of its rule"
)]

use super::{Diagnostic, Label, Severity};
use crate::source::Span;

/// A code and what belongs to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `CX0301`.
    pub code: &'static str,
    /// The defect as a noun phrase in snake case, `dependency_cycle`.
    pub name: &'static str,
    /// Unless `check.severity` says otherwise.
    pub severity: Severity,
    /// The version of cachex that brought it.
    pub since: &'static str,
    /// The page: what it finds, why it matters, example, instead, when to exempt.
    pub doc: &'static str,
}

impl Rule {
    /// A report of this rule at a place.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule: self,
            severity: self.severity,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            notes: Vec::new(),
            help: None,
            fix: None,
            kin: None,
        }
    }
}

/// The rule of a code (`CX0301`) or a name (`dependency_cycle`).
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code == code_or_name || rule.name == code_or_name)
}

macro_rules! registry {
    ($($code:ident $constant:ident $group:ident/$name:ident $severity:ident $since:literal;)*) => {
        $(
            #[doc = include_str!(concat!("../rules/", stringify!($group), "/", stringify!($name), ".md"))]
            pub static $constant: Rule = Rule {
                code: stringify!($code),
                name: stringify!($name),
                severity: Severity::$severity,
                since: $since,
                doc: include_str!(concat!("../rules/", stringify!($group), "/", stringify!($name), ".md")),
            };
        )*

        /// Every rule, in order of code.
        pub static RULES: &[&Rule] = &[$(&$constant),*];
    };
}

registry! {
    // The file. Found by `syntax` and, as far as the shape of a section goes, by `resolve`.
    CX0001 UNREADABLE_FILE       file/unreadable_file       Error "0.1";
    CX0002 INVALID_UTF8          file/invalid_utf8          Error "0.1";
    CX0003 OVERSIZED_FILE        file/oversized_file        Error "0.1";
    CX0004 YAML_SYNTAX           file/yaml_syntax           Error "0.1";
    CX0005 DUPLICATE_KEY         file/duplicate_key         Error "0.1";
    CX0006 UNKNOWN_KEY           file/unknown_key           Error "0.1";
    CX0007 UNEXPECTED_VALUE      file/unexpected_value      Error "0.1";
    CX0008 ALIAS_BOMB            file/alias_bomb            Error "0.1";
    CX0009 EXCESSIVE_NESTING     file/excessive_nesting     Error "0.1";
    CX0010 MERGE_KEY             file/merge_key             Error "0.1";
    CX0011 SPLIT_PATTERN         file/split_pattern         Error "0.1";
    CX0012 UNSUPPORTED_VERSION   file/unsupported_version   Error "0.1";
    CX0013 INVALID_INCLUDE       file/invalid_include       Error "0.1";
    CX0014 MISSING_KEY           file/missing_key           Error "0.1";
    CX0015 UNSUPPORTED_YAML      file/unsupported_yaml      Error "0.1";

    // Names. Found by `resolve`.
    CX0101 UNKNOWN_ENTITY        names/unknown_entity       Error "0.1";
    CX0102 UNKNOWN_CACHE         names/unknown_cache        Error "0.1";
    CX0103 UNKNOWN_FIELD         names/unknown_field        Error "0.1";
    CX0104 UNKNOWN_REFERENCE     names/unknown_reference    Error "0.1";
    CX0105 UNKNOWN_DIMENSION     names/unknown_dimension    Error "0.1";
    CX0106 DUPLICATE_NAME        names/duplicate_name       Error "0.1";
    CX0107 RESERVED_NAME         names/reserved_name        Error "0.1";
    CX0108 COLLIDING_NAMES       names/colliding_names      Error "0.1";
    CX0109 INVALID_NAME          names/invalid_name         Error "0.1";
    CX0110 UNKNOWN_ACTION        names/unknown_action       Error "0.1";
    CX0111 UNKNOWN_RULE          names/unknown_rule         Error "0.1";

    // Types. Up to CX0219 found by `resolve`, from CX0220 on by `rules`.
    CX0201 UNKNOWN_SCALAR        types/unknown_scalar        Error "0.1";
    CX0202 UNKNOWN_HOLE          types/unknown_hole          Error "0.1";
    CX0203 MISPLACED_FIELDS      types/misplaced_fields      Error "0.1";
    CX0204 DURATION_OUT_OF_RANGE types/duration_out_of_range Error "0.1";
    CX0205 UNTYPED_FIELD         types/untyped_field         Error "0.1";
    CX0206 INVALID_LITERAL       types/invalid_literal       Error "0.1";
    CX0207 MANY_VALUED_PARAM     types/many_valued_param     Error "0.1";
    CX0208 MALFORMED_PATTERN     types/malformed_pattern     Error "0.1";
    CX0209 MALFORMED_KEY         types/malformed_key         Error "0.1";
    CX0210 IDENTITY_CYCLE        types/identity_cycle        Error "0.1";
    CX0211 OVERSIZED_DECLARATION types/oversized_declaration Error "0.1";

    CX0220 WHERE_TYPE_MISMATCH    types/where_type_mismatch    Error "0.1";
    CX0221 WHERE_ACROSS_ENTITIES  types/where_across_entities  Error "0.1";
    CX0222 HASH_IN_WHERE          types/hash_in_where          Error "0.1";
    CX0223 UNUSED_PARAM           types/unused_param           Error "0.1";
    CX0224 DOUBLY_BOUND_DIMENSION types/doubly_bound_dimension Error "0.1";

    // The graph: what depends on what. Found by `rules`, as is all that follows.
    CX0301 DEPENDENCY_CYCLE       graph/dependency_cycle       Error   "0.1";
    CX0302 TOUCHES_CYCLE          graph/touches_cycle          Error   "0.1";
    CX0303 MISSING_DEPENDENCIES   graph/missing_dependencies   Error   "0.1";
    CX0304 MISSING_REASON         graph/missing_reason         Error   "0.1";
    CX0305 ENDLESS_ENTRY          graph/endless_entry          Error   "0.1";
    CX0306 FACET_OF_TWO_SETS      graph/facet_of_two_sets      Error   "0.1";
    CX0307 CROWDED_FACET          graph/crowded_facet          Error   "0.1";
    CX0308 SUPERFLUOUS_DEPENDENCY graph/superfluous_dependency Warning "0.1";
    CX0309 UNUSED_ENTITY          graph/unused_entity          Warning "0.1";
    CX0310 CREATE_BEHIND_OWN_TAG  graph/create_behind_own_tag  Error   "0.1";

    // Keys.
    CX0401 COLLIDING_KEYS         keys/colliding_keys          Error "0.1";
    CX0402 AMBIGUOUS_KEY          keys/ambiguous_key           Error "0.1";
    CX0403 UNDECIDED_KEYS         keys/undecided_keys          Error "0.1";

    // Breadth: what clears more than it must.
    CX0501 WHOLE_CACHE_DEPENDENCY breadth/whole_cache_dependency Warning "0.1";
    CX0502 ALIAS_WITHOUT_IDENTITY breadth/alias_without_identity Warning "0.1";
    CX0503 UNUSED_TAG             breadth/unused_tag             Warning "0.1";
    CX0504 SHORT_LIVED_PART       breadth/short_lived_part       Warning "0.1";

    // Safety: what a declaration promises and another takes back.
    CX0601 STALE_STRICTNESS       safety/stale_strictness      Error "0.1";
    CX0602 UNSCOPED_CACHE         safety/unscoped_cache        Error "0.1";
    CX0603 LOCAL_STRICTNESS       safety/local_strictness      Error "0.1";

    // Coverage of an application's sources. Found by `rules::coverage`.
    CX1001 UNCOVERED_WRITE       coverage/uncovered_write      Error "0.1";
    CX1002 PARTIAL_DECLARATION   coverage/partial_declaration  Error "0.1";
    CX1003 UNDECLARED_READ       coverage/undeclared_read      Error "0.1";
    CX1004 UNSTATED_MOVE         coverage/unstated_move        Error "0.1";
    CX1101 UNNEEDED_DECLARATION  coverage/unneeded_declaration Warning "0.1";
    CX1102 BROAD_DECLARATION     coverage/broad_declaration    Warning "0.1";
    CX1103 UNREACHED_WRITE       coverage/unreached_write      Warning "0.1";
    CX1104 UNCLEAR_CODE          coverage/unclear_code         Warning "0.1";
    CX1105 PREMATURE_INVALIDATION coverage/premature_invalidation Warning "0.1";
    CX1106 UNAPPLIED_CHANGE      coverage/unapplied_change     Warning "0.1";
    CX1107 HIDDEN_COLUMNS        coverage/hidden_columns       Note "0.1";
    CX1108 UNWATCHED_TABLE       coverage/unwatched_table      Note "0.1";
    CX1109 UNDECLARED_COLUMN     coverage/undeclared_column    Note "0.1";
    CX1110 UNMATCHED_NAME        coverage/unmatched_name       Note "0.1";
    CX1201 UNNEEDED_EXEMPTION    coverage/unneeded_exemption   Note "0.1";
    CX1202 EXPIRED_EXEMPTION     coverage/expired_exemption    Note "0.1";
}
