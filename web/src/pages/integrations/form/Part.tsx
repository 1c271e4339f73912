import type { ReactNode } from 'react';

/** A group of fields with its name. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      className="stack"
      style={{ borderTop: '1px solid var(--app-border)', paddingTop: 16 }}
      aria-label={title}
    >
      <h2 style={{ fontSize: 14 }}>{title}</h2>
      {children}
    </section>
  );
}
