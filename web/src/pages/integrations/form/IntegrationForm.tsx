import { Alert, Anchor, Button, Collapse, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight, Lock } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Refused } from '../../../api/errors';
import { Refusal } from '../../../parts/States';
import { TOLD } from '../catalogue';
import { later } from '../later';
import type { IntegrationView } from '../standing';
import { fieldBlamed, isAdvanced, problemsOf } from './checks';
import { Notify } from './Notify';
import { TargetField } from './TargetField';
import { urlNote, urlProblem } from './url';
import type { Values } from './values';

const Advanced = later(() => import('./Advanced').then((it) => it.Advanced));
const TypesField = later(() => import('./TypesField').then((it) => it.TypesField), 1);

interface FormProps {
  kind: string;
  start: Values;
  /** The integration that is edited. */
  before?: IntegrationView;
  save: (values: Values) => void;
  saving: { error: unknown; isPending: boolean };
  submit: string;
  cancel: ReactNode;
}

/** All that can be said of an integration: to add one and to change one. */
export function IntegrationForm({ kind, start, before, save, saving, submit, cancel }: FormProps) {
  const form = useForm<Values>({
    initialValues: start,
    validate: problemsOf,
    onValuesChange: (values, previous) => {
      if (values.url !== previous.url)
        form.setFieldError('url', values.url === '' ? null : urlProblem(values.url, true));
    },
  });
  const [open, setOpen] = useState(false);
  const { values } = form;
  const blamed = saving.error instanceof Refused ? blame(saving.error) : undefined;

  useEffect(() => {
    if (!blamed) return;
    form.setFieldError(blamed.field, blamed.problem);
    if (isAdvanced(blamed.field)) setOpen(true);
    focusOn(blamed.field);
    // Only when there is another answer.
  }, [saving.error]);

  const send = form.onSubmit(save, (problems) => {
    const [first] = Object.keys(problems).sort((a, b) => Number(isAdvanced(a)) - Number(isAdvanced(b)));
    if (Object.keys(problems).some(isAdvanced)) setOpen(true);
    if (first) focusOn(first);
  });
  const rename = (target: string | undefined) => {
    const suggested = nameFor(kind, target);
    const isSuggested = values.name === '' || values.name.startsWith(nameFor(kind, undefined));
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
        <div>
          <TextInput
            label="URL"
            description="Where it is sent, by POST"
            required
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/hooks/postern"
            classNames={{ input: 'mono' }}
            {...form.getInputProps('url')}
          />
          <div className="field-note" style={{ marginTop: 6 }} aria-live="polite">
            {urlNote(values.url) ?? (
              <>
                Nothing listens yet?{' '}
                <Anchor component={Link} to="/inbox" fz={12} underline="always">
                  Use an inbox
                </Anchor>{' '}
                and look at what arrives.
              </>
            )}
          </div>
        </div>
        {kind === 'monitor_results' && <Notify form={form} />}
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
            <Advanced kind={kind} form={form} />
          </Collapse>
        </div>
        {!before && (
          <Alert variant="light" color="gray" p="sm" icon={<Lock size={15} aria-hidden />}>
            <span className="small">
              Each request is signed. The secret is shown once, after the integration is added; there you can
              also send a test and see the receiver’s answer.
            </span>
          </Alert>
        )}
        {!blamed && <Refusal of={saving} />}
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
export const nameFor = (kind: string, target: string | undefined) =>
  target ? `${TOLD[kind]?.short ?? kind}: ${target}` : (TOLD[kind]?.short ?? kind);

/** The field that the server blames, and why, without the field's name. */
function blame(error: Refused): { field: string; problem: string } | undefined {
  const param = (error.details as { param?: string } | undefined)?.param;
  const field = fieldBlamed(param);
  if (!field || !param) return undefined;
  const problem = error.message.replace(`${param}: `, '');
  return { field, problem: problem.charAt(0).toUpperCase() + problem.slice(1) };
}

/** After what is hidden has been opened. */
const focusOn = (field: string) =>
  setTimeout(() => document.querySelector<HTMLElement>(`[data-path="${CSS.escape(field)}"]`)?.focus(), 60);
