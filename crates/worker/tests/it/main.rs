//! The worker on real databases, against a real receiver.

mod deliveries;
mod disabling;
mod house;
mod leases;
mod retention;
mod retries;
mod waiting;
