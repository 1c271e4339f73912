import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Plus, Timer } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Empty, Lines, Loaded, NoMatch } from '../../parts/States';
import { useNames } from './data/useNames';
import { useOverview, type MonitorLine } from './data/useOverview';
import { BulkBar } from './list/BulkBar';
import { Filters } from './list/Filters';
import css from './list/list.module.css';
import { MonitorRow } from './list/MonitorRow';
import { useRowKeys } from './list/useRowKeys';
import { NoCollections } from './NoCollections';

const newButton = (
  <Button
    leftSection={<Plus size={16} aria-hidden />}
    renderRoot={(props) => <Link {...props} to="/monitors/new" />}
  >
    New monitor
  </Button>
);

/** All monitors on one screen. */
export function Monitors() {
  const [address, change] = useAddress();
  const mayEdit = useMay('editor');
  const { list, lines } = useOverview(address['workspace']);
  const clear = () => change({ q: undefined, state: undefined, workspace: undefined });
  const hasSome = lines.length > 0 || address['workspace'] !== undefined;
  return (
    <Page
      title="Monitors"
      sub="Each runs a collection on a schedule; its last 60 runs stand beside it."
      actions={mayEdit && hasSome && newButton}
    >
      <Loaded what="the monitors" of={list} skeleton={<Lines count={5} height={52} />}>
        {() =>
          hasSome ? (
            <>
              <Filters address={address} change={change} clear={clear} lines={lines} />
              <List lines={lines.filter((line) => fits(line, address))} mayEdit={mayEdit} clear={clear} />
            </>
          ) : (
            <None mayEdit={mayEdit} />
          )
        }
      </Loaded>
    </Page>
  );
}

function fits(
  { monitor, state }: MonitorLine,
  { q, state: wanted }: Record<string, string | undefined>,
): boolean {
  if (wanted && state !== undefined && state !== wanted) return false;
  return !q || monitor.name.toLowerCase().includes(q.trim().toLowerCase());
}

function List({ lines, mayEdit, clear }: { lines: MonitorLine[]; mayEdit: boolean; clear: () => void }) {
  const names = useNames();
  const [picked, setPicked] = useState<Set<string>>(new Set());
  const uids = lines.map((line) => line.monitor.uid);
  const chosen = uids.filter((uid) => picked.has(uid));
  const pick = (uid: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(uid);
    else next.delete(uid);
    setPicked(next);
  };
  const list = useRowKeys(mayEdit ? (at) => pick(uids[at]!, !picked.has(uids[at]!)) : undefined);
  if (lines.length === 0)
    return (
      <div className="card">
        <NoMatch what="monitors" clear={clear} />
      </div>
    );
  return (
    <div className="card">
      <div className={css['head']} data-may={mayEdit || undefined}>
        {mayEdit && (
          <Checkbox
            aria-label="Select all monitors that are shown"
            checked={chosen.length === uids.length}
            indeterminate={chosen.length > 0 && chosen.length < uids.length}
            onChange={(event) => setPicked(new Set(event.currentTarget.checked ? uids : []))}
          />
        )}
        {chosen.length > 0 ? (
          <BulkBar uids={chosen} clear={() => setPicked(new Set())} />
        ) : (
          <>
            <span className={`${css['all']} dimmed small`} aria-hidden>
              Select all
            </span>
            <span className={`${css['columns']} dimmed`} aria-hidden>
              <span>Monitor</span>
              <span>State</span>
              <span>Last 60 runs, the newest on the right</span>
              <span>Passed</span>
              <span>Next run</span>
            </span>
          </>
        )}
      </div>
      <ul ref={list} className={css['list']} aria-label="Monitors">
        {lines.map((line) => (
          <MonitorRow
            key={line.monitor.uid}
            line={line}
            collection={names.collection(line.monitor.collectionUid)}
            environment={names.environment(line.monitor.environmentUid)}
            mayEdit={mayEdit}
            isPicked={picked.has(line.monitor.uid)}
            pick={(on) => pick(line.monitor.uid, on)}
          />
        ))}
      </ul>
    </div>
  );
}

/** There is none yet: make one, if there is something to run. */
function None({ mayEdit }: { mayEdit: boolean }) {
  const collections = query.useQuery('get', '/collections', {});
  return (
    <Loaded what="the collections" of={collections}>
      {({ collections }) =>
        collections.length === 0 && mayEdit ? (
          <NoCollections />
        ) : (
          <div className="card">
            <Empty icon={Timer} title="No monitors yet" action={mayEdit && newButton}>
              {mayEdit
                ? 'A monitor runs a collection on a schedule and tells when its tests fail.'
                : 'A monitor runs a collection on a schedule and tells when its tests fail. An editor can make one.'}
            </Empty>
          </div>
        )
      }
    </Loaded>
  );
}
