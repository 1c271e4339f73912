import { describe, expect, test } from 'vitest';
import type { IntegrationView } from '../standing';
import { problemsOf } from './checks';
import { patchOf } from './patch';
import { fieldsOf, fresh, valuesOf } from './values';

const view = (more: Partial<IntegrationView> = {}): IntegrationView => ({
  id: '1',
  name: 'Mirror',
  connector: 'webhooks',
  event: 'monitor_results',
  workspace: null,
  collection: null,
  monitor: '1-2',
  config: { url: 'https://example.com' },
  options: {
    notify: 'every_run',
    from: 1,
    limit: null,
    payload: 'standard',
    order: 'none',
    backup: 'every_change',
    types: [],
    retries: null,
    timeout: 30,
  },
  status: 'active',
  failedAttempts: 0,
  createdBy: 1,
  createdAt: '',
  updatedAt: '',
  ...more,
});

const patch = (it: IntegrationView, change: object) => {
  const { name, workspace, collection, monitor, config, options } = it;
  const after: Record<string, unknown> = { ...fieldsOf(it.event, { ...valuesOf(it), ...change }, it) };
  return patchOf(
    { name, connector: it.connector, event: it.event, workspace, collection, monitor, config, options },
    after,
  );
};

describe('an integration that is edited', () => {
  const full = view({
    config: {
      url: 'https://example.com',
      headers: { 'X-A': '••••••••' },
      auth: {
        type: 'oauth2',
        tokenUrl: 'https://id.example',
        clientId: 'a',
        clientSecret: '••••••••',
        clientAuthentication: 'body',
      },
      tls: { ca: '-----BEGIN CERTIFICATE-----' },
      transform: 'function handler(it) { return it; }',
    },
    options: {
      ...view().options,
      notify: 'failures',
      from: 2,
      limit: 5,
      retries: [5, 60],
      signatures: ['v1a'],
      rate: 3,
      concurrency: 1,
    },
  });
  test('and not changed asks for nothing', () => {
    expect(patch(view(), {})).toEqual({});
    expect(patch(full, {})).toEqual({});
    expect(patch(view({ workspace: 'w', collection: 'c' }), {})).toEqual({});
  });
  test('asks for what is different', () => {
    expect(patch(full, { target: 'collection:9-9', headers: [], notify: 'three', rate: '' })).toEqual({
      collection: '9-9',
      monitor: null,
      config: { headers: null },
      options: { from: 3, limit: 1, rate: null },
    });
  });
  test('has nothing to mend', () => {
    expect(problemsOf(valuesOf(full))).toEqual({});
  });
});

describe('what people write', () => {
  test('is checked field by field', () => {
    const values = {
      ...fresh(),
      headers: [
        { name: 'Host', value: 'a' },
        { name: 'X-A', value: 'a\nb' },
        { name: 'x-a', value: '' },
        { name: '', value: '' },
      ],
      notify: 'custom' as const,
      from: 0,
      types: ['build.*', 'a b'],
      timeout: 121,
      tls: { ca: 'x', certificate: '-----BEGIN CERTIFICATE-----', key: '' },
    };
    expect(Object.keys(problemsOf(values)).sort()).toEqual(
      [
        'from',
        'headers.0.name',
        'headers.1.value',
        'headers.2.name',
        'name',
        'timeout',
        'tls.ca',
        'tls.key',
        'types',
        'url',
      ].sort(),
    );
  });
});
