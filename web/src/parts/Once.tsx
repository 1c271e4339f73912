import { ShieldAlert } from 'lucide-react';
import { CopyText } from './Copy';
import styles from './Once.module.css';

interface OnceProps {
  /** What it is: "API key". */
  what: string;
  value: string;
  /** Why it won't be there later: "Only its hash is kept." */
  note: string;
}

/** Something that is shown this once: to copy now. */
export const Once = ({ what, value, note }: OnceProps) => (
  <div className={styles.once}>
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <ShieldAlert size={16} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <span>
        <strong>Copy it now.</strong> {note}
      </span>
    </div>
    <div className={styles.value}>
      <code className="mono" aria-label={what}>
        {value}
      </code>
      <CopyText value={value} label="Copy" />
    </div>
  </div>
);
