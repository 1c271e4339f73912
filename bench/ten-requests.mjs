// The collection that the runner is measured with: ten requests, half of them POST with JSON, each with a
// pre-request script and five tests.

const preRequest = [
  "pm.variables.set('stamp', Date.now());",
  "pm.collectionVariables.set('counter', (Number(pm.collectionVariables.get('counter')) || 0) + 1);",
];

const tests = [
  "const body = pm.response.json();",
  "pm.test('status is 200', () => pm.response.to.have.status(200));",
  "pm.test('answers in time', () => pm.expect(pm.response.responseTime).to.be.below(5000));",
  "pm.test('is json', () => pm.expect(pm.response.headers.get('Content-Type')).to.include('json'));",
  "pm.test('echoes the method', () => pm.expect(body.method).to.be.oneOf(['GET', 'POST']));",
  "pm.test('has a list', () => { pm.expect(body.list).to.be.an('array').with.lengthOf(3); pm.expect(body.list[0]).to.have.property('id', 1); });",
];

/** The collection, against a server at this base address; without its scripts if so wished. */
export function tenRequests(base, { scripts = true } = {}) {
  const item = Array.from({ length: 10 }, (_, index) => {
    const post = index % 2 === 1;
    return {
      name: `Request ${index + 1}`,
      event: scripts
        ? [
            { listen: "prerequest", script: { type: "text/javascript", exec: preRequest } },
            { listen: "test", script: { type: "text/javascript", exec: tests } },
          ]
        : [],
      request: {
        method: post ? "POST" : "GET",
        header: post ? [{ key: "Content-Type", value: "application/json" }] : [],
        url: `{{base}}/echo/${index}?stamp=${scripts ? "{{stamp}}" : "1"}`,
        ...(post ? { body: { mode: "raw", raw: '{"counter": {{counter}}, "name": "a book", "tags": ["x", "y"]}' } } : {}),
      },
    };
  });
  return {
    info: { name: "Ten requests", schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
    variable: [{ key: "base", value: base }, { key: "counter", value: "0" }],
    item,
  };
}

/** The same requests for hurl, which has no scripts: five assertions each. */
export function hurlFile(base) {
  return Array.from({ length: 10 }, (_, index) => {
    const post = index % 2 === 1;
    return [
      `${post ? "POST" : "GET"} ${base}/echo/${index}?stamp=1`,
      ...(post ? ["Content-Type: application/json", '{"counter": 0, "name": "a book", "tags": ["x", "y"]}'] : []),
      "HTTP 200",
      "[Asserts]",
      "duration < 5000",
      'header "Content-Type" contains "json"',
      `jsonpath "$.method" == "${post ? "POST" : "GET"}"`,
      'jsonpath "$.list" count == 3',
      'jsonpath "$.list[0].id" == 1',
      "",
    ].join("\n");
  }).join("\n");
}
