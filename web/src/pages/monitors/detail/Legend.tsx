import type { ReactNode } from 'react';
import { COLOURS, type Column, type Tone } from '../chart/columns';
import { SLOW } from '../chart/RequestLanes';
import css from '../chart/chart.module.css';

interface LegendProps {
  view: 'summary' | 'requests';
  measure: string;
  columns: Column[];
  children: ReactNode;
}

/** What the colours mean; of trouble, only what there is. */
export function Legend({ view, measure, columns, children }: LegendProps) {
  const has = (tone: Tone) => columns.some((column) => column.tone === tone);
  const marks: [boolean, string, string][] =
    view === 'requests'
      ? [
          [true, COLOURS.bar, 'Response time'],
          [true, COLOURS.warn, `More than ${SLOW} × its average`],
        ]
      : [
          [true, COLOURS.bar, measure],
          [true, COLOURS.bad, 'Failed tests'],
          [has('warn'), COLOURS.warn, 'Run error ▲'],
          [has('mute'), COLOURS.mute, 'Aborted ▲'],
          [has('live'), COLOURS.live, 'Under way'],
        ];
  return (
    <div className={css['legend']} style={view === 'requests' ? { paddingLeft: 0 } : undefined}>
      {marks.map(
        ([isShown, colour, words]) =>
          isShown && (
            <span key={words}>
              <i style={{ background: colour }} />
              {words}
            </span>
          ),
      )}
      <span className="push number">{children}</span>
    </div>
  );
}
