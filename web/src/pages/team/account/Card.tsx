import type { ReactNode } from 'react';
import styles from '../team.module.css';

/** A part of the account under its heading. */
export const Card = ({ title, sub, children }: { title: string; sub?: string; children: ReactNode }) => (
  <section className={`card ${styles.card}`} aria-label={title}>
    <div className="card-head">
      <h2>{title}</h2>
      {sub && <span className="dimmed small">{sub}</span>}
    </div>
    {children}
  </section>
);
