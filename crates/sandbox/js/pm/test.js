// `pm.test`: runs an assertion function and notes whether it threw.
import { describe } from '../errors.js';

export class Tests {
  #execution;
  #entries = [];

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
    if (record.ended) return;
    record.ended = true;
    if (failed) {
      record.entry.passed = false;
      record.entry.error = describe(thrown);
    }
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

  /** The results in their order. A test that never ended has failed if it is a promise; with a callback it is as if it had not been, and said so. */
  finish() {
    const results = [];
    for (const { entry, ended, awaited } of this.#entries) {
      if (!ended && awaited) {
        entry.passed = false;
        entry.error = { name: 'TimeoutError', message: 'the test did not end before its script did', stack: '' };
      } else if (!ended) {
        this.#execution.warnings.push(`the test "${entry.name}" never called its callback and is left out`);
        continue;
      }
      if (this.#execution.output.admits(entry)) results.push(entry);
    }
    return results;
  }
}
