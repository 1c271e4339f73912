import { useLayoutEffect, useState, type RefObject } from 'react';

/** So many lines are drawn above and below what is seen. */
const MORE = 12;

/** Of many lines of one height, which are to be drawn; `keep` is always among them. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, height: number, keep: number) {
  const [seen, see] = useState({ from: 0, to: 40 });
  useLayoutEffect(() => {
    const element = box.current!;
    const look = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / height) - MORE);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / height) + MORE;
      see((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [box, count, height]);
  const drawn: number[] = [];
  if (keep < seen.from) drawn.push(keep);
  for (let at = seen.from; at < Math.min(count, seen.to); at += 1) drawn.push(at);
  if (keep >= seen.to && keep < count) drawn.push(keep);
  return {
    drawn,
    /** Scrolls no further than needed for a line to be seen. */
    show: (at: number) => {
      const element = box.current;
      if (!element) return;
      const top = at * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height > element.scrollTop + element.clientHeight)
        element.scrollTop = top + height - element.clientHeight;
    },
  };
}
