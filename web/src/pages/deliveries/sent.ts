import type { Shape } from '../../api/client';
import type { Attempt } from './DeliveryDetail';

type Step = Shape['StepView'];

/** One request and what came back: an attempt of a webhook, or one step of a connector's. */
export type Sent = Omit<Step, 'requestBody'> & {
  /** What was sent; a webhook sends the body of its event. */
  requestBody?: string;
};

/** The request that is shown of an attempt: the step that was chosen, or else the last, with which it ended. */
export function sentOf(attempt: Attempt, at: number | undefined): Sent {
  const steps = attempt.steps ?? [];
  return steps[at ?? steps.length - 1] ?? steps.at(-1) ?? { method: 'POST', ...attempt };
}

/** Whether it is a request over HTTP, and no letter or file. */
export const isHttp = ({ method }: Sent) => method !== 'MAIL' && method !== 'WRITE';
