import { useEffect, useMemo } from 'react';
import type { Shape } from '../../../api/client';
import type { Search } from '../../../parts/search';
import { isRange, reaching, usualRange, type Range } from '../data/ranges';
import { madeAt } from '../data/run';
import { MOST_RUNS } from '../data/useRuns';

/** Which stretch of time the address asks for; if it only names a run, one that shows it, which it then keeps. */
export function useStretch(
  { cron, timezone }: Shape['MonitorView']['schedule'],
  { range, at, run }: Search,
  change: (change: Search) => void,
): { range: Range; at?: string | undefined } {
  const usual = usualRange(cron, timezone);
  const opened = at === undefined && !isRange(range) ? run : undefined;
  // Of the time at which it was opened: a run that is shown stays so, without the chart leaping as it grows old.
  const fit = useMemo(
    () =>
      opened === undefined
        ? undefined
        : reaching({ time: madeAt(opened), now: Date.now(), cron, timezone, most: MOST_RUNS }),
    [opened, cron, timezone],
  );
  const isOther = fit !== undefined && (fit.at !== undefined || fit.range !== usual);
  useEffect(() => {
    if (isOther) change(fit);
  }, [isOther, fit, change]);
  return fit ?? { range: isRange(range) ? range : usual, at };
}
