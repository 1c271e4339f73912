import { VisuallyHidden } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

export interface Column {
  name: string;
  width?: number | string;
  /** Numbers and buttons stand at the right. */
  isEnd?: boolean;
  /** Its name is only said: what stands in it speaks for itself. */
  isQuiet?: boolean;
}

/** The last column where each row has a menu or one small button. */
export const ACTIONS: Column = { name: 'Actions', width: 60, isQuiet: true };

interface TableProps {
  /** What it lists, for who doesn't see it: "Members". */
  label: string;
  columns: (Column | false)[];
  /** With it the columns have their widths whatever stands in them; where there is less room, the table scrolls. */
  minWidth?: number;
  ref?: Ref<HTMLTableElement>;
  /** Its rows. */
  children: ReactNode;
}

/** A table in a region of its own that scrolls. */
export const Table = ({ label, columns, minWidth, ref, children }: TableProps) => (
  <div className="table-region" role="region" aria-label={label} tabIndex={0}>
    <table className="table" ref={ref} style={minWidth ? { tableLayout: 'fixed', minWidth } : undefined}>
      <thead>
        <tr>
          {columns
            .filter((column) => column !== false)
            .map(({ name, width, isEnd, isQuiet }) => (
              <th key={name} scope="col" className={isEnd ? 'end' : undefined} style={{ width }}>
                {isQuiet ? <VisuallyHidden>{name}</VisuallyHidden> : name}
              </th>
            ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
