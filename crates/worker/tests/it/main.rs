//! The worker on real databases, against a real receiver.

mod clock;
mod connectors;
mod deliveries;
mod disabling;
mod house;
mod identity;
mod journal;
mod lanes;
mod leases;
mod monitors;
mod once;
mod replays;
mod retention;
mod retries;
mod told;
mod transforms;
mod waiting;
