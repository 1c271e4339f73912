import { Button } from '@mantine/core';
import { useState } from 'react';
import { Pill } from '../../../parts/Pill';
import { duration } from '../../../words/numbers';
import type { Run } from '../data/run';
import { failedWords, timeOf, type Column } from './columns';

const STEP = 50;

/** The same as the chart, in rows: the newest first. */
export function RunTable({
  columns,
  runs,
  measure,
  selected,
  select,
}: {
  columns: Column[];
  runs: Run[];
  measure: string;
  selected: string | undefined;
  select: (id: string) => void;
}) {
  const [shown, show] = useState(STEP);
  const rows = columns.map((column, at) => ({ column, run: runs[at]! })).reverse();
  return (
    <>
      <div className="table-region" role="region" aria-label="Runs as a table" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Result</th>
              <th scope="col" className="end">
                {measure}
              </th>
              <th scope="col" className="end">
                Failed tests
              </th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map(({ column, run }) => (
              <tr key={column.id} aria-current={column.id === selected ? 'true' : undefined}>
                <td>
                  <Button
                    variant={column.id === selected ? 'light' : 'subtle'}
                    size="compact-sm"
                    className="number"
                    ml={-9}
                    onClick={() => select(column.id)}
                  >
                    {timeOf(column)}
                  </Button>
                </td>
                <td>
                  <Pill state={run.info.status} />
                </td>
                <td className="end number">{duration(column.value)}</td>
                <td className="end number">{failedWords(column)}</td>
                <td>{column.trigger}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <Button variant="default" size="xs" mt="sm" onClick={() => show(shown + STEP)}>
          Show {Math.min(STEP, rows.length - shown)} more
        </Button>
      )}
    </>
  );
}
