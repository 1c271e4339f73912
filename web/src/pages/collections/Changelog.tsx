import { lazy, Suspense } from 'react';
import { Lines } from '../../parts/States';

const Whole = lazy(() => import('./changelog/Changelog'));

export const Changelog = () => (
  <Suspense
    fallback={
      <div className="card">
        <Lines count={6} />
      </div>
    }
  >
    <Whole />
  </Suspense>
);
