import { Button } from '@mantine/core';
import { useState } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { told } from '../../parts/notify';
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
  if (!mayEdit) return <ReadOnly it={it} />;
  return <Edit key={round} it={it} again={() => next(round + 1)} />;
}

function Edit({ it, again }: { it: IntegrationView; again: () => void }) {
  const [before] = useState(it);
  const [start] = useState(() => valuesOf(it));
  const change = query.useMutation('patch', '/integrations/{id}');
  const save = (values: Values) => {
    const patch = patchOf(
      { ...fieldsOf(it.event, start, before) },
      { ...fieldsOf(it.event, values, before) },
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
