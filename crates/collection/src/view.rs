//! A document as the runner reads it: typed, lenient, without what a run doesn't need.

mod auth;
mod body;
mod item;
mod request;
mod script;
mod text;
mod url;
mod variable;

pub use auth::Auth;
pub use body::{Body, FormField};
pub use item::{Collection, Folder, Item, RequestItem};
pub use request::{Header, Request};
pub use script::{Listen, Script};
pub(crate) use url::split as split_url;
pub use url::{Parameter, Url};
pub use variable::Variable;
