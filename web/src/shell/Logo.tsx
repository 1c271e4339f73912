import { useId } from 'react';

/** The gate with an arrow out of it. */
export function Logo({ size = 24 }: { size?: number }) {
  // Of two logos the one that is hidden would take the colours of the other away.
  const colours = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <defs>
        <linearGradient id={colours} x1="0" y1="0" x2="1" y2="1">
          <stop stopColor="#7a84f0" />
          <stop offset="1" stopColor="#444cc8" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="9" fill={`url(#${colours})`} />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M9 25V14a7 7 0 0 1 14 0v11" />
        <path d="M16 25v-9m0 0-3.4 3.4M16 16l3.4 3.4" />
      </g>
    </svg>
  );
}
