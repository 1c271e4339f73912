import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, query } from '../../../api/client';
import { told } from '../../../parts/notify';
import { Refusal } from '../../../parts/States';
import { many } from '../../../words/numbers';

/** Deletes a collection, once its name is typed. */
export default function DeleteDialog({ uid, name, close }: { uid: string; name: string; close: () => void }) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const monitors = query.useQuery('get', '/monitors', { params: { query: { collectionUid: uid } } });
  const count = monitors.data?.monitors.length ?? 0;
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/collections/{uid}', { params: { path: { uid } } });
      told(`Deleted ${name}`);
      // Away first: what is shown is read again after this, and here there would be nothing left to read.
      await navigate({ to: '/collections' });
      close();
    },
  });
  // A very long name is not typed.
  const asked = name.length > 60 ? 'delete' : name;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== asked.trim()) return;
    remove.mutate();
  };
  return (
    <Modal opened onClose={close} title="Delete this collection?">
      <form onSubmit={submit} className="stack" noValidate>
        <p style={{ margin: 0, fontSize: 13, overflowWrap: 'anywhere' }}>
          <strong>{name}</strong> goes away for everybody
          {count > 0 && `, and so ${count === 1 ? 'does' : 'do'} ${many(count, 'monitor')}`}. It can be given
          back for a while from Collections, Deleted
          {count > 0 && '; its monitors can not'}.
        </p>
        <Refusal of={remove} />
        <TextInput
          label={
            <>
              Type <span className="mono">{asked}</span> to confirm
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <div className="row">
          <Button className="push" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="red"
            disabled={typed.trim() !== asked.trim()}
            loading={remove.isPending}
          >
            Delete
          </Button>
        </div>
      </form>
    </Modal>
  );
}
