// Between the sender and a transform: what is to be asked next, given what was answered so far.
const nothing = (why) => ({ nothing: why });
const fail = (why) => ({ failed: why });

const drive = (handlers, { handler, it, answers }) => {
  const found = (it.test && handlers.test) || handlers[handler];
  if (!found) return { failed: `the connector has no handler ${handler}` };
  const read = (answer) => {
    let json;
    try { json = JSON.parse(answer.text); } catch { /* It is no JSON. */ }
    return { ...answer, json };
  };
  let made;
  try {
    made = found.call(handlers, it);
    if (typeof made?.next !== 'function') {
      if (made?.nothing) return made;
      const requests = Array.isArray(made) ? made : [made];
      const at = answers.length;
      // After the last one there is nothing left to ask here.
      return at < requests.length ? { request: requests[at], last: at === requests.length - 1 } : { done: true };
    }
    let step = made.next();
    for (const answer of answers) {
      if (step.done) break;
      step = made.next(read(answer));
    }
    if (!step.done) return { request: step.value };
    return step.value?.nothing ? step.value : { done: true };
  } catch (error) {
    if (error?.failed) return { failed: String(error.failed) };
    throw error;
  }
};
