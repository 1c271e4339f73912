import { useState, type KeyboardEvent, type PointerEvent } from 'react';

interface Columns {
  count: number;
  /** Which is chosen; -1: none. */
  chosen: number;
  choose: (at: number) => void;
  /** Where the first begins and how wide each is, in pixels. */
  left: number;
  step: number;
}

/** Which column is pointed at, and choosing with pointer and keys: what all charts of runs have in common. */
export function useColumns({ count, chosen, choose, left, step }: Columns) {
  const [pointed, point] = useState<number>();
  const under = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
    const at = Math.floor(x / step);
    return at >= 0 && at < count ? at : undefined;
  };
  const press = (event: KeyboardEvent) => {
    const goal = goalOf(event.key, chosen < 0 ? count - 1 : chosen, count);
    if (goal === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(goal);
  };
  return {
    pointed: pointed !== undefined && pointed < count ? pointed : undefined,
    handlers: {
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => point(under(event)),
      onPointerLeave: () => point(undefined),
      onClick: (event: React.MouseEvent<SVGSVGElement>) => {
        const at = under(event as PointerEvent<SVGSVGElement>);
        if (at !== undefined) choose(at);
      },
      onKeyDown: press,
    },
  };
}

/** So many runs does a page of them have. */
const PAGE = 10;

function goalOf(key: string, from: number, count: number): number | undefined {
  const within = (at: number) => Math.min(count - 1, Math.max(0, at));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(from - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return within(from + 1);
    case 'PageDown':
      return within(from + PAGE);
    case 'PageUp':
      return within(from - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
