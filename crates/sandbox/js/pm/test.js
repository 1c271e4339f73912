// `pm.test`: runs an assertion function and notes whether it threw.
import { describe } from '../errors.js';

export class Tests {
  #execution;
  #entries = [];
  // In which order they are told: as they end, but one that waits for a promise as it was begun.
  #order = [];

  constructor(execution) {
    this.#execution = execution;
    this.test = (name, body) => {
      this.#run(name, body);
      return execution.pm;
    };
    this.test.skip = (name) => {
      this.#end(this.#begin(name, true));
      return execution.pm;
    };
    this.test.index = () => this.#entries.length;
  }

  #begin(name, skipped = false) {
    const index = this.#entries.length;
    this.#entries.push({ name: String(name), index, skipped, failed: false, error: null, ended: false, awaited: false });
    return index;
  }

  #end(index, thrown, failed = false) {
    let entry = this.#entries[index];
    if (entry.ended) {
      // A callback that is called once more tells its test once more, until that has failed.
      if (entry.awaited || entry.failed) return;
      entry = { ...entry };
      this.#entries[index] = entry;
    }
    entry.ended = true;
    if (failed) {
      entry.failed = true;
      entry.error = failure(entry.name, thrown);
    }
    if (!entry.awaited) this.#order.push(entry);
  }

  #run(name, body) {
    const index = this.#begin(name);
    if (typeof body !== 'function') {
      this.#end(index);
      return;
    }
    // A function that takes a parameter says itself when it is done.
    const byCallback = body.length > 0;
    let result;
    try {
      result = byCallback ? body((error) => this.#end(index, error, Boolean(error))) : body();
    } catch (thrown) {
      this.#end(index, thrown, true);
      return;
    }
    if (result !== null && typeof result === 'object' && typeof result.then === 'function') {
      const entry = this.#entries[index];
      entry.awaited = true;
      this.#order.push(entry);
      result.then(
        () => byCallback || this.#end(index),
        (thrown) => this.#end(index, thrown, true),
      );
    } else if (!byCallback) {
      this.#end(index);
    }
  }

  /** Notes a result of the old `tests` object. */
  note(name, value) {
    const error = value ? undefined : Object.assign(new Error(`expected ${String(value)} to be truthy`), { name: 'AssertionError', stack: '' });
    this.#end(this.#begin(name), error, !value);
  }

  /** The results. A test that never ended has failed if it is a promise; with a callback it is as if it had not been, and said so. */
  finish() {
    for (const entry of this.#entries) {
      if (entry.ended) continue;
      if (entry.awaited) {
        entry.failed = true;
        entry.error = { name: 'TimeoutError', message: 'the test did not end before its script did', stack: '' };
      } else {
        this.#execution.warnings.push(`the test "${entry.name}" never called its callback and is left out`);
      }
    }
    const { output } = this.#execution;
    const told = [];
    for (const { name, index, skipped, failed: hasFailed, error } of this.#order) {
      if (!output.admitsTest(name, error)) continue;
      // What isn't said is not so.
      const entry = { name, index, passed: !hasFailed };
      if (skipped) entry.skipped = true;
      if (hasFailed) entry.error = error;
      told.push(entry);
    }
    return told;
  }
}

// What is thrown without a message is told by the test's name, as newman does it; what it was stands in the stack's place.
function failure(name, thrown) {
  const told = describe(thrown);
  const isObject = typeof thrown === 'object' && thrown !== null;
  if (isObject && thrown.message !== undefined && thrown.message !== null) return thrown.name ? told : { ...told, name: 'AssertionError' };
  return { name: isObject && thrown.name ? String(thrown.name) : 'AssertionError', message: name, stack: told.message };
}
