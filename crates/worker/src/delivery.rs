//! Deliveries: what is owed to receivers goes out.
//!
//! The words: a *delivery* is one event for one integration; an *attempt* is one request for it; an integration is a
//! *lane* with a limit of its own, so that a slow receiver holds up only itself; an *outcome* is how an attempt
//! ended, one of a closed list; the *decision* is what follows from it.
//!
//! ```text
//! task: who is owed something? ─▶ lane: what may go now? ─▶ send ── transform ── render ── sign ── auth ── egress
//!                                 (order, rate, breaker)     │
//!                                                            └─ connector: its transform, step by step ── egress
//!      commit: one transaction for many, fenced by the epoch ◀── outcome ── disable
//! ```
//!
//! Start reading at `task.rs`.
//!
//! Correctness rests on the fence and on the row staying due until its outcome is committed: a crash anywhere between
//! means that it is sent again, never that it is lost.

mod auth;
mod bodies;
mod breaker;
mod commit;
mod connector;
mod disable;
mod lane;
mod meter;
mod outcome;
mod rate;
mod render;
mod send;
mod sign;
mod task;
mod teller;
mod transform;
mod way;

pub(crate) use auth::Tokens;
pub(crate) use task::DeliveryTask;
