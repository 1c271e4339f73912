import { Checkbox, MultiSelect, Radio, Switch } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMay } from '../../../api/session';
import { hasForm, type Connector } from '../connectors/connector';
import { AuthFields } from './AuthFields';
import { Headers } from './Headers';
import { Pace } from './Pace';
import { Part } from './Part';
import { TlsFields } from './TlsFields';
import { tellsActivities, type Values } from './values';

interface AdvancedProps {
  kind: string;
  /** Whom it is sent by, where that is not the plain webhook. */
  connector: Connector | undefined;
  form: UseFormReturnType<Values>;
}

const ACTIONS = [
  'create',
  'update',
  'delete',
  'move',
  'rename',
  'restore',
  'pause',
  'resume',
  'disable',
  'fail',
];
const OF_COLLECTIONS = ['create', 'update', 'delete', 'move', 'rename', 'restore'];
const MODELS = [
  'collection',
  'folder',
  'request',
  'response',
  'environment',
  'globals',
  'monitor',
  'integration',
  'workspace',
  'api_key',
  'source',
  'member',
  'invitation',
];
const IN_COLLECTIONS = ['collection', 'folder', 'request', 'response'];
const word = (value: string) => ({
  value,
  label: (value.charAt(0).toUpperCase() + value.slice(1)).replace('_', ' ').replace('Api', 'API'),
});

/** What most integrations leave as it is. */
export function Advanced({ kind, connector, form }: AdvancedProps) {
  const isAdmin = useMay('admin');
  const isOfCollection = kind === 'collection_activity';
  const isOwn = hasForm(connector);
  const mayTellClosed = kind !== 'custom' && isAdmin && form.values.target === 'all';
  return (
    <div className="stack" style={{ gap: 22, paddingTop: 14 }}>
      {(!isOwn || tellsActivities(kind) || mayTellClosed) && (
        <Part title="What is sent">
          {!isOwn && (
            <Radio.Group label="Body" {...form.getInputProps('payload')}>
              <div className="stack" style={{ gap: 8, marginTop: 6 }}>
                <Radio value="standard" label="Standard" description="Exactly the documented fields" />
                <Radio
                  value="detailed"
                  label="Detailed"
                  description="Those, and one field postern with everything else"
                />
              </div>
            </Radio.Group>
          )}
          {tellsActivities(kind) && (
            <>
              <MultiSelect
                size="sm"
                label="Only these actions"
                placeholder={form.values.actions.length === 0 ? 'All' : undefined}
                searchable
                clearable
                data={(isOfCollection ? OF_COLLECTIONS : ACTIONS).map(word)}
                {...form.getInputProps('actions')}
              />
              <MultiSelect
                size="sm"
                label="Only on these"
                placeholder={form.values.models.length === 0 ? 'Everything' : undefined}
                searchable
                clearable
                data={(isOfCollection ? IN_COLLECTIONS : MODELS).map(word)}
                {...form.getInputProps('models')}
              />
            </>
          )}
          {mayTellClosed && (
            <Switch
              label="Tell of closed workspaces too"
              description="Of those that are not open to the whole team"
              {...form.getInputProps('closedWorkspaces', { type: 'checkbox' })}
            />
          )}
        </Part>
      )}
      {!isOwn && (
        <Part title="How the receiver knows us">
          <AuthFields form={form} />
          <Headers form={form} />
          <Checkbox.Group
            label="Signatures"
            description="HMAC-SHA256 of Standard Webhooks (v1) is always there"
            {...form.getInputProps('signatures')}
          >
            <div className="stack" style={{ gap: 8, marginTop: 8 }}>
              <Checkbox
                value="v1a"
                label="Ed25519 as well (v1a)"
                description="The receiver needs a public key only, no secret"
              />
              <Checkbox
                value="x-hub-signature-256"
                label="X-Hub-Signature-256 as well"
                description="As GitHub sends it, for receivers that check that one"
              />
            </div>
          </Checkbox.Group>
        </Part>
      )}
      <Part title="Order, retries and pace">
        <Pace form={form} />
      </Part>
      {(!isOwn || connector.sends === 'http') && (
        <Part title="TLS">
          <TlsFields form={form} />
        </Part>
      )}
    </div>
  );
}
