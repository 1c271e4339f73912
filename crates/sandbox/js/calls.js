// Calls to the outside: a script makes them, Rust hands them to its caller and settles them.

export class Calls {
  #execution;
  #waiting = new Map();
  #fresh = [];
  #last = 0;

  constructor(execution) {
    this.#execution = execution;
  }

  get open() {
    return this.#waiting.size;
  }

  /** Asks something; `kind` is that of the answer: `response` or `cookies`. */
  ask(ask) {
    const id = ++this.#last;
    this.#fresh.push({ id, ask });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  takeNew() {
    const calls = this.#fresh;
    this.#fresh = [];
    return calls;
  }

  settle(id, kind, value) {
    const call = this.#waiting.get(id);
    if (!call) return;
    this.#waiting.delete(id);
    if (kind === 'failed') call.reject(failure(value));
    else call.resolve(value);
  }

  /** Gives the result to a Node-style callback, or as a promise where there is none. */
  deliver(promise, callback) {
    if (typeof callback !== 'function') return promise;
    const call = (...values) => {
      try {
        callback(...values);
      } catch (thrown) {
        this.#execution.fail(thrown);
      }
    };
    promise.then(
      (value) => call(null, value),
      (error) => call(error),
    );
    return undefined;
  }
}

// As with Node, scripts tell failures apart by their code.
function failure(message) {
  const error = new Error(message);
  const code = /\bE[A-Z_]{4,}\b/.exec(message);
  if (code) error.code = code[0];
  return error;
}
