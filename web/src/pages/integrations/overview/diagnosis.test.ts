import { describe, expect, test } from 'vitest';
import type { IntegrationView } from '../standing';
import { diagnose, type Findings } from './diagnosis';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const trouble = (outcome: string) => ({
  outcome,
  message: 'the receiver answered 503 Service Unavailable',
  help: 'Look at its own logs.',
});
const said = (more: Partial<IntegrationView> = {}, found: Partial<Findings> = {}) =>
  diagnose(
    {
      integration: {
        id: '1',
        name: 'Mirror',
        connector: 'webhooks',
        event: 'monitor_results',
        config: { url: 'https://example.com' },
        options: { notify: 'every_run' },
        status: 'active',
        failedAttempts: 0,
        createdBy: 1,
        createdAt: '',
        updatedAt: '',
        ...more,
      },
      held: 0,
      waiting: 0,
      ...found,
    },
    NOW,
  );

describe('why it does not deliver', () => {
  test('paused', () => {
    expect(said({ status: 'paused' })).toEqual({
      tone: 'warn',
      sentence: 'It is paused, so what is due is held.',
      help: 'resume',
    });
    expect(said({ status: 'paused' }, { held: 3 })).toMatchObject({
      sentence: 'It is paused, so what is due is held. 3 deliveries wait for you.',
      help: 'release',
    });
  });
  test('disabled', () =>
    expect(said({ status: 'disabled', statusReason: 'the receiver is gone.' }, { held: 1 })).toEqual({
      tone: 'bad',
      sentence: 'Postern switched it off: the receiver is gone. 1 delivery waits for you.',
      help: 'release',
    }));
  test('held though it is active', () =>
    expect(said({}, { held: 100 }).sentence).toBe('100 deliveries that were held are being released.'));
  test('the receiver asked for a pause', () => {
    expect(said({ notBefore: '2026-11-27T12:10:00Z' }).sentence).toContain('asked for a pause until');
    expect(said({ notBefore: '2026-11-27T11:00:00Z' }, { lastAt: '2026-11-27T11:59:00Z' }).tone).toBe('ok');
  });
  test('failing', () => {
    const failing = { failingSince: '2026-11-27T10:00:00Z', failedAttempts: 8 };
    expect(said(failing, { trouble: trouble('server_error'), nextAt: '2026-11-27T12:05:00Z' })).toEqual({
      tone: 'bad',
      sentence:
        '8 attempts have failed in 2 h, the last one because the receiver answered 503 Service Unavailable. The next try is in 5 min.',
      help: 'test',
    });
    expect(said(failing, { trouble: trouble('rejected') }).help).toBe('settings');
    expect(said(failing, { trouble: trouble('transform_failed') }).help).toBe('transform');
    expect(said(failing).sentence).toBe('8 attempts have failed in 2 h.');
  });
  test('on the way', () =>
    expect(said({}, { waiting: 2, nextAt: '2026-11-27T11:59:00Z' })).toMatchObject({
      sentence: '2 deliveries are on the way. The next try is due now.',
      help: 'deliveries',
    }));
  test('no events yet', () => {
    expect(said()).toMatchObject({ sentence: 'No monitor has run since it was added.', help: 'test' });
    expect(said({ event: 'custom' }).sentence).toContain('published');
  });
  test('nothing matches', () =>
    expect(said({}, { othersHear: true })).toMatchObject({
      sentence: 'There were events of its kind, but none that it is about.',
      help: 'settings',
    }));
  test('its monitor rests, has not run, or has not failed often enough', () => {
    const monitor = { name: 'Smoke', active: true, hasRun: true, failureStreak: 1 };
    expect(said({}, { monitor: { ...monitor, active: false } })).toMatchObject({ help: 'monitor' });
    expect(said({}, { monitor: { ...monitor, hasRun: false } }).sentence).toContain('has not run yet');
    expect(said({ options: { notify: 'failures', from: 3 } }, { monitor }).sentence).toBe(
      'It tells failures only, from number 3 in a row, and there have been 1.',
    );
  });
  test('nothing is wrong', () =>
    expect(said({}, { lastAt: '2026-11-27T11:56:00Z' })).toEqual({
      tone: 'ok',
      sentence: 'It delivers. The last event came 4 min ago.',
    }));
});
