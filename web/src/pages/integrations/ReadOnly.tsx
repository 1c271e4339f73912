import { kindOf } from '../../words/kinds';
import { usePeople } from '../../parts/useTeam';
import { exact } from '../../words/time';
import { writeWaits } from './form/waits';
import type { IntegrationView } from './standing';
import { targetOf, useTargets } from './targets';

/** The settings for who may not change them. */
export function ReadOnly({ it }: { it: IntegrationView }) {
  const targets = useTargets();
  const { nameOf } = usePeople();
  const { options, config } = it;
  const list = (values: string[] | null | undefined) => (values?.length ? values.join(', ') : undefined);
  const pairs: [string, string | null | undefined | false][] = [
    ['Sends', kindOf(it.event).short],
    ['About', targetOf(it, targets.data)],
    ['URL', config.url],
    ['When', it.event === 'monitor_results' && said(options)],
    ['Body', options.payload === 'detailed' ? 'Detailed' : 'Standard'],
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

function said({ notify, from, limit }: IntegrationView['options']): string {
  if (notify !== 'failures') return 'After every run';
  return `Failures from number ${from ?? 1} in a row${limit ? `, ${limit} of a streak` : ''}, and the first success after them`;
}
