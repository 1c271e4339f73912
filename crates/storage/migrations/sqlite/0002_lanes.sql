-- When an attempt that keeps its place in an ordered lane is made again; due_at stays, for it is the place.
ALTER TABLE deliveries ADD COLUMN retry_at INTEGER;
