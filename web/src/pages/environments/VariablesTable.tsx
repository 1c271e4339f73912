import { Checkbox, Tooltip } from '@mantine/core';
import { useRef } from 'react';
import { Copy } from '../../parts/Copy';
import { VariableRow } from './VariableRow';
import { emptyRow, faultOf, moved, parseLines, twice, withLines, type Row } from './variables';
import styles from './environments.module.css';

interface TableProps {
  rows: Row[];
  change: (rows: Row[]) => void;
  /** Whether the missing is told yet. */
  isChecked: boolean;
}

/** Variables to be written: a key, a value, whether it is secret and whether it holds. */
export function VariablesTable({ rows, change, isChecked }: TableProps) {
  const table = useRef<HTMLTableElement>(null);
  const double = twice(rows);
  const set = (id: number, row: Row) => change(rows.map((it) => (it.id === id ? row : it)));
  const focus = (selector: string) =>
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(selector)?.focus());
  const move = (id: number, by: -1 | 1) => {
    change(moved(rows, id, by));
    focus(`[data-row="${id}"] [data-move="${by}"]`);
  };
  const remove = (id: number) => {
    const at = rows.findIndex((row) => row.id === id);
    const next = rows[at + 1] ?? rows[at - 1];
    change(rows.filter((row) => row.id !== id));
    if (next) focus(`[data-row="${next.id}"] [data-key]`);
  };
  const add = () => {
    const row = emptyRow();
    change([...rows, row]);
    focus(`[data-row="${row.id}"] [data-key]`);
  };
  const paste = (text: string): boolean => {
    const lines = /[\r\n=]/.test(text) ? parseLines(text) : undefined;
    if (lines) change(withLines(rows, lines));
    return lines !== undefined;
  };
  return (
    <table className={`table ${styles.edit}`} ref={table}>
      <Head more="Order and delete" />
      <tbody>
        {rows.map((row, at) => (
          <VariableRow
            key={row.id}
            row={row}
            set={(next) => set(row.id, next)}
            move={(by) => move(row.id, by)}
            remove={() => remove(row.id)}
            paste={paste}
            add={at === rows.length - 1 ? add : undefined}
            isFirst={at === 0}
            isLast={at === rows.length - 1}
            fault={faultOf(row, double, isChecked)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** The same to be read. */
export const VariablesRead = ({ rows }: { rows: Row[] }) => (
  <table className={`table ${styles.read}`}>
    <Head />
    <tbody>
      {rows.map((row) => (
        <tr key={row.id} data-off={!row.enabled || undefined}>
          <td>
            <Checkbox size="xs" checked={row.enabled} readOnly disabled aria-label={`${row.key} holds`} />
          </td>
          <td className="mono">{row.key}</td>
          <td>
            <span className="row">
              <span className={`mono ${styles.value}`}>{row.value}</span>
              {!row.secret && row.value !== '' && <Copy value={row.value} label={`Copy ${row.key}`} />}
            </span>
          </td>
          <td className="dimmed">{row.secret ? 'Secret' : 'Default'}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Head = ({ more }: { more?: string }) => (
  <thead>
    <tr>
      <th scope="col" style={{ width: 48 }}>
        <Tooltip label="Only what is ticked holds">
          <span>On</span>
        </Tooltip>
      </th>
      <th scope="col" style={{ width: '30%' }}>
        Key
      </th>
      <th scope="col">Value</th>
      <th scope="col" style={{ width: 128 }}>
        Type
      </th>
      {more && (
        <th scope="col" style={{ width: 116 }}>
          <span className={styles.hidden}>{more}</span>
        </th>
      )}
    </tr>
  </thead>
);
