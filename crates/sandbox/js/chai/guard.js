// What keeps `Invalid Chai property: bee. Did you mean "be"?` without a proxy around each assertion: one
// proxy at the end of the prototypes' chain, which is reached by unknown names only.
const UNTOLD = ['__flags', '__methods', '_obj', 'assert'];

module.exports = function guard(Assertion, config, proxify) {
  const end = new Proxy(Object.create(Object.prototype), {
    get(target, property, receiver) {
      const known = typeof property !== 'string' || property in target;
      if (known) return Reflect.get(target, property, receiver);
      // Plugins look at the prototype itself to see what is there.
      if (receiver === Assertion.prototype) return undefined;
      if (!config.useProxy || UNTOLD.includes(property) || config.proxyExcludedKeys.includes(property)) return undefined;
      // chai's own proxy knows the words for it.
      return proxify(receiver)[property];
    },
  });
  // Known on the prototype, lest each assertion's own be asked of the proxy when it is made.
  Object.defineProperty(Assertion.prototype, '__flags', { value: undefined, writable: true, enumerable: false, configurable: true });
  Object.setPrototypeOf(Assertion.prototype, end);
};
