// A monitor's run as numbers, and as one flat record: the same names in every service that keeps metrics or logs.
const metrics = {
  /** Gauges of one run; units as UCUM writes them. */
  points(it) {
    const run = read.run(it);
    const { failedTests, passedTests, requestCount, errors, totalLatency } = run.metrics;
    return [
      ['duration', run.took, 'ms'],
      ['tests.passed', passedTests, '{test}'],
      ['tests.failed', failedTests, '{test}'],
      ['requests', requestCount, '{request}'],
      ['errors', errors, '{error}'],
      /** What the requests of the run took, added up. */
      ['latency', totalLatency, 'ms'],
      ['success', run.failed ? 0 : 1, '1'],
    ].map(([name, value, unit]) => ({ name: `postern.monitor.run.${name}`, value, unit }));
  },

  /** What to tell runs apart by: plain texts of at most `max` characters; what is empty is left out. */
  tags(it, max = 200) {
    const run = read.run(it);
    const all = {
      monitor: run.monitor,
      monitor_uid: run.uid,
      collection: run.collection,
      environment: run.environment,
      status: run.status,
      ...(it.test ? { test: 'true' } : {}),
    };
    const cut = Object.entries(all).map(([name, value]) => [name, text.cut(text.line(value), max)]);
    return Object.fromEntries(cut.filter(([, value]) => value !== ''));
  },

  /** When the run ended, in milliseconds since 1970: a retry writes the same point. */
  at: (it) => Date.parse(read.run(it).ended) || it.event.ms,

  /** How many hours ago the run ended: what services take of the past is limited. */
  hours: (it) => (it.now - metrics.at(it)) / 3_600_000,

  /** `Test: Payments API failed`; only the name is cut, to `max` characters. */
  title(it, max = 120) {
    const run = read.run(it);
    return `${it.test ? 'Test: ' : ''}${text.cut(text.line(run.monitor), max)} ${run.state}`;
  },

  /** The run as one record of a log, with at most `shown` of what failed. */
  record(it, shown = 10) {
    const run = read.run(it);
    const { failedTests, passedTests, requestCount, errors, totalLatency } = run.metrics;
    const failures = run.failures.slice(0, shown);
    const more = run.failures.length - failures.length + run.more;
    return {
      message: `${metrics.title(it)}: ${run.summary}`,
      ...metrics.tags(it),
      event_id: it.event.id,
      run_id: run.id,
      trigger: run.trigger,
      started_at: run.begun,
      finished_at: run.ended,
      duration_ms: run.took,
      tests_passed: passedTests,
      tests_failed: failedTests,
      requests: requestCount,
      errors,
      latency_ms: totalLatency,
      success: !run.failed,
      failures_in_a_row: run.streak,
      ...(run.link ? { url: run.link } : {}),
      ...(more ? { failures_left_out: more } : {}),
      ...(failures.length ? { failures: failures.map(metrics.failure) } : {}),
    };
  },

  /** One failure, each of its parts short: services cut records at 5 to 30 KB. */
  failure(failure) {
    const parts = Object.entries(failure).map(([name, value]) => [name, text.cut(text.line(value), name === 'message' ? 300 : 100)]);
    return Object.fromEntries(parts.filter(([, value]) => value !== ''));
  },

  /** One of a record's failures in a line: `Create payment › Amount is kept: expected 10 to equal 12`. */
  words(failure) {
    const where = [failure.request, failure.test || failure.name].filter(Boolean).join(' › ');
    return [where, failure.message].filter(Boolean).join(': ');
  },
};
