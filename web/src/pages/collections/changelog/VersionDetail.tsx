import { Alert, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CheckCircle2, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { query } from '../../../api/client';
import { useAddress } from '../../../parts/search';
import { Lines, Loaded } from '../../../parts/States';
import { exact } from '../../../words/time';
import style from './changelog.module.css';
import { Changes } from './Changes';
import type { Group } from './groups';

const RestoreDialog = lazy(() => import('./RestoreDialog'));

interface VersionDetailProps {
  uid: string;
  group: Group;
  latest: number | undefined;
  mayEdit: boolean;
}

/** What a version changed, and the way back to it. */
export function VersionDetail({ uid, group, latest, mayEdit }: VersionDetailProps) {
  const [isRestoring, setRestoring] = useState(false);
  const [address, go] = useAddress();
  const changes = query.useQuery('get', '/collections/{uid}/versions/{number}/changes', {
    params: { path: { uid, number: group.version }, query: group.from > 0 ? { from: group.from } : {} },
  });
  const isNow = group.version === latest;
  const restored = address['restored'];
  return (
    <div className={style.detail}>
      {restored && (
        <Alert
          variant="light"
          color="green"
          icon={<CheckCircle2 size={18} aria-hidden />}
          role="status"
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => go({ restored: undefined })}
          title={`Version ${restored} is back, as version ${group.version}`}
        >
          <Link className="link" to="/collections/$uid" params={{ uid } as never}>
            Open the collection
          </Link>
        </Alert>
      )}
      <div className="card" style={{ overflow: 'hidden' }}>
        <div className="card-head">
          <div style={{ flex: '1 1 200px', minWidth: 0 }}>
            <h2>
              {group.only ? `Versions ${group.from + 1} to ${group.version}` : `Version ${group.version}`}
              {isNow && <span className={style.now}>now</span>}
            </h2>
            <div className="small dimmed">
              {group.user} · {exact(group.at)}
            </div>
          </div>
          {mayEdit && !isNow && latest !== undefined && (
            <Button
              variant="default"
              leftSection={<RotateCcw size={16} aria-hidden />}
              onClick={() => setRestoring(true)}
            >
              Restore this version
            </Button>
          )}
        </div>
        <Loaded what="what it changed" of={changes} skeleton={<Lines count={4} />}>
          {(data) => (
            <Changes
              uid={uid}
              changes={group.only ? data.changes.filter((it) => it.uid === group.only) : data.changes}
              version={group.version}
              from={group.from}
            />
          )}
        </Loaded>
      </div>
      <Suspense fallback={null}>
        {isRestoring && latest !== undefined && (
          <RestoreDialog
            uid={uid}
            version={group.version}
            latest={latest}
            close={() => setRestoring(false)}
            done={(made) => {
              setRestoring(false);
              go({ version: String(made), restored: String(group.version) }, { replace: false });
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
