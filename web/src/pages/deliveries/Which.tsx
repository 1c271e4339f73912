import { Select } from '@mantine/core';
import { clock } from '../../words/time';
import type { Attempt } from './DeliveryDetail';

export interface WhichProps {
  attempt: Attempt;
  attempts: Attempt[];
  choose: (id: string) => void;
  /** Which of the attempt's requests, from 0; where nobody chose, the last. */
  step: number | undefined;
  chooseStep: (at: number) => void;
}

/** Which attempt is shown, and which of its requests, where there are several. */
export function Which({ attempt, attempts, choose, step, chooseStep }: WhichProps) {
  const steps = attempt.steps ?? [];
  return (
    <>
      {attempts.length > 1 && (
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
      )}
      {steps.length > 1 && (
        <Select
          size="xs"
          aria-label="Request of the attempt"
          style={{ flex: '0 1 280px' }}
          value={String(step ?? steps.length - 1)}
          onChange={(at) => at !== null && chooseStep(Number(at))}
          data={steps.map(({ method, url, status }, at) => ({
            value: String(at),
            label: `${at + 1} of ${steps.length}: ${method} ${pathOf(url)} → ${status ?? 'no answer'}`,
          }))}
        />
      )}
    </>
  );
}

/** Whether there is anything to choose. */
export const isChoice = ({ attempt, attempts }: Pick<WhichProps, 'attempt' | 'attempts'>) =>
  attempts.length > 1 || (attempt.steps?.length ?? 0) > 1;

/** An address without its host: the requests of an attempt mostly go to one. */
function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]+/, '') || '/';
  return path.length > 34 ? `…${path.slice(-33)}` : path;
}
