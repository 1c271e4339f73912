import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { told } from '../../parts/notify';
import { WEBHOOKS } from '../../words/connectors';
import type { Connector } from './connectors/connector';
import { useConnector } from './connectors/useConnector';
import { Lines, Loaded } from '../../parts/States';
import { IntegrationForm } from './form/IntegrationForm';
import { patchOf } from './form/patch';
import { fieldsOf, valuesOf, type Values } from './form/values';
import { ReadOnly } from './ReadOnly';
import type { IntegrationView } from './standing';

/** What the integration is, to change it; who may not reads it. */
export function Settings({ it }: { it: IntegrationView }) {
  const mayEdit = useMay('editor');
  // A form that is being filled in stays as it is while the integration's state changes.
  const [round, next] = useState(0);
  const again = () => next(round + 1);
  if (it.connector === WEBHOOKS)
    return mayEdit ? <Edit key={round} it={it} connector={undefined} again={again} /> : <ReadOnly it={it} />;
  return (
    <OfConnector id={it.connector}>
      {(connector) =>
        mayEdit ? (
          <Edit key={round} it={it} connector={connector} again={again} />
        ) : (
          <ReadOnly it={it} connector={connector} />
        )
      }
    </OfConnector>
  );
}

/** What needs the connector's form. */
function OfConnector({ id, children }: { id: string; children: (connector: Connector) => ReactNode }) {
  const asked = useConnector(id);
  return (
    <Loaded what="the connector’s form" of={asked} skeleton={<Lines count={5} height={56} />}>
      {({ connector }) => children(connector)}
    </Loaded>
  );
}

interface EditProps {
  it: IntegrationView;
  connector: Connector | undefined;
  again: () => void;
}

function Edit({ it, connector, again }: EditProps) {
  const [before] = useState(it);
  const [start] = useState(() => valuesOf(it, connector));
  const change = query.useMutation('patch', '/integrations/{id}');
  const save = (values: Values) => {
    const patch = patchOf(
      { ...fieldsOf(it.event, start, before, connector) },
      { ...fieldsOf(it.event, values, before, connector) },
    );
    change.mutate(
      { params: { path: { id: it.id } }, body: { integration: patch as Record<string, never> } },
      {
        onSuccess: () => {
          told(`Saved ${values.name.trim()}`);
          again();
        },
      },
    );
  };
  return (
    <IntegrationForm
      kind={it.event}
      connector={connector}
      start={start}
      before={before}
      save={save}
      saving={change}
      submit="Save"
      cancel={
        <Button variant="default" onClick={again}>
          Undo changes
        </Button>
      }
    />
  );
}
