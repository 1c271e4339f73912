import { Refused, sentence } from '../../api/errors';
import { span } from '../../words/time';

/** Why somebody is not let in, in words; a time to wait in minutes rather than in hundreds of seconds. */
export function whyNot(error: unknown): string {
  const words = error instanceof Refused && error.status === 429 ? inMinutes(error.message) : undefined;
  return sentence(words ? new Error(words) : error);
}

const inMinutes = (message: string): string =>
  message.replace(/(\d+) seconds/, (all, seconds: string) =>
    // Rounded up: who waits as long as is said is let in.
    Number(seconds) < 60 ? all : span(Math.ceil(Number(seconds) / 60) * 60),
  );
