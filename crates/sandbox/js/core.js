// The room's front door for Rust: `boot` is given the natives (see host.js) and gives back the few
// functions by which src/engine/ drives a script. Everything crosses as JSON text, apart from bodies.
import { Execution } from './execution.js';
import { defineGlobals, restoreGlobals } from './globals.js';
import { connect, setCurrent } from './host.js';

let execution = null;

export function boot(natives) {
  connect(natives);
  defineGlobals();
  return {
    begin(number, listen, outputLimit, compiled) {
      if (number > 1) restoreGlobals();
      execution = new Execution(number, listen, outputLimit);
      setCurrent(execution);
      execution.run(compiled);
    },
    settle: (id, kind, value) => execution.calls.settle(id, kind, value),
    fireTimer: () => execution.fireTimer(),
    state: () => execution.state(),
    fail: (reason) => execution.fail(reason),
    finish: () => execution.finish(),
  };
}
