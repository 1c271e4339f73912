import { describe, expect, it } from 'vitest';
import type { Shape } from '../../api/client';
import type { Row } from './rows';
import { attemptsOf, why } from './why';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const row = (more: Partial<Row>) => ({ status: 'scheduled', attemptCount: 0, ...more }) as Row;
const attempt = (outcome: string, help: string) => ({ outcome, help }) as Shape['AttemptView'];
const integration = (more: object) =>
  ({ status: 'active', options: {}, failedAttempts: 0, ...more }) as Shape['IntegrationView'];

describe('why', () => {
  it('says nothing of what was delivered', () => {
    expect(why(row({ status: 'succeeded' }), [], undefined, NOW)).toBeUndefined();
  });

  it('tells a paused integration from a disabled one and from a hold', () => {
    const held = row({ status: 'held', reason: 'paused' });
    expect(why(held, [], integration({ status: 'paused' }), NOW)?.help).toBe('resume');
    expect(why(held, [], integration({}), NOW)?.help).toBe('release');
    const disabled = integration({ status: 'disabled', statusReason: 'No success for five days' });
    expect(why(row({ status: 'held', reason: 'disabled' }), [], disabled, NOW)?.sentence).toBe(
      'Held, because Postern disabled the integration: no success for five days.',
    );
  });

  it('says what helps, and sends to the settings where those are at fault', () => {
    const retry = row({ attemptCount: 1, nextAttemptAt: '2026-11-28T12:10:00Z' });
    const dns = why(retry, [attempt('dns_failed', 'Check the host name in the URL.')], integration({}), NOW);
    expect(dns).toEqual({ sentence: 'Check the host name in the URL.', help: 'integration' });
    expect(why(retry, [attempt('timeout', 'no answer within 30 s')], integration({}), NOW)?.help).toBe(
      'redeliver',
    );
  });

  it('knows what a due delivery waits for', () => {
    const due = row({ nextAttemptAt: '2026-11-28T11:50:00Z' });
    const failing = integration({ failingSince: '2026-11-28T11:00:00Z', failedAttempts: 9 });
    expect(why(due, [], failing, NOW)?.sentence).toContain('failed 9 times in a row');
    expect(why(due, [], integration({ options: { order: 'strict' } }), NOW)?.sentence).toContain('order');
    const asked = integration({ notBefore: '2026-11-28T12:03:00Z' });
    expect(why(due, [], asked, NOW)?.sentence).toContain('another 3 min');
  });

  it('says of a connector what its service answered, also of one that keeps its place', () => {
    const says = { outcome: 'rejected', message: 'ntfy says no', status: 401, steps: [{}], help: 'Read it.' };
    const first = row({
      attemptCount: 2,
      createdAt: '2026-11-28T11:50:00Z',
      nextAttemptAt: '2026-11-28T11:50:00Z',
    });
    expect(why(first, [says as never], integration({ options: { order: 'by_key' } }), NOW)).toEqual({
      sentence: 'ntfy says no.',
      help: 'integration',
    });
  });

  it('counts attempts by the schedule', () => {
    expect(attemptsOf(undefined)).toBe(12);
    expect(attemptsOf(integration({ options: { retries: [1, 2] } }))).toBe(3);
    expect(attemptsOf(integration({ options: { retries: [] } }))).toBe(1);
  });
});
