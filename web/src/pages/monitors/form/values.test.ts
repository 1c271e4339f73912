import { expect, test } from 'vitest';
import { Refused } from '../../../api/errors';
import { bodyOf, check, fresh, problemsOf } from './values';

test('what is wrong is known before anything is sent', () => {
  const values = { ...fresh(), cron: '61 * * * *', timezone: 'Middle/Earth' };
  expect(Object.keys(check(values)).sort()).toEqual(['collection', 'cron', 'name', 'timezone']);
  expect(check({ ...fresh('c'), name: 'x', cron: '0 0 31 2 *' }).cron).toBe(
    'There is no day on which it comes',
  );
});

test.each([
  ['monitor.name: a name can’t be empty', 'name', 'A name can’t be empty'],
  [
    'monitor.collection: there is no collection "z" in this team',
    'collection',
    'There is no collection "z" in this team',
  ],
  ['monitor.schedule: there is no time zone "x/y"', 'timezone', 'There is no time zone "x/y"'],
  ['monitor.schedule.cron is missing', 'cron', 'Is missing'],
  ['$.monitor.options.requestTimeout: invalid value', 'timeout', 'Invalid value'],
])('%s', (message, field, text) => {
  expect(problemsOf(new Refused(400, 'invalidParamsError', message))).toEqual({ [field]: text });
});

test('people are addresses with commas in between', () => {
  const values = {
    ...fresh('c'),
    name: 'x',
    onFailure: 'mia@example.com, , lee@example.com',
    onError: 'ops',
  };
  expect(check(values).onError).toBe('ops is no e-mail address');
  expect(bodyOf(values).monitor.notifications?.onFailure).toEqual([
    { email: 'mia@example.com' },
    { email: 'lee@example.com' },
  ]);
});

test('no environment and no timeout are said as such', () => {
  const { monitor } = bodyOf({ ...fresh('c'), name: ' x ' });
  expect(monitor).toMatchObject({
    name: 'x',
    environment: '',
    options: { requestTimeout: 0, requestDelay: 0 },
  });
});
