import { Button } from '@mantine/core';
import { Plus, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Empty, Loaded } from '../../../parts/States';
import { SourceForm } from './SourceForm';
import { SourceRow } from './SourceRow';

/** So long is a look waited for that somebody has asked for. */
const PATIENCE_MS = 30_000;

/** Where collections and environments come from by themselves. */
export function Sources() {
  const canEdit = useMay('editor');
  const [isMaking, make] = useState(false);
  const [patience, wait] = useState(0);
  const asked = query.useQuery(
    'get',
    '/sources',
    {},
    { refetchInterval: () => (Date.now() < patience ? 1500 : 30_000) },
  );
  const soon = () => wait(Date.now() + PATIENCE_MS);
  const button = (
    <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={() => make(true)}>
      Add source
    </Button>
  );
  return (
    <section className="card">
      <div className="card-head">
        <h2>Sources</h2>
        <span className="dimmed small">
          Collections and environments that are kept in step with elsewhere
        </span>
        {canEdit && asked.data && asked.data.sources.length > 0 && <span className="push">{button}</span>}
      </div>
      <Loaded what="the sources" of={asked}>
        {({ sources }) =>
          sources.length === 0 ? (
            <Empty icon={RefreshCw} title="Nothing comes from elsewhere" action={canEdit && button}>
              A source is looked at again and again, and what has changed there is taken over here.
            </Empty>
          ) : (
            <div className="table-region" role="region" aria-label="Sources" tabIndex={0}>
              <table className="table" style={{ tableLayout: 'fixed', minWidth: 720, position: 'relative' }}>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col" style={{ width: 130 }}>
                      State
                    </th>
                    <th scope="col" style={{ width: 120 }}>
                      Looked at
                    </th>
                    <th scope="col" style={{ width: 130 }}>
                      Again
                    </th>
                    <th scope="col" className="end" style={{ width: 176 }}>
                      Actions
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {sources.map((source) => (
                    <SourceRow key={source.id} source={source} canEdit={canEdit} synced={soon} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {isMaking && (
        <SourceForm
          close={() => make(false)}
          done={() => {
            make(false);
            soon();
          }}
        />
      )}
    </section>
  );
}
