/** A run, and what is read off it. */
import type { Shape } from '../../../api/client';

export type Run = Shape['RunView'];
/** So much of a run does a bar need. */
export interface Brief {
  info: Pick<Run['info'], 'jobId' | 'status' | 'trigger' | 'startedAt' | 'finishedAt'>;
  figures?: Run['figures'];
}

/** So much says whether and how it ended. */
export type Ended = { info: { status: string } };

export const idOf = (run: Brief): string => run.info.jobId;
export const isOver = (run: Ended): boolean => !['queued', 'running'].includes(run.info.status);
/** Whether a streak of failures goes on with it. */
export const hasFailed = (run: Ended): boolean => ['failure', 'error', 'abort'].includes(run.info.status);

/** When a run was asked for or fell due: its id says so (UUIDv7). */
export const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** When it began; of one that waits, when it was asked for. */
export const startOf = ({ info }: Brief): number =>
  info.startedAt ? Date.parse(info.startedAt) : madeAt(info.jobId);

/** How long it took, in milliseconds, so far. */
export const tookOf = (run: Brief, now: number): number =>
  run.figures?.durationMs ??
  Math.max(0, (run.info.finishedAt ? Date.parse(run.info.finishedAt) : now) - startOf(run));

export const failedTests = (run: Brief): number => run.figures?.failedTests ?? 0;
export const allTests = (run: Brief): number => failedTests(run) + (run.figures?.passedTests ?? 0);

/** The average of its requests' times; none of a run that had no answer. */
export const averageOf = (run: Brief): number | undefined => run.figures?.averageMs ?? undefined;

/** What starts a run. */
export const TRIGGERS: Record<string, string> = {
  schedule: 'Scheduled',
  manual: 'Manual',
  webhook: 'Webhook',
};
export const triggerWord = (run: Brief): string => TRIGGERS[run.info.trigger] ?? run.info.trigger;

/** "1 of 8 tests failed", "8 tests passed", "no tests". */
export function testWords(run: Brief): string {
  const [failed, all] = [failedTests(run), allTests(run)];
  const tests = all === 1 ? 'test' : 'tests';
  if (all === 0) return 'no tests';
  return failed > 0 ? `${failed} of ${all} ${tests} failed` : `${all} ${tests} passed`;
}
