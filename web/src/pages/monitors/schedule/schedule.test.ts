import { describe as group, expect, test } from 'vitest';
import { nextTimes, parse } from './cron';
import { become, fromCron, toCron, type Plain } from './plain';
import { scheduleWords } from './words';

const times = (cron: string, zone: string, after: string, count: number) =>
  nextTimes(parse(cron), zone, count, Date.parse(after)).map((at) =>
    new Date(at).toISOString().replace(':00.000Z', 'Z'),
  );

group('the next times', () => {
  test.each([
    ['*/5 * * * *', '2026-01-05T09:05Z'],
    ['0 9 * * *', '2026-01-06T09:00Z'],
    ['30 8 * FEB MON-FRI', '2026-02-02T08:30Z'],
    ['0 0 L * *', '2026-01-31T00:00Z'],
    ['0 12 * * 5L', '2026-01-30T12:00Z'],
    ['0 12 * * 2#2', '2026-01-13T12:00Z'],
    ['0 0 29 2 *', '2028-02-29T00:00Z'],
    ['10-40/15 8-10,20 * * *', '2026-01-05T09:10Z'],
    ['0 0 * * 7', '2026-01-11T00:00Z'],
    ['0 0 * * FRI-SUN', '2026-01-09T00:00Z'],
    ['0 0 13 * FRI', '2026-01-09T00:00Z'],
    ['0 0 13 * +FRI', '2026-02-13T00:00Z'],
    ['0 9 LW * *', '2026-01-30T09:00Z'],
    ['0 9 10W * *', '2026-01-09T09:00Z'],
    ['@weekly', '2026-01-11T00:00Z'],
  ])('%s', (cron, expected) => {
    expect(times(cron, 'UTC', '2026-01-05T09:00:00Z', 1)).toEqual([expected]);
  });

  // The same days as in the server's own tests: both changes of the clocks, in five zones.
  test.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:45:00Z', ['2026-10-26T01:30Z', '2026-10-27T01:30Z']],
    ['30 2 * * *', 'America/New_York', '2026-03-07T12:00:00Z', ['2026-03-08T07:00Z', '2026-03-09T06:30Z']],
    ['30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', ['2026-11-01T05:30Z', '2026-11-02T06:30Z']],
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:15Z']],
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T16:00:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
    ['30 2,14 * * *', 'Europe/Berlin', '2026-03-28T20:00:00Z', ['2026-03-29T01:00Z', '2026-03-29T12:30Z']],
    ['30 1-3 * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', ['2026-10-25T00:30Z', '2026-10-25T02:30Z']],
    ['0,30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:00Z']],
    ['0 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', ['2026-10-25T00:00Z', '2026-10-25T01:00Z']],
    ['0 * * * *', 'Europe/Berlin', '2026-03-28T23:30:00Z', ['2026-03-29T00:00Z', '2026-03-29T01:00Z']],
    ['10 * * * *', 'Europe/Berlin', '2026-10-25T00:50:00Z', ['2026-10-25T01:10Z', '2026-10-25T02:10Z']],
    ['@hourly', 'Europe/Berlin', '2026-10-24T23:30:00Z', ['2026-10-25T00:00Z', '2026-10-25T01:00Z']],
    ['@daily', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-24T22:00Z', '2026-10-25T23:00Z']],
    ['0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00:00Z', ['2026-04-23T22:00Z', '2026-04-24T21:00Z']],
    ['0 9 * * *', 'Pacific/Apia', '2011-12-29T00:00:00Z', ['2011-12-29T19:00Z', '2011-12-30T10:00Z']],
    ['*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', ['2026-10-25T01:00Z', '2026-10-25T01:30Z']],
    ['*/10 3 1 1 *', 'Asia/Kathmandu', '2026-06-01T00:00:00Z', ['2026-12-31T21:15Z', '2026-12-31T21:25Z']],
  ])('%s in %s after %s', (cron, zone, after, expected) => {
    expect(times(cron, zone, after, 2)).toEqual(expected);
  });

  test('what never comes has none', () => {
    expect(times('0 0 31 2 *', 'UTC', '2026-01-05T09:00:00Z', 3)).toEqual([]);
    expect(times('* * 31 2 *', 'Europe/Berlin', '2026-01-05T09:00:00Z', 3)).toEqual([]);
  });
});

group('what is wrong names itself', () => {
  test.each([
    ['', 'Five fields are needed'],
    ['* * * *', '4 fields, but five are needed'],
    ['0 * * * * *', '6 fields, but five are needed'],
    ['61 * * * *', 'Minute: 61 is not between 0 and 59'],
    ['0 24 * * *', 'Hour: 24 is not between 0 and 23'],
    ['a b c d e', 'Minute: “A” is not a number from 0 to 59'],
    ['0 0 * FOO *', 'Month: “FOO” is not a number or a name such as FEB'],
    ['0 0 * * FRI-MON', 'Weekday: the range FRI-MON runs backwards'],
    ['0/5 * * * *', 'Minute: “0/5” needs a range before the step, such as 0-59/5'],
    ['*/0 * * * *', 'Minute: “0” is not a step'],
    ['1,,2 * * * *', 'Minute: something is missing beside a comma'],
    ['0 0 * * L', 'Weekday: L needs a day before it'],
    ['0 0 * * 2#6', 'Weekday: “6” after # is not a number from 1 to 5'],
    ['@reboot', '“@reboot” is none of'],
  ])('%s', (cron, problem) => {
    expect(() => parse(cron)).toThrow(problem);
  });
});

group('in plain words', () => {
  test.each([
    ['* * * * *', 'Every minute'],
    ['*/5 * * * *', 'Every 5 minutes'],
    ['0 * * * *', 'Every hour'],
    ['15 * * * *', 'Every hour at minute 15'],
    ['0 3 * * *', 'Every day at 03:00'],
    ['30 9 * * 1-5', 'Weekdays at 09:30'],
    ['0 8 * * 5,1', 'Every Monday and Friday at 08:00'],
    ['*/30 8-18 * * 1-5', 'Every 30 minutes from 08:00 to 18:59, weekdays'],
    ['0 */6 * * *', 'Every 6 hours'],
    ['0 2,14 * * *', 'Every day at 02:00 and 14:00'],
    ['0 0 L * *', 'On the last day of the month at 00:00'],
    ['0 0 1,15 * *', 'On the 1st and 15th of the month at 00:00'],
    ['0 12 * * 5L', 'The last Friday at 12:00'],
    ['0 12 * * 2#2', 'The 2nd Tuesday at 12:00'],
    ['0 6 1 JAN,JUL *', 'On the 1st of the month at 06:00, in January and July'],
    ['nonsense', 'nonsense'],
  ])('%s', (cron, words) => {
    expect(scheduleWords(cron)).toBe(words);
  });
});

group('plain choices', () => {
  test.each<[string, Plain['kind']]>([
    ['* * * * *', 'minutes'],
    ['*/5 * * * *', 'minutes'],
    ['45 * * * *', 'hourly'],
    ['5 3 * * *', 'daily'],
    ['0 9 * * 1-5', 'weekdays'],
    ['0 9 * * 0,3', 'weekly'],
    ['*/7 * * * *', 'cron'],
    ['0 9 1 * *', 'cron'],
    ['0 9 * * 5L', 'cron'],
  ])('%s there and back', (cron, kind) => {
    const plain = fromCron(cron);
    expect(plain.kind).toBe(kind);
    expect(toCron(plain)).toBe(cron);
  });

  test('another kind keeps the time', () => {
    const daily = fromCron('30 7 * * *');
    expect(toCron(become('weekly', daily))).toBe('30 7 * * 1');
    expect(toCron(become('hourly', daily))).toBe('30 * * * *');
    expect(toCron(become('cron', daily))).toBe('30 7 * * *');
  });
});
