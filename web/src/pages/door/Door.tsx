import { useEffect, type ReactNode } from 'react';
import { Logo } from '../../shell/Logo';

/** A page in front of the door: one card in the middle. */
export function Door({ title, sub, children }: { title: string; sub?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Postern`;
  }, [title]);
  return (
    <main className="door">
      <div className="card door-card">
        <div className="row" style={{ marginBottom: 18, fontWeight: 650 }}>
          <Logo size={28} />
          Postern
        </div>
        <h1 style={{ marginBottom: sub ? undefined : 18, overflowWrap: 'anywhere' }}>{title}</h1>
        {sub && (
          <p className="dimmed" style={{ margin: '6px 0 18px', fontSize: 13 }}>
            {sub}
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
