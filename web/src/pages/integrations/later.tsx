import { lazy, Suspense, type ComponentType } from 'react';
import { Lines } from '../../parts/States';

/** A component that is loaded when it is first shown, so that the list doesn't carry the form and the editor. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, lines = 3): ComponentType<P> {
  const Loaded = lazy(() => load().then((it) => ({ default: it })));
  return (props: P) => (
    <Suspense
      fallback={
        <div aria-busy="true" role="status" aria-label="Loading">
          <Lines count={lines} />
        </div>
      }
    >
      <Loaded {...props} />
    </Suspense>
  );
}
