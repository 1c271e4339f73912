import styles from './team.module.css';

/** Somebody, with what stands below the name. */
export function Person({ name, sub, isYou = false }: { name: string; sub?: string; isYou?: boolean }) {
  return (
    <span className="row" style={{ gap: 12 }}>
      <span className={styles.initials} aria-hidden>
        {initials(name)}
      </span>
      <span style={{ minWidth: 0, flex: 1 }}>
        <span className="row">
          <span className={`clip ${styles.name}`} title={name}>
            {name}
          </span>
          {isYou && <span className={styles.chip}>You</span>}
        </span>
        {sub && (
          <span className="clip dimmed small" style={{ display: 'block' }} title={sub}>
            {sub}
          </span>
        )}
      </span>
    </span>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
