import { Button, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { isInRange, isNotEmpty, useForm } from '@mantine/form';
import { query } from '../../api/client';
import { told } from '../../parts/notify';
import { Refusal } from '../../parts/States';
import type { Inbox } from './data';
import styles from './inbox.module.css';

/** What an answer may be: nothing that a browser would show as a page or run. */
const TYPES = [
  'text/plain; charset=utf-8',
  'application/json',
  'application/problem+json',
  'text/csv',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
];

/** What an inbox is called, and what it answers from now on. */
export function Settings({ inbox, close }: { inbox: Inbox; close: () => void }) {
  const { status, delayMs, body, contentType } = inbox.answer;
  const save = query.useMutation('patch', '/inboxes/{id}', {
    onSuccess: () => {
      told('Saved');
      close();
    },
  });
  const form = useForm({
    initialValues: {
      name: inbox.name,
      status: status as number | string,
      delay: (delayMs / 1000) as number | string,
      body,
      contentType,
    },
    validate: {
      name: isNotEmpty('What it is called'),
      status: isInRange({ min: 200, max: 599 }, 'From 200 to 599'),
      delay: isInRange({ min: 0, max: 30 }, 'From 0 to 30 seconds'),
    },
  });
  const submit = form.onSubmit(({ name, status, delay, body, contentType }) =>
    save.mutate({
      params: { path: { id: inbox.id } },
      body: {
        inbox: {
          name: name.trim(),
          answer: {
            status: Number(status),
            delayMs: Math.round(Number(delay) * 1000),
            body,
            contentType,
          },
        },
      },
    }),
  );
  return (
    <Modal opened onClose={close} title="Settings" size="lg">
      <form onSubmit={submit} noValidate className="stack">
        <TextInput label="Name" maxLength={255} data-autofocus {...form.getInputProps('name')} />
        <div className={styles.pair}>
          <NumberInput
            label="Answers with status"
            description="500 makes deliveries fail, to see what happens then"
            allowDecimal={false}
            min={200}
            max={599}
            clampBehavior="none"
            {...form.getInputProps('status')}
          />
          <NumberInput
            label="After seconds"
            description="Up to 30, to try what a slow service does"
            min={0}
            max={30}
            step={0.5}
            decimalScale={3}
            clampBehavior="none"
            {...form.getInputProps('delay')}
          />
        </div>
        <Select
          label="Type of the answer"
          data={TYPES.includes(contentType) ? TYPES : [...TYPES, contentType]}
          {...form.getInputProps('contentType')}
        />
        <Textarea
          label="Body of the answer"
          description="At most 64 KiB"
          maxRows={12}
          spellCheck={false}
          classNames={{ input: styles.code! }}
          {...form.getInputProps('body')}
        />
        <Refusal of={save} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
