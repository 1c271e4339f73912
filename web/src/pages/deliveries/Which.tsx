import { Select } from '@mantine/core';
import { clock } from '../../words/time';
import type { Attempt } from './DeliveryDetail';

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
