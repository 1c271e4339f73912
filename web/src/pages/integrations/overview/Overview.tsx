import { useState } from 'react';
import { Lines, Loaded } from '../../../parts/States';
import type { IntegrationView } from '../standing';
import { HealthCard } from './HealthCard';
import { Held } from './Held';
import { useFindings } from './useFindings';
import { Verdict } from './Verdict';

/** How an integration does: in one sentence, and in numbers. */
export function Overview({ it }: { it: IntegrationView }) {
  const findings = useFindings(it);
  const [releasing, release] = useState(false);
  return (
    <div className="stack">
      <Loaded what="how it stands" of={findings} skeleton={<Lines count={1} height={48} />}>
        {(found) => (
          <>
            <Verdict found={found} release={() => release(true)} />
            <Held it={it} held={found.held} releasing={releasing} release={release} />
          </>
        )}
      </Loaded>
      <HealthCard id={it.id} />
    </div>
  );
}
