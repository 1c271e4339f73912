import { lazy, Suspense } from 'react';
import { Page } from '../../parts/Page';
import { Lines } from '../../parts/States';

const Whole = lazy(() => import('./changelog/Changelog'));

export const Changelog = () => (
  <Suspense
    fallback={
      <Page title="Changelog">
        <div className="card">
          <Lines count={6} />
        </div>
      </Page>
    }
  >
    <Whole />
  </Suspense>
);
