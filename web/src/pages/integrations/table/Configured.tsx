import { Button, Checkbox, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Plug, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { useAddress } from '../../../parts/search';
import { Empty, Loaded, NoMatch } from '../../../parts/States';
import { useConnectorOf } from '../../../parts/useConnectors';
import { useHealths } from '../health';
import type { IntegrationView } from '../standing';
import { targetOf, useTargets } from '../targets';
import { BulkBar } from './BulkBar';
import { Filters } from './Filters';
import { chosen, NO_FILTERS } from './filters';
import { usePicked } from './picked';
import { Row } from './Row';
import classes from './table.module.css';

/** All integrations in a table. */
export function Configured() {
  const integrations = query.useQuery('get', '/integrations', {});
  return (
    <Loaded what="the integrations" of={integrations}>
      {({ integrations }) => (integrations.length === 0 ? <None /> : <Table all={integrations} />)}
    </Loaded>
  );
}

function Table({ all }: { all: IntegrationView[] }) {
  const [search, change] = useAddress();
  const mayEdit = useMay('editor');
  const targets = useTargets();
  const connectorOf = useConnectorOf();
  const { health: healths = [] } = useHealths().data ?? {};
  const rows = useMemo(
    () => chosen(all, search, (it) => targetOf(it, targets.data)),
    [all, search, targets.data],
  );
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { picked, pick, pickAll } = usePicked(ids);
  return (
    <>
      <Filters all={all} search={search} change={change} />
      <div className={`card ${classes['card']}`}>
        {rows.length === 0 ? (
          <NoMatch what="integrations" clear={() => change(NO_FILTERS)} />
        ) : (
          <div className="table-region" role="region" aria-label="Integrations" tabIndex={0}>
            <table className={`table ${classes['table']}`}>
              <thead>
                <tr>
                  {mayEdit && (
                    <th className="pick">
                      <Checkbox
                        aria-label="Select all"
                        checked={picked.length === rows.length}
                        indeterminate={picked.length > 0 && picked.length < rows.length}
                        onChange={(event) => pickAll(event.currentTarget.checked)}
                      />
                    </th>
                  )}
                  <th>Name</th>
                  <th>Sends</th>
                  <th>State</th>
                  <th>Last 24 h</th>
                  <th className="end">Success</th>
                  <th>Last delivery</th>
                  {mayEdit && (
                    <th style={{ position: 'relative' }}>
                      <VisuallyHidden>Actions</VisuallyHidden>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {rows.map((it) => (
                  <Row
                    key={it.id}
                    of={it}
                    connector={connectorOf(it.connector)}
                    target={targetOf(it, targets.data)}
                    health={healths.find(({ integrationId }) => integrationId === it.id)}
                    mayEdit={mayEdit}
                    isPicked={picked.includes(it.id)}
                    pick={(isPicked, wholeRange) => pick(it.id, isPicked, wholeRange)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {picked.length > 0 && (
        <BulkBar of={rows.filter(({ id }) => picked.includes(id))} clear={() => pickAll(false)} />
      )}
    </>
  );
}

function None() {
  const mayEdit = useMay('editor');
  return (
    <div className="card">
      <Empty
        icon={Plug}
        title="No integrations yet"
        action={
          mayEdit && (
            <Button
              component={Link}
              to="/integrations"
              variant="default"
              leftSection={<Plus size={15} aria-hidden />}
            >
              Choose what to send
            </Button>
          )
        }
      >
        Choose what to send and where. A test shows at once whether the receiver answers.
      </Empty>
    </div>
  );
}
