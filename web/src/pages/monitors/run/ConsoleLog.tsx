import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { Download, SquareTerminal } from 'lucide-react';
import { useMemo } from 'react';
import { save } from '../../../parts/Body';
import { Find } from '../../../parts/Filter';
import { useAddress } from '../../../parts/search';
import { Empty, NoMatch } from '../../../parts/States';
import { whole } from '../../../words/numbers';
import { idOf, type Run } from '../data/run';
import { asText, clockOf, filterLines, linesOf, type Level } from './lines';
import css from './run.module.css';

/** So many lines are drawn; all are in the file. */
const MOST_LINES = 2000;

const LEVELS = [
  { value: 'all', label: 'All' },
  { value: 'warn', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
];

/** What the scripts logged, between the requests that they belong to. */
export function ConsoleLog({ run }: { run: Run }) {
  const [address, change] = useAddress();
  const level = (LEVELS.find((it) => it.value === address['level'])?.value ?? 'all') as Level;
  const find = address['find'] ?? '';
  const lines = useMemo(() => linesOf(run), [run]);
  const shown = useMemo(() => filterLines(lines, level, find), [lines, level, find]);
  if (lines.length === 0)
    return (
      <Empty icon={SquareTerminal} title="Nothing was logged">
        What scripts write with console.log stands here.
      </Empty>
    );
  return (
    <>
      <div className={css['bar']}>
        <Find name="find" label="Find in log" />
        <SegmentedControl
          size="xs"
          aria-label="Level"
          value={level}
          onChange={(value) => change({ level: value === 'all' ? undefined : value })}
          data={LEVELS}
        />
        <span className="dimmed small push number" role="status">
          {shown.length === lines.length
            ? `${whole(lines.length)} lines`
            : `${whole(shown.length)} of ${whole(lines.length)} lines`}
        </span>
        <Tooltip label="Download the log">
          <ActionIcon
            variant="default"
            size="md"
            aria-label="Download the log"
            onClick={() => save(`run-${idOf(run)}.log`, asText(lines), 'text/plain')}
          >
            <Download size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {shown.length === 0 ? (
        <NoMatch what="lines" clear={() => change({ find: undefined, level: undefined })} />
      ) : (
        <div className={css['log']} tabIndex={0} role="region" aria-label="Console log lines">
          {shown.slice(0, MOST_LINES).map((line, at) => (
            <div key={at} className={css['line']} data-level={line.level} data-request={line.isRequest}>
              <span className="dimmed">{line.at ? clockOf(line.at) : ''}</span>
              <span>{line.isRequest ? 'request' : line.level}</span>
              <span className="clip" title={line.source}>
                {line.source}
              </span>
              <span className={css['text']}>{line.text}</span>
            </div>
          ))}
          {shown.length > MOST_LINES && (
            <div className={`${css['line']} dimmed`}>… the rest is in the download</div>
          )}
        </div>
      )}
    </>
  );
}
