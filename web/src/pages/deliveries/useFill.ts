import { useLayoutEffect, useRef } from 'react';

/** Tells an element how far below the page's top it stands, as `--top`, so that it can fill what is left of the window. */
export function useFill<T extends HTMLElement>() {
  const place = useRef<T>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => {
      const top = Math.round(element.getBoundingClientRect().top + window.scrollY);
      element.style.setProperty('--top', `${top}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    // What stands above it may grow; the page grows with it.
    const page = element.closest('main');
    if (page) observer.observe(page);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, []);
  return place;
}
