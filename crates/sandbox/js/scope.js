// What a script can see of its run. Each part comes in when a script first looks at it.
import { host } from './host.js';

const PARTS = ['info', 'request', 'response', 'cookies', 'globals', 'collectionVariables', 'environment', 'environmentName', 'iterationData', 'locals'];

export class Scope {}

for (const name of PARTS) {
  Object.defineProperty(Scope.prototype, name, {
    get() {
      const value = host.scope(name);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}
