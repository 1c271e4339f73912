#![doc = include_str!("../README.md")]

mod connector;
mod embedded;
mod event;
mod field;
mod file;
mod given;
mod hosts;
mod manifest;
mod mask;
mod step;

pub use connector::{Connector, all, find, is_webhook};
pub use event::Handler;
pub use field::{Choice, Field, FieldKind, FieldProblem, check_email};
pub use file::File;
pub use given::{Answer, Given, Happened, call, link};
pub use manifest::{Category, Explanation, Icon, InvalidManifest, Sends, Setup};
pub use mask::Mask;
pub use step::{Ask, Mail, Step, Write};
