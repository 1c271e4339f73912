import { Button, NumberInput, SegmentedControl, Select, Switch, TextInput, Input } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { query } from '../../../api/client';
import { Refusal } from '../../../parts/States';
import { findOr } from '../../../parts/find';
import { useWorkspaces } from '../../../parts/useTeam';
import { ScheduleBuilder } from '../schedule/ScheduleBuilder';
import css from './form.module.css';
import { check, problemsOf, type Values } from './values';

interface MonitorFormProps {
  initial: Values;
  /** "Create monitor", "Save". */
  verb: string;
  isNew?: boolean;
  mutation: { error: unknown; isPending: boolean };
  /** Sends it; `wrong` puts the server's answer at the fields. */
  send: (values: Values, wrong: (error: unknown) => void) => void;
  cancel: ReactNode;
}

/** A monitor's settings, for a new one and for one that is there. */
export function MonitorForm({ initial, verb, isNew, mutation, send, cancel }: MonitorFormProps) {
  const form = useForm<Values>({ initialValues: initial, validate: check });
  const wrong = (error: unknown) => form.setErrors(problemsOf(error) as Record<string, ReactNode>);
  const isAtField = Object.keys(problemsOf(mutation.error)).length > 0;
  return (
    <form
      noValidate
      className="form stack"
      onSubmit={form.onSubmit(
        (values) => send(values, wrong),
        (errors) => focusFirst(errors),
      )}
    >
      <section className="card" aria-labelledby="what-runs">
        <div className="card-head">
          <h2 id="what-runs">What runs</h2>
        </div>
        <div className="card-body stack">
          <TextInput
            label="Name"
            placeholder="Checkout smoke"
            autoFocus={isNew ?? false}
            autoComplete="off"
            data-path="name"
            {...form.getInputProps('name')}
          />
          <Subjects form={form} isNew={isNew ?? false} />
        </div>
      </section>
      <section className="card" aria-labelledby="when">
        <div className="card-head">
          <h2 id="when">When</h2>
        </div>
        <div className="card-body">
          <ScheduleBuilder
            cron={form.values.cron}
            timezone={form.values.timezone}
            change={(cron) => form.setFieldValue('cron', cron)}
            changeZone={(zone) => form.setFieldValue('timezone', zone)}
            error={
              form.errors['cron'] ?? (form.values.cron.trim() === '' ? undefined : check(form.values).cron)
            }
            zoneError={form.errors['timezone']}
          />
        </div>
      </section>
      <section className="card" aria-labelledby="how">
        <div className="card-head">
          <h2 id="how">How</h2>
        </div>
        <div className="card-body stack">
          <Options form={form} />
        </div>
      </section>
      <section className="card" aria-labelledby="whom">
        <div className="card-head">
          <h2 id="whom">Whom to write to</h2>
        </div>
        <div className="card-body stack">
          <Notifications form={form} />
        </div>
      </section>
      {!isAtField && <Refusal of={mutation} />}
      <div className="row">
        <Button type="submit" loading={mutation.isPending}>
          {verb}
        </Button>
        {cancel}
      </div>
    </form>
  );
}

type Form = Pick<UseFormReturnType<Values>, 'getInputProps' | 'setFieldValue' | 'values' | 'errors'>;

function Subjects({ form, isNew }: { form: Form; isNew: boolean }) {
  const { workspaces } = useWorkspaces();
  const collections = query.useQuery('get', '/collections', {});
  const environments = query.useQuery('get', '/environments', {});
  return (
    <>
      <Select
        label="Collection"
        placeholder={collections.isPending ? 'Loading…' : 'Choose a collection'}
        searchable
        limit={100}
        filter={findOr('No collection has this in its name')}
        data={collections.data?.collections.map((it) => ({ value: it.uid, label: it.name })) ?? []}
        data-path="collection"
        {...form.getInputProps('collection')}
      />
      <Select
        label="Environment"
        description="The variables that it begins with; what its scripts set is forgotten afterwards"
        searchable
        limit={100}
        filter={findOr('No environment has this in its name')}
        data={[
          { value: '', label: 'No environment' },
          ...(environments.data?.environments.map((it) => ({ value: it.uid, label: it.name })) ?? []),
        ]}
        data-path="environment"
        {...form.getInputProps('environment')}
      />
      {isNew && workspaces.length > 1 && (
        <Select
          label="Workspace"
          data={[
            { value: '', label: 'The usual one' },
            ...workspaces.map((it) => ({ value: it.id, label: it.name })),
          ]}
          {...form.getInputProps('workspace')}
        />
      )}
    </>
  );
}

function Options({ form }: { form: Form }) {
  return (
    <>
      <Input.Wrapper
        label="A failed run is tried again"
        labelElement="div"
        description="It counts as failed only when the last go failed too"
        error={form.errors['retry']}
      >
        <SegmentedControl
          mt={6}
          aria-label="A failed run is tried again"
          data={[
            { value: '0', label: 'Never' },
            { value: '1', label: 'Once' },
            { value: '2', label: 'Twice' },
          ]}
          value={form.values.retry}
          onChange={(retry) => form.setFieldValue('retry', retry)}
        />
      </Input.Wrapper>
      <div className={css['pair']}>
        <NumberInput
          size="sm"
          label="Request timeout"
          description="The longest that one may take"
          placeholder="None of its own"
          suffix=" ms"
          thousandSeparator=","
          min={0}
          allowDecimal={false}
          allowNegative={false}
          step={1000}
          data-path="timeout"
          {...form.getInputProps('timeout')}
        />
        <NumberInput
          size="sm"
          label="Delay"
          description="The pause between two requests"
          placeholder="None"
          suffix=" ms"
          thousandSeparator=","
          min={0}
          allowDecimal={false}
          allowNegative={false}
          step={100}
          data-path="delay"
          {...form.getInputProps('delay')}
        />
      </div>
      <Switch label="Follow redirects" {...form.getInputProps('followRedirects', { type: 'checkbox' })} />
      <Switch
        label="Check TLS certificates"
        description="Without it, a server with a wrong or expired certificate is taken as good"
        {...form.getInputProps('strictSsl', { type: 'checkbox' })}
      />
      <Switch
        label="Keep headers and bodies"
        description="Of requests and answers, secrets in them included; without it, runs keep figures, tests and logs"
        {...form.getInputProps('keepBodies', { type: 'checkbox' })}
      />
    </>
  );
}

function Notifications({ form }: { form: Form }) {
  return (
    <>
      <p className="quiet">
        Letters go out by an integration for e-mail that tells of this monitor, to its own recipients and to
        these.
      </p>
      <TextInput
        label="When a test fails"
        placeholder="mia@example.com, team@example.com"
        autoComplete="off"
        data-path="onFailure"
        {...form.getInputProps('onFailure')}
      />
      <TextInput
        label="When a run can’t complete"
        placeholder="ops@example.com"
        autoComplete="off"
        data-path="onError"
        {...form.getInputProps('onError')}
      />
      <NumberInput
        size="sm"
        label="Failures in a row"
        description="They hear of so many, and then of the first run that passes"
        placeholder="All of them"
        min={1}
        max={1000}
        allowDecimal={false}
        allowNegative={false}
        data-path="notificationLimit"
        {...form.getInputProps('notificationLimit')}
      />
    </>
  );
}

/** Takes whoever sends it to the first thing that is wrong. */
function focusFirst(errors: Record<string, unknown>) {
  const [first] = Object.keys(errors);
  const field = document.querySelector<HTMLElement>(`[data-path="${first}"], input[aria-invalid="true"]`);
  field?.focus();
}
