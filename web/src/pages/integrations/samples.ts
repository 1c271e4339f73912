// A body of each kind as a receiver gets it: exactly these fields, all of them. With the payload `detailed` there is one more,
// `postern`, with everything else.

const activity = {
  action: 'update',
  collection_name: 'Checkout API',
  collection_uid: '28384022-01a21f6f-72e2-7bb0-8e64-45e7092c6ebe',
  message: 'Ada Osei updated the request Get cart in Checkout API',
  model: 'request',
  model_name: 'Get cart',
  model_uid: '28384022-c4492754-f70a-4dc2-95a8-bebeab118401',
  user_id: '28384022',
  user_name: 'Ada Osei',
};

const trouble = {
  event: 'monitor_results',
  failed_attempts: 14,
  failing_since: '2026-11-27T09:12:40.118Z',
  happened_at: '2026-11-27T10:12:44.902Z',
  integration_id: '01a21f6f-7344-71e5-9239-8fb560aba8ce',
  integration_name: 'Checkout monitor → on-call',
};

export const SAMPLES: Record<string, object> = {
  collection_backup: {
    collection: {
      info: {
        _postman_id: '01a21f6f-72e2-7bb0-8e64-45e7092c6ebe',
        name: 'Checkout API',
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      item: [
        {
          name: 'Get cart',
          request: { method: 'GET', url: '{{base}}/v1/cart' },
          id: 'c4492754-f70a-4dc2-95a8-bebeab118401',
        },
      ],
    },
  },
  collection_activity: activity,
  team_activity: {
    ...activity,
    action: 'create',
    collection_name: '',
    collection_uid: '',
    message: 'Ada Osei created the environment Production',
    model: 'environment',
    model_name: 'Production',
    model_uid: '28384022-01a21f6f-72f4-7032-98f5-6991a84d6377',
  },
  monitor_results: {
    collection_name: 'Checkout API',
    collection_uid: '28384022-01a21f6f-72e2-7bb0-8e64-45e7092c6ebe',
    environment_name: 'Production',
    environment_uid: '28384022-01a21f6f-72f4-7032-98f5-6991a84d6377',
    metrics: {
      errors: 0,
      failedTests: 2,
      passedTests: 6,
      requestCount: 6,
      totalLatency: 480,
      warnings: 0,
    },
    monitor_name: 'Checkout smoke',
    monitor_uid: '28384022-01a21f6f-7305-793d-9649-dfeccdaac4e4',
    user_id: '28384022',
    user_name: 'Ada Osei',
  },
  custom: { build: 812, commit: '4be1f0a', passed: true },
  integration_failing: {
    ...trouble,
    message:
      'Postern could not deliver to the integration Checkout monitor → on-call for an hour: 14 attempts have failed, the last because the receiver answered 503 Service Unavailable',
    reason: 'the receiver answered 503 Service Unavailable',
  },
  integration_disabled: {
    ...trouble,
    message: 'Postern disabled the integration Checkout monitor → on-call: the receiver says that it is gone',
    reason: 'the receiver says that it is gone',
  },
};
