// One script under way: its `pm`, and all that it brings about. Its parts are made when they are first wanted, for most
// scripts are short and there are many of them.
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
import { Scope } from './scope.js';
import { Timers } from './timers.js';

// As they were before any script could touch them.
const { apply } = Reflect;
const { isArray } = Array;
const { then } = Promise.prototype;

export class Execution {
  /** @param number which of the context's scripts it is, from 1 */
  constructor(number, listen, outputLimit) {
    this.number = number;
    this.listen = listen;
    this.outputLimit = outputLimit;
    this.warnings = [];
    this.error = null;
    this.settled = false;
    this.nextRequest = undefined;
    this.skipRequest = false;
    this.visualizer = null;
    this.early = null;
    this.lines = [];
    this.console = new Console();
    this.pm = new Pm(this);
    this.made = {};
  }

  get scope() {
    return (this.made.scope ??= new Scope());
  }

  get output() {
    return (this.made.output ??= new Output(this.outputLimit, this.warnings));
  }

  get tests() {
    return (this.made.tests ??= new Tests(this));
  }

  get timers() {
    return (this.made.timers ??= new Timers(this));
  }

  get calls() {
    return (this.made.calls ??= new Calls(this));
  }

  get variables() {
    return (this.made.variables ??= new VariableLayers(this.scope));
  }

  get legacy() {
    return (this.made.legacy ??= new Legacy(this));
  }

  /** Starts the script; what it leaves to do afterwards are jobs, timers and calls. */
  run(compiled) {
    const ended = () => {
      this.settled = true;
      this.made.legacy?.finish();
    };
    const failed = (thrown) => {
      ended();
      this.fail(thrown);
    };
    // One that did not compile: Rust tells us next what was thrown.
    if (compiled === undefined) return ended();
    let result;
    try {
      result = compiled(this.pm, this.console, libraryRequire);
    } catch (thrown) {
      failed(thrown);
      return;
    }
    // One that awaits nothing is at its end and says 0; any other is a promise.
    if (result === 0) return ended();
    try {
      apply(then, result, [ended, failed]);
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
    const { timers, calls } = this.made;
    if (this.early !== null || (!timers && !calls)) return undefined;
    const wakeIn = this.timers.wakeIn();
    if (wakeIn === null && this.calls.open === 0) return undefined;
    return jsonText({ calls: this.calls.takeNew(), open: this.calls.open, wakeIn });
  }

  /** Fires the next timer if it is due; says whether it did. */
  fireTimer() {
    const { timers } = this.made;
    return timers ? timers.fireNext() : false;
  }

  /** Ends the script here and now for `pm.execution.skipRequest`: what comes after does not count. */
  skip() {
    if (this.early !== null) return;
    this.skipRequest = true;
    this.settled = true;
    this.early = this.outcome();
    this.made.timers?.clearAll();
  }

  /** What it has brought about, as JSON; undefined for nothing. */
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
    this.made.legacy?.finish();
    const told = {};
    let isQuiet = true;
    const tell = (name, value) => {
      told[name] = value;
      isQuiet = false;
    };
    const request = this.pm.changedRequest();
    const tests = this.made.tests?.finish();
    const variables = this.made.variables?.changes();
    if (tests) tell('tests', tests);
    if (variables) tell('variables', variables);
    if (request) tell('request', request);
    if (this.lines.length > 0) tell('console', this.lines);
    if (this.nextRequest !== undefined) tell('nextRequest', nextRequest(this.nextRequest));
    if (this.skipRequest) tell('skipRequest', true);
    if (this.error) tell('error', this.error);
    if (this.visualizer) tell('visualizer', this.visualizer);
    if (this.warnings.length > 0) tell('warnings', this.warnings);
    return isQuiet ? undefined : jsonText(told);
  }
}

function nextRequest(told) {
  return told === null ? 'stop' : { name: String(told) };
}
