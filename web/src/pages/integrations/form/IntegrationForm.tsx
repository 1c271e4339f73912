import { Alert, Button, Collapse, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ChevronDown, ChevronRight, Lock } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Refused } from '../../../api/errors';
import { Refusal } from '../../../parts/States';
import { TOLD } from '../told';
import { fieldsFor, hasForm, type Connector } from '../connectors/connector';
import { blamed as blamedBy } from '../fields/blame';
import { FieldInput } from '../fields/FieldInput';
import { later } from '../later';
import type { IntegrationView } from '../standing';
import { isAdvanced, problemsOf } from './checks';
import { Notify } from './Notify';
import { TargetField } from './TargetField';
import { urlProblem } from './url';
import { UrlField } from './UrlField';
import { tellsActivities, type Values } from './values';

const Advanced = later(() => import('./Advanced').then((it) => it.Advanced));
const Digest = later(() => import('./Digest').then((it) => it.Digest), 2);
const TypesField = later(() => import('./TypesField').then((it) => it.TypesField), 1);

interface FormProps {
  kind: string;
  /** Whom it is sent by, where that is not the plain webhook. */
  connector?: Connector | undefined;
  start: Values;
  /** The integration that is edited. */
  before?: IntegrationView;
  save: (values: Values) => void;
  saving: { error: unknown; isPending: boolean };
  submit: string;
  cancel: ReactNode;
}

/** All that can be said of an integration: to add one and to change one. */
export function IntegrationForm({ kind, connector, start, before, save, saving, submit, cancel }: FormProps) {
  const form = useForm<Values>({
    initialValues: start,
    validate: (values) => problemsOf(values, connector, kind),
    onValuesChange: (values, previous) => {
      if (values.url !== previous.url)
        form.setFieldError('url', values.url === '' ? null : urlProblem(values.url, true));
    },
  });
  const [open, setOpen] = useState(false);
  const { values } = form;
  const own = hasForm(connector) ? fieldsFor(connector, kind) : [];
  const keys = own.map(({ key }) => key);
  const blamed = saving.error instanceof Refused ? blamedBy(saving.error, keys) : {};
  const [first] = Object.keys(blamed);

  useEffect(() => {
    if (!first) return;
    for (const [field, problem] of Object.entries(blamed)) form.setFieldError(field, problem);
    if (isAdvanced(first)) setOpen(true);
    focusOn(first);
    // Only when there is another answer.
  }, [saving.error]);

  const send = form.onSubmit(save, (problems) => {
    const [wrong] = Object.keys(problems).sort((a, b) => Number(isAdvanced(a)) - Number(isAdvanced(b)));
    if (Object.keys(problems).some(isAdvanced)) setOpen(true);
    if (wrong) focusOn(wrong);
  });
  const rename = (target: string | undefined) => {
    const suggested = nameFor(kind, target, connector);
    const isSuggested = values.name === '' || values.name.startsWith(nameFor(kind, undefined, connector));
    if (!before && isSuggested) form.setFieldValue('name', suggested);
  };
  const changed = !before || form.isDirty();

  return (
    <form noValidate className="card form" style={{ padding: 22 }} onSubmit={send}>
      <div className="stack" style={{ gap: 18 }}>
        <TextInput
          label="Name"
          description="Shown in lists and in the delivery log"
          required
          maxLength={300}
          {...form.getInputProps('name')}
        />
        <TargetField kind={kind} form={form} before={before} chosen={rename} />
        {kind === 'custom' && <TypesField form={form} />}
        {hasForm(connector) ? (
          own.map((field) => (
            <FieldInput
              key={field.key}
              field={field}
              form={form}
              stored={before?.config.fields?.[field.key]}
            />
          ))
        ) : (
          <UrlField form={form} connector={connector} />
        )}
        {kind === 'monitor_results' && <Notify form={form} />}
        {connector?.digests && tellsActivities(kind) && <Digest form={form} />}
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            ml={-8}
            color="gray"
            leftSection={
              open ? <ChevronDown size={15} aria-hidden /> : <ChevronRight size={15} aria-hidden />
            }
            aria-expanded={open}
            aria-controls="advanced"
            onClick={() => setOpen(!open)}
          >
            Advanced options
          </Button>
          <Collapse expanded={open} id="advanced" keepMountedMode="display-none">
            <Advanced kind={kind} connector={connector} form={form} />
          </Collapse>
        </div>
        {!before && !hasForm(connector) && (
          <Alert variant="light" color="gray" p="sm" icon={<Lock size={15} aria-hidden />}>
            <span className="small">
              Each request is signed. The secret is shown once, after the integration is added; there you can
              also send a test and see the receiver’s answer.
            </span>
          </Alert>
        )}
        {!first && <Refusal of={saving} />}
      </div>
      <div className="row wrap" style={{ marginTop: 22 }}>
        <Button type="submit" loading={saving.isPending} disabled={!changed}>
          {submit}
        </Button>
        {cancel}
      </div>
    </form>
  );
}

/** What an integration is called if nobody says otherwise. */
export function nameFor(kind: string, target: string | undefined, connector?: Connector): string {
  const short = TOLD[kind]?.short ?? kind;
  const what = connector ? `${connector.name}: ${short.charAt(0).toLowerCase()}${short.slice(1)}` : short;
  return target ? `${what}${connector ? ' of' : ':'} ${target}` : what;
}

/** After what is hidden has been opened. */
const focusOn = (field: string) =>
  setTimeout(() => document.querySelector<HTMLElement>(`[data-path="${CSS.escape(field)}"]`)?.focus(), 60);
