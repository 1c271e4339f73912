/** A run, and what is read off it. */
import type { Shape } from '../../../api/client';

export type Run = Shape['RunView'];

export const idOf = (run: Run): string => run.info.jobId;
export const isOver = (run: Run): boolean => !['queued', 'running'].includes(run.info.status);
/** Whether a streak of failures goes on with it. */
export const hasFailed = (run: Run): boolean => ['failure', 'error', 'abort'].includes(run.info.status);

/** When it began; of one that waits, when it was asked for: its id says so (UUIDv7). */
export function startOf(run: Run): number {
  const { startedAt, jobId } = run.info;
  return startedAt ? Date.parse(startedAt) : Number.parseInt(jobId.replaceAll('-', '').slice(0, 12), 16);
}

/** How long it took, in milliseconds, so far. */
export const tookOf = (run: Run, now: number): number =>
  Math.max(0, (run.info.finishedAt ? Date.parse(run.info.finishedAt) : now) - startOf(run));

export const failedTests = (run: Run): number => run.stats?.assertions.failed ?? 0;
export const allTests = (run: Run): number => run.stats?.assertions.total ?? 0;

/** The average of its requests' times; none of a run that made none. */
export function averageOf({ stats }: Run): number | undefined {
  const answered = stats ? stats.requests.total - stats.requests.failed : 0;
  return stats && answered > 0 ? stats.responseLatency / answered : undefined;
}

const TRIGGERS: Record<string, string> = { schedule: 'Scheduled', manual: 'Manual', webhook: 'Webhook' };
export const triggerWord = (run: Run): string => TRIGGERS[run.info.trigger] ?? run.info.trigger;

/** "1 of 8 tests failed", "8 tests passed", "no tests". */
export function testWords(run: Run): string {
  const [failed, all] = [failedTests(run), allTests(run)];
  const tests = all === 1 ? 'test' : 'tests';
  if (all === 0) return 'no tests';
  return failed > 0 ? `${failed} of ${all} ${tests} failed` : `${all} ${tests} passed`;
}
