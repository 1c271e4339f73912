// Timers. Nothing here sleeps: Rust asks when to wake us, and tells us to fire.
import { host } from './host.js';

// The delay of what comes before all timers that are due.
export const IMMEDIATE = 'immediate';

export class Timers {
  #execution;
  #queue = new Map();
  #last = 0;

  constructor(execution) {
    this.#execution = execution;
  }

  add(callback, delay, repeats, values) {
    if (typeof callback !== 'function') return undefined;
    // In Node whatever is less than a millisecond is one, so such timers fire in the order in which they were set; nobody waits for it.
    const told = Number(delay);
    const pause = told > 1 ? Math.min(told, 2147483647) : 0;
    const id = ++this.#last;
    const due = host.now() + (delay === IMMEDIATE ? -1 : pause);
    this.#queue.set(id, { id, callback, values, due, every: repeats ? Math.max(pause, 1) : null });
    return id;
  }

  clear(id) {
    this.#queue.delete(Number(id));
  }

  clearAll() {
    this.#queue.clear();
  }

  /** Milliseconds until the next timer is due, or null if there is none. */
  wakeIn() {
    const next = this.#next();
    return next ? Math.max(next.due - host.now(), 0) : null;
  }

  /** Fires the next timer if it is due; says whether it did. */
  fireNext() {
    const next = this.#next();
    if (!next || next.due > host.now()) return false;
    if (next.every === null) this.#queue.delete(next.id);
    else next.due = host.now() + next.every;
    try {
      next.callback(...next.values);
    } catch (thrown) {
      this.#execution.fail(thrown);
    }
    return true;
  }

  #next() {
    let next = null;
    for (const timer of this.#queue.values()) {
      if (!next || timer.due < next.due) next = timer;
    }
    return next;
  }
}
