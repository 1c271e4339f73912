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
    const entry = { name: String(name), index: this.#entries.length, passed: true, skipped, error: null };
    this.#entries.push({ entry, ended: false, awaited: false });
    return this.#entries.length - 1;
  }

  #end(index, thrown, failed = false) {
    const record = this.#entries[index];
    if (record.ended) {
      // A callback that is called once more tells its test once more, until that has failed.
      if (record.awaited || !record.entry.passed) return;
      record.entry = { ...record.entry };
    }
    record.ended = true;
    if (failed) {
      record.entry.passed = false;
      record.entry.error = failure(record.entry.name, thrown);
    }
    if (!record.awaited) this.#order.push(record.entry);
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
      this.#order.push(this.#entries[index].entry);
      this.#entries[index].awaited = true;
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
    for (const { entry, ended, awaited } of this.#entries) {
      if (ended) continue;
      if (awaited) {
        entry.passed = false;
        entry.error = { name: 'TimeoutError', message: 'the test did not end before its script did', stack: '' };
      } else {
        this.#execution.warnings.push(`the test "${entry.name}" never called its callback and is left out`);
      }
    }
    const { output } = this.#execution;
    return this.#order.filter((entry) => output.admitsTest(entry));
  }
}

// What is thrown without a message is told by the test's name, as newman does it; what it was stands in the stack's place.
function failure(name, thrown) {
  const told = describe(thrown);
  const isObject = typeof thrown === 'object' && thrown !== null;
  if (isObject && thrown.message !== undefined && thrown.message !== null) return thrown.name ? told : { ...told, name: 'AssertionError' };
  return { name: isObject && thrown.name ? String(thrown.name) : 'AssertionError', message: name, stack: told.message };
}
