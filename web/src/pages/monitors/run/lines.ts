/** A run's log: each request as it was answered, what the scripts said of it, and what failed. */
import { bytes, duration } from '../../../words/numbers';
import type { Run } from '../data/run';

export interface Line {
  /** `log`, `info`, `warn`, `error` or `debug`. */
  level: string;
  /** When, where the run tells it: of what scripts say it doesn't. */
  at: string | undefined;
  source: string;
  text: string;
  /** Whether it is a request, not something that was logged. */
  isRequest?: boolean;
}

export function linesOf(run: Run): Line[] {
  const executions = run.executions ?? [];
  const known = new Set(executions.map((it) => it.id));
  const said = (id: number, source: string) =>
    (run.console ?? [])
      .filter((line) => line.execution === id)
      .map(({ level, text }) => ({ level, at: undefined, source, text }));
  const failed = (id: number, source: string) =>
    (run.failures ?? [])
      .filter((failure) => failure.execution === id)
      .map((failure) => ({
        level: 'error',
        at: undefined,
        source,
        text: `${failure.name}: ${failure.message}${failure.assertion ? ` (${failure.assertion})` : ''}`,
      }));
  const lines = executions.flatMap(({ id, item, request, response }): Line[] => [
    {
      level: 'info',
      at: request.timestamp ?? undefined,
      source: item.name,
      text: `${request.method} ${request.url} → ${response ? `${response.code}, ${duration(response.responseTime)}, ${bytes(response.responseSize)}` : 'no answer'}`,
      isRequest: true,
    },
    ...said(id, item.name),
    ...failed(id, item.name),
  ]);
  const beside = [...(run.console ?? []), ...(run.failures ?? [])]
    .map((it) => it.execution)
    .filter((id) => !known.has(id));
  return [...lines, ...[...new Set(beside)].flatMap((id) => [...said(id, 'Run'), ...failed(id, 'Run')])];
}

export type Level = 'all' | 'warn' | 'error';

export function filterLines(lines: Line[], level: Level, find: string): Line[] {
  const wanted = find.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (level === 'all' || line.level === 'error' || (level === 'warn' && line.level === 'warn')) &&
      `${line.source} ${line.text}`.toLowerCase().includes(wanted),
  );
}

/** "11:23:34.295", of the browser's zone. */
export const clockOf = (iso: string): string => {
  const date = new Date(iso);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

export const asText = (lines: Line[]): string =>
  lines.map((line) => `${line.at ?? ''}\t${line.level}\t${line.source}\t${line.text}`).join('\n') + '\n';
