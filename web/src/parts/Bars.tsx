interface Bar {
  value: number;
  /** Of the value, what went wrong: drawn on top in red. */
  bad?: number;
  tone?: 'bar' | 'bad' | 'warn' | 'mute';
}

interface BarsProps {
  bars: Bar[];
  /** The picture in a sentence, for who doesn't see it. */
  label: string;
  height?: number;
  width?: number;
}

const COLOURS = { bar: 'var(--bar)', bad: 'var(--bad)', warn: 'var(--warn)', mute: 'var(--mute)' };

/** Small bars in a row: what happened lately, at a glance. */
export function Bars({ bars, label, height = 24, width = 132 }: BarsProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const step = width / Math.max(1, bars.length);
  const thick = Math.min(18, step * 0.72);
  return (
    <svg
      className="bars"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {bars.map((bar, at) => {
        const whole = bar.value === 0 ? 1.5 : Math.max(3, (bar.value / most) * height);
        const bad = bar.bad ? Math.max(2, (bar.bad / most) * height) : 0;
        const x = at * step + (step - thick) / 2;
        const tone = bar.value === 0 ? 'mute' : (bar.tone ?? 'bar');
        return (
          <g key={at}>
            <rect
              x={x}
              y={height - whole}
              width={thick}
              height={whole}
              rx={Math.min(2, thick / 3)}
              fill={COLOURS[tone]}
            />
            {bad > 0 && (
              <rect
                x={x}
                y={height - whole}
                width={thick}
                height={bad}
                rx={Math.min(2, thick / 3)}
                fill={COLOURS.bad}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
