import { Button, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../../api/client';
import { Refusal } from '../../../parts/States';
import type { IntegrationView } from '../standing';
import { ownSecretProblem } from './own';

interface RotateProps {
  of: IntegrationView;
  close: () => void;
  done: (secret: string, overlapSeconds: number) => void;
}

const OVERLAPS = [
  { value: '0', label: 'Not at all: it ends now' },
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '24 hours' },
  { value: '259200', label: '3 days' },
  { value: '604800', label: '7 days' },
];

/** Gives an integration a new secret, made here or brought along. */
export function RotateDialog({ of, close, done }: RotateProps) {
  const rotate = query.useMutation('post', '/integrations/{id}/rotate-secret');
  const form = useForm({
    initialValues: { whose: 'new', own: '', overlap: '86400' },
    validate: { own: (own, { whose }) => (whose === 'own' ? ownSecretProblem(own) : null) },
    validateInputOnBlur: true,
  });
  const submit = form.onSubmit(({ whose, own, overlap }) =>
    rotate.mutate(
      {
        params: { path: { id: of.id } },
        body: { secret: whose === 'own' ? own.trim() : null, overlapSeconds: Number(overlap) },
      },
      { onSuccess: ({ integration }) => done(integration.secret ?? own.trim(), Number(overlap)) },
    ),
  );
  return (
    <Modal opened onClose={close} title="New signing secret">
      <form className="stack" noValidate onSubmit={submit}>
        <Radio.Group label="Which one" {...form.getInputProps('whose')}>
          <div className="stack" style={{ gap: 8, marginTop: 6 }}>
            <Radio value="new" label="A new one" description="32 random bytes; shown once" />
            <Radio
              value="own"
              label="My own"
              description="From the place where your team keeps its secrets"
            />
          </div>
        </Radio.Group>
        {form.values.whose === 'own' && (
          <TextInput
            label="Secret"
            description="whsec_ and the base64 of 24 to 64 bytes"
            placeholder="whsec_…"
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: 'mono' }}
            {...form.getInputProps('own')}
          />
        )}
        <Select
          label="How long the old one still signs"
          description="Both signatures are sent meanwhile, so that the receiver has time to change"
          data={OVERLAPS}
          {...form.getInputProps('overlap')}
        />
        <Refusal of={rotate} />
        <div className="row wrap" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={rotate.isPending}>
            Replace the secret
          </Button>
        </div>
      </form>
    </Modal>
  );
}
