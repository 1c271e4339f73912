import { Select } from '@mantine/core';
import { Copy } from '../../parts/Copy';
import { clock } from '../../words/time';
import type { Attempt } from './DeliveryDetail';

/** Headers as they were sent, in their order. */
export function Headers({ headers }: { headers: Attempt['requestHeaders'] }) {
  const text = headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return (
    <section aria-label="Headers">
      <div className="section-title">
        Headers <span className="dimmed number">{headers.length}</span>
        <span className="row push">
          {headers.length > 0 && <Copy value={text} label="Copy the headers" />}
        </span>
      </div>
      {headers.length === 0 ? (
        <div className="json dimmed">None</div>
      ) : (
        <dl className="pairs mono">
          {headers.flatMap(({ name, value }, at) => [
            <dt key={`${at} name`}>{name}</dt>,
            <dd key={at}>{value}</dd>,
          ])}
        </dl>
      )}
    </section>
  );
}

interface WhichProps {
  attempt: Attempt;
  attempts: Attempt[];
  choose: (id: string) => void;
}

/** Which attempt is shown, where there are several. */
export function Which({ attempt, attempts, choose }: WhichProps) {
  if (attempts.length < 2) return null;
  return (
    <Select
      size="xs"
      aria-label="Attempt"
      style={{ width: 190 }}
      value={attempt.id}
      onChange={(id) => id && choose(id)}
      data={[...attempts].reverse().map(({ id, number, startedAt }) => ({
        value: id,
        label: `Attempt ${number}, at ${clock(startedAt)}`,
      }))}
    />
  );
}
