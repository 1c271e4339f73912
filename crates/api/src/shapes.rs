//! What goes out: the house's things in the words of the API. One file for each resource.
//!
//! Postman's clients check types strictly, and have no `null` where a field is optional: what is not there is left out.

pub(crate) mod activity;
pub(crate) mod api_key;
pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod changelog;
pub(crate) mod collection;
pub(crate) mod comment;
pub(crate) mod connector;
pub(crate) mod delivery;
pub(crate) mod environment;
pub(crate) mod environment_fork;
pub(crate) mod event;
pub(crate) mod execution;
pub(crate) mod fork;
pub(crate) mod health;
pub(crate) mod import;
pub(crate) mod inbox;
pub(crate) mod inbox_request;
pub(crate) mod incoming_hook;
pub(crate) mod integration;
pub(crate) mod invitation;
pub(crate) mod item;
pub(crate) mod monitor;
pub(crate) mod replay;
pub(crate) mod role;
pub(crate) mod run;
pub(crate) mod run_figures;
pub(crate) mod run_requests;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod source;
pub(crate) mod status;
pub(crate) mod tag;
pub(crate) mod task;
pub(crate) mod team;
pub(crate) mod transfer;
pub(crate) mod transform;
pub(crate) mod user;
pub(crate) mod workspace;
