#![doc = include_str!("../README.md")]

mod config;
mod serve;

pub use config::{ApiConfig, Limits};
pub use serve::{Api, Readiness};
