// What happened, in plain words and with nothing missing, whatever the payload holds.
const read = {
  /** A monitor's run. */
  run(it) {
    const payload = it.payload;
    const detail = payload.postern ?? {};
    const metrics = {
      errors: 0, failedTests: 0, passedTests: 0, requestCount: 0, totalLatency: 0, warnings: 0, ...payload.metrics,
    };
    const status = detail.status ?? (metrics.failedTests ? 'failure' : metrics.errors ? 'error' : 'success');
    const failed = status !== 'success';
    const state = { success: 'passed', failure: 'failed', error: 'errored', abort: 'aborted' }[status] ?? status;
    const monitor = payload.monitor_name || 'A monitor';
    const tests = metrics.failedTests + metrics.passedTests;
    const ended = detail.finished_at ?? it.event.at;
    const begun = detail.started_at ?? ended;
    const took = Math.max(0, Date.parse(ended) - Date.parse(begun)) || 0;
    const failures = (detail.failures ?? []).map((failure) => ({
      request: failure.itemName || '',
      test: failure.assertion || '',
      name: failure.name || 'Error',
      message: failure.message || '',
    }));
    const parts = [];
    if (metrics.failedTests) parts.push(`${text.count(metrics.failedTests)} of ${text.plural(tests, 'test')} failed`);
    else parts.push(tests ? `${text.plural(tests, 'test')} passed` : 'no tests');
    if (metrics.errors) parts.push(text.plural(metrics.errors, 'error'));
    parts.push(text.plural(metrics.requestCount, 'request'));
    if (took) parts.push(text.duration(took));
    return {
      status, state, failed, metrics, tests, failures,
      /** How many failed that `failures` doesn't name. */
      more: Math.max(0, Math.max(metrics.failedTests + metrics.errors, failures.length) - failures.length),
      /** What was told before is over: the first run that passes after failures. */
      recovered: !failed && (detail.failures_in_a_row_before ?? 0) > 0,
      /** How many runs in a row have failed, this one included. */
      streak: detail.failures_in_a_row ?? (failed ? 1 : 0),
      monitor,
      uid: payload.monitor_uid || '',
      collection: payload.collection_name || '',
      environment: payload.environment_name || '',
      user: payload.user_name || '',
      trigger: detail.trigger ?? 'manual',
      id: detail.run_id || it.event.id,
      begun, ended, took,
      link: it.link,
      /** One incident for each monitor: the same for its failures and its recovery. */
      key: it.test ? `postern-test-${it.integration.id}` : `postern-monitor-${payload.monitor_uid || it.integration.id}`,
      title: `${it.test ? 'Test: ' : ''}${monitor} ${state}`,
      summary: parts.join(', '),
    };
  },

  /** One activity. */
  activity(it) {
    const payload = it.payload;
    return {
      action: payload.action || '',
      model: payload.model || '',
      name: payload.model_name || '',
      uid: payload.model_uid || '',
      collection: payload.collection_name || '',
      collectionUid: payload.collection_uid || '',
      user: payload.user_name || 'Somebody',
      userId: payload.user_id || '',
      /** The whole sentence: who did what to what. */
      sentence: payload.message || `${payload.user_name || 'Somebody'} changed ${payload.model_name || 'something'}`,
      title: it.test ? 'Test' : '',
      at: payload.postern?.happened_at ?? it.event.at,
      link: it.link,
    };
  },

  /** A backup. */
  backup(it) {
    const detail = it.payload.postern ?? {};
    const uid = detail.collection_uid || '';
    const name = it.payload.collection?.info?.name || 'A collection';
    const version = detail.version ?? 1;
    const by = detail.saved_by || '';
    return {
      name, uid, version, by,
      id: uid.slice(uid.indexOf('-') + 1) || 'unknown',
      workspace: detail.workspace_name || '',
      at: detail.saved_at ?? it.event.at,
      /** What happened, in one line: for the message of a commit. */
      sentence: it.test
        ? `Test of ${it.integration.name}`
        : text.line(detail.message || `${by ? `${by} saved` : 'Back up'} ${name}, version ${version}`),
      link: it.link,
    };
  },

  /** An event of the team's own. */
  custom(it) {
    let payload = it.payload;
    if (payload && typeof payload === 'object' && !Array.isArray(payload)) {
      const { postern: _, ...own } = payload;
      payload = own;
    }
    return {
      type: it.event.type ?? (it.test ? 'test' : 'custom'),
      title: it.test ? `Test${it.event.type ? `: ${it.event.type}` : ''}` : it.event.type ?? 'custom',
      payload,
      json: JSON.stringify(payload, null, 2),
      link: it.link,
    };
  },

  /** Another integration that doesn't work. */
  trouble(it) {
    const payload = it.payload;
    const disabled = it.event.kind === 'integration_disabled' || payload.postern?.status === 'disabled';
    return {
      disabled,
      integration: payload.integration_name || 'An integration',
      id: payload.integration_id || '',
      message: payload.message || 'An integration does not work',
      reason: payload.reason || '',
      attempts: payload.failed_attempts ?? 0,
      since: payload.failing_since || '',
      title: `${it.test ? 'Test: ' : ''}${payload.integration_name || 'An integration'} ${disabled ? 'was disabled' : 'is failing'}`,
      link: it.link,
      key: `postern-integration-${payload.integration_id || it.integration.id}`,
    };
  },
};
