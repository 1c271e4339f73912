import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Hand } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { told } from '../../../parts/notify';
import { Refusal } from '../../../parts/States';
import { Sure } from '../../../parts/Sure';
import { many, whole } from '../../../words/numbers';
import type { IntegrationView } from '../standing';

interface HeldProps {
  it: IntegrationView;
  held: number;
  releasing: boolean;
  release: (on: boolean) => void;
}

/** Deliveries that wait for somebody: to be sent after all, or not at all. */
export function Held({ it, held, releasing, release }: HeldProps) {
  const mayEdit = useMay('editor');
  const [discarding, setDiscarding] = useState(false);
  const discard = query.useMutation('post', '/integrations/{id}/discard');
  if (held === 0) return null;
  const what = many(held, 'delivery is', 'deliveries are');
  return (
    <section className="card row wrap" style={{ padding: '12px 16px', gap: 12 }} aria-label="Held deliveries">
      <span className="kind">
        <Hand size={16} aria-hidden />
      </span>
      <div style={{ flex: '1 1 260px', minWidth: 0, fontSize: 13 }}>
        <strong>{what} held</strong>
        <div className="dimmed">Nothing is dropped by itself until retention takes it.</div>
      </div>
      {mayEdit && it.status !== 'active' && (
        <div className="row wrap">
          <Button size="xs" variant="default" onClick={() => release(true)}>
            Release…
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => setDiscarding(true)}>
            Discard…
          </Button>
        </div>
      )}
      {releasing && <ReleaseDialog it={it} held={held} close={() => release(false)} />}
      {discarding && (
        <Sure
          title="Discard what is held?"
          action="Discard"
          of={discard}
          close={() => setDiscarding(false)}
          confirm={() =>
            discard.mutate(
              { params: { path: { id: it.id } }, body: { before: null } },
              {
                onSuccess: ({ discarded }) => {
                  told(`Discarded ${many(discarded, 'delivery', 'deliveries')}`);
                  setDiscarding(false);
                },
              },
            )
          }
        >
          They end as cancelled and the receiver never gets them, unless somebody redelivers them while they
          are kept. The integration stays {it.status}.
        </Sure>
      )}
    </section>
  );
}

interface ReleaseProps {
  it: IntegrationView;
  held: number;
  close: () => void;
}

function ReleaseDialog({ it, held, close }: ReleaseProps) {
  const resume = query.useMutation('post', '/integrations/{id}/resume');
  const form = useForm({
    initialValues: { which: 'all', since: '' },
    validate: {
      since: (since, { which }) =>
        which === 'since' && Number.isNaN(Date.parse(since)) ? 'A date and a time' : null,
    },
  });
  const submit = form.onSubmit(({ which, since }) =>
    resume.mutate(
      {
        params: { path: { id: it.id } },
        body: { since: which === 'since' ? new Date(since).toISOString() : null },
      },
      {
        onSuccess: () => {
          told(`Resumed ${it.name}`);
          close();
        },
      },
    ),
  );
  return (
    <Modal opened onClose={close} title="Resume and release">
      <form className="stack" noValidate onSubmit={submit}>
        <Radio.Group label="What was held" {...form.getInputProps('which')}>
          <div className="stack" style={{ gap: 8, marginTop: 6 }}>
            <Radio value="all" label={`Send all of it (${whole(held)}), in its order`} />
            <Radio
              value="since"
              label="Send only what was accepted since…"
              description="What is older is discarded"
            />
          </div>
        </Radio.Group>
        {form.values.which === 'since' && (
          <TextInput type="datetime-local" label="Since" {...form.getInputProps('since')} />
        )}
        <Refusal of={resume} />
        <div className="row wrap" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={resume.isPending}>
            Resume
          </Button>
        </div>
      </form>
    </Modal>
  );
}
