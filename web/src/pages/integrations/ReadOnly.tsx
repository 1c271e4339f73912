import { kindOf } from '../../words/kinds';
import { usePeople } from '../../parts/useTeam';
import { exact } from '../../words/time';
import { scheduleWords } from '../monitors/schedule/words';
import { fieldsFor, hasForm, type Connector } from './connectors/connector';
import { writeWaits } from './form/waits';
import { isWebhook, type IntegrationView } from './standing';
import { targetOf, useTargets } from './targets';

/** The settings for who may not change them. */
export function ReadOnly({ it, connector }: { it: IntegrationView; connector?: Connector }) {
  const targets = useTargets();
  const { nameOf } = usePeople();
  const { options, config } = it;
  const list = (values: string[] | null | undefined) => (values?.length ? values.join(', ') : undefined);
  const pairs: [string, string | null | undefined | false][] = [
    ['Sends', kindOf(it.event).short],
    ['About', targetOf(it, targets.data)],
    ['Connector', connector?.name],
    ['URL', config.url],
    ...fieldPairs(it, connector),
    ['When', it.event === 'monitor_results' && said(options)],
    ['Digest', options.digest && scheduleWords(options.digest.cron)],
    ['Body', isWebhook(it) && (options.payload === 'detailed' ? 'Detailed' : 'Standard')],
    ['Only these actions', list(options.actions)],
    ['Only on these', list(options.models)],
    ['Headers', list(Object.keys(config.headers ?? {}))],
    ['Authentication', config.auth?.type],
    ['More signatures', list(options.signatures)],
    [
      'Order',
      options.order === 'strict'
        ? 'One at a time'
        : options.order === 'by_key' && 'One at a time for each thing',
    ],
    ['Retries', options.retries ? writeWaits(options.retries) || 'None' : 'Standard'],
    ['Timeout', `${options.timeout ?? 30} s`],
    ['Requests at once', options.concurrency ? String(options.concurrency) : undefined],
    ['Most in a second', options.rate ? String(options.rate) : undefined],
    ['Transform', config.transform != null && 'A script changes what is sent'],
    ['Added', `${exact(it.createdAt)}${nameOf(it.createdBy) ? ` by ${nameOf(it.createdBy)}` : ''}`],
    ['Changed', exact(it.updatedAt)],
  ];
  return (
    <div className="card form" style={{ overflow: 'hidden' }}>
      <dl className="pairs">
        {pairs.flatMap(([name, value]) =>
          value ? [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>] : [],
        )}
      </dl>
    </div>
  );
}

/** What the connector's form says, by the names of its fields. */
function fieldPairs(it: IntegrationView, connector: Connector | undefined): [string, string | undefined][] {
  const stored = (it.config.fields ?? {}) as Record<string, unknown>;
  if (!hasForm(connector)) return [];
  return fieldsFor(connector, it.event).map((field) => {
    const value = stored[field.key];
    const choice = field.choices?.find((one) => one.value === value);
    if (typeof value === 'boolean') return [field.label, value ? 'Yes' : 'No'];
    return [field.label, choice?.label ?? (value == null ? undefined : String(value as string | number))];
  });
}

function said({ notify, from, limit }: IntegrationView['options']): string {
  if (notify !== 'failures') return 'After every run';
  return `Failures from number ${from ?? 1} in a row${limit ? `, ${limit} of a streak` : ''}, and the first success after them`;
}
