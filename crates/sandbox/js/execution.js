// One script under way: its `pm`, and all that it brings about.
import { Calls } from './calls.js';
import { Console } from './console.js';
import { describe } from './errors.js';
import { jsonText } from './json.js';
import { Legacy } from './legacy/globals.js';
import { libraryRequire } from './libraries.js';
import { Output } from './output.js';
import { Pm } from './pm/pm.js';
import { Tests } from './pm/test.js';
import { VariableLayers } from './pm/variables.js';
import { Timers } from './timers.js';

// As they were before any script could touch them.
const { apply } = Reflect;
const { then } = Promise.prototype;

export class Execution {
  /** @param number which of the context's scripts it is, from 1 */
  constructor(number, listen, scope, outputLimit) {
    this.number = number;
    this.listen = listen;
    this.scope = scope;
    this.warnings = [];
    this.error = null;
    this.settled = false;
    this.nextRequest = undefined;
    this.skipRequest = false;
    this.visualizer = null;
    this.early = null;
    this.output = new Output(outputLimit, this.warnings);
    this.tests = new Tests(this);
    this.timers = new Timers(this);
    this.calls = new Calls(this);
    this.console = new Console(this.output);
    this.variables = new VariableLayers(scope.variables);
    this.pm = new Pm(this);
    this.legacy = new Legacy(this);
  }

  /** Starts the script; what it leaves to do afterwards are jobs, timers and calls. */
  run(compiled) {
    const ended = () => {
      this.settled = true;
    };
    const failed = (thrown) => {
      this.settled = true;
      this.fail(thrown);
    };
    // One that did not compile: Rust tells us next what was thrown.
    if (compiled === undefined) return ended();
    try {
      apply(then, compiled(this.pm, this.console, libraryRequire), [ended, failed]);
    } catch {
      // Only a script that leaves our function by unbalanced braces gets here.
      failed(new SyntaxError('the braces of the script do not match'));
    }
  }

  /** Notes an error of the script itself. The first one is the script's error, later ones are told beside it. */
  fail(thrown) {
    const error = describe(thrown);
    if (!this.error) this.error = error;
    else this.warnings.push(`a further error was thrown: ${error.name}: ${error.message}`);
  }

  /** What the script waits for as JSON, or undefined if it is at its end. */
  state() {
    if (this.early !== null) return undefined;
    const wakeIn = this.timers.wakeIn();
    if (wakeIn === null && this.calls.open === 0) return undefined;
    return jsonText({ calls: this.calls.takeNew(), open: this.calls.open, wakeIn });
  }

  /** Ends the script here and now for `pm.execution.skipRequest`: what comes after does not count. */
  skip() {
    if (this.early !== null) return;
    this.skipRequest = true;
    this.settled = true;
    this.early = this.outcome();
    this.timers.clearAll();
  }

  finish() {
    return this.early !== null ? this.early : this.outcome();
  }

  outcome() {
    if (!this.settled && !this.error) {
      this.error = {
        name: 'TimeoutError',
        message: 'the script awaits a promise that nothing can settle any more',
        stack: '',
      };
    }
    this.legacy.finish();
    const request = this.pm.changedRequest();
    return jsonText({
      tests: this.tests.finish(),
      console: this.console.lines,
      variables: this.variables.changes(),
      request,
      nextRequest: nextRequest(this.nextRequest),
      skipRequest: this.skipRequest,
      error: this.error,
      visualizer: this.visualizer,
      warnings: this.warnings,
    });
  }
}

function nextRequest(told) {
  if (told === undefined) return null;
  return told === null ? 'stop' : { name: String(told) };
}
