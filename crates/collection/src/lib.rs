#![doc = include_str!("../README.md")]

mod convert;
mod diff;
mod document;
pub mod dynamic;
mod edit;
mod environment;
mod export;
mod flat;
mod identity;
mod import;
mod json;
mod limits;
mod merge;
mod merge_environments;
mod node;
mod number;
mod parse_error;
mod resolve;
mod view;

pub use diff::{Change, ChangeKind, Diff, FieldChange, ToldField, apply, diff};
pub use document::Document;
pub use edit::{EditError, Place, Position};
pub use environment::{EnvironmentDocument, EnvironmentValue};
pub use export::to_openapi;
pub use flat::{children_of, flat, merged, names_a_field};
pub use identity::give_new_ids;
pub use import::{
    Folders, ImportError, ImportFile, ImportFormat, Imported, NotCarriedOver, OpenApiOptions,
    import, to_yaml,
};
pub use json::{is_blank, parse_json};
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_ITEMS, MAX_NAME_CHARS};
pub use merge::{MergeConflict, merge};
pub use merge_environments::merge_environments;
pub use node::ItemKind;
pub use parse_error::ParseError;
pub use resolve::{Resolver, VariableScope};
pub use view::{
    Auth, Body, Collection, Folder, FormField, Header, Item, Listen, Parameter, Request,
    RequestItem, Script, Url, Variable,
};
