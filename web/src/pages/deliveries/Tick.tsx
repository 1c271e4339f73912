import { useEffect, useRef, type MouseEvent } from 'react';
import styles from './deliveries.module.css';

interface TickProps {
  label: string;
  isOn: boolean;
  /** Some are, and some aren't. */
  isPartly?: boolean;
  tabIndex?: number;
  click: (event: MouseEvent<HTMLInputElement>) => void;
}

/** A check box that costs next to nothing: thousands of them scroll by. */
export function Tick({ label, isOn, isPartly = false, tabIndex, click }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    box.current!.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={isOn}
      tabIndex={tabIndex}
      onClick={click}
      onChange={() => undefined}
    />
  );
}
