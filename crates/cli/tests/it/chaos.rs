//! Faults that are caused, and a ledger of what was accepted: afterwards it is held against what arrived and against what
//! the server says of it.
//!
//! What must be so, whatever happened: all that was accepted arrives; nothing arrives that nobody published; a repeat has the
//! id of the first; every signature is right; each delivery has ended as `succeeded`, with attempts numbered from one without
//! a gap; and repeats are few.

mod cut_off;
mod disk;
mod kill;
mod ledger;
mod names;
mod postgres;
mod receivers;
mod stop;
