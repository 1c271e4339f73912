// The `postman` object.

export class Postman {
  #execution;

  constructor(execution) {
    this.#execution = execution;
  }

  #set(scope, key, value) {
    const text = value && typeof value.toString === 'function' ? value.toString() : value;
    this.#execution.legacy.get(scope)[key] = text;
    this.#execution.variables[scope].set(key, text);
  }

  #unset(scope, key) {
    delete this.#execution.legacy.get(scope)[key];
    this.#execution.variables[scope].unset(key);
  }

  #clear(scope) {
    this.#execution.legacy.set(scope, {});
    this.#execution.variables[scope].clear();
  }

  setEnvironmentVariable(key, value) {
    this.#set('environment', key, value);
  }

  getEnvironmentVariable(key) {
    return this.#execution.variables.environment.get(key);
  }

  clearEnvironmentVariable(key) {
    this.#unset('environment', key);
  }

  clearEnvironmentVariables() {
    this.#clear('environment');
  }

  setGlobalVariable(key, value) {
    this.#set('globals', key, value);
  }

  getGlobalVariable(key) {
    return this.#execution.variables.globals.get(key);
  }

  clearGlobalVariable(key) {
    this.#unset('globals', key);
  }

  clearGlobalVariables() {
    this.#clear('globals');
  }

  setNextRequest(name) {
    this.#execution.nextRequest = name;
  }

  getResponseCookie(name) {
    return this.#execution.pm.cookies.one(String(name));
  }

  getResponseHeader(name) {
    return this.#execution.pm.response?.headers.get(name);
  }
}
