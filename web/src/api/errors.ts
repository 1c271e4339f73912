/** A call that the server refused or that did not reach it. */
export class Refused extends Error {
  override name = 'Refused';

  constructor(
    /** The HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    /** The error's name in the API: `instanceNotFoundError`, … */
    readonly kind: string,
    message: string,
    readonly details?: unknown,
    readonly requestId?: string,
  ) {
    super(message);
  }

  static async of(response: Response): Promise<Refused> {
    const requestId = response.headers.get('x-request-id') ?? undefined;
    const body: unknown = await response.json().catch(() => undefined);
    const { error } = (body ?? {}) as { error?: { name?: string; message?: string; details?: unknown } };
    const message = error?.message ?? `the server answered ${response.status}`;
    return new Refused(response.status, error?.name ?? 'unknown', message, error?.details, requestId);
  }

  static unreachable(cause: unknown): Refused {
    const offline = typeof navigator !== 'undefined' && !navigator.onLine;
    const message = offline ? 'this device is offline' : 'the server could not be reached';
    return new Refused(0, 'unreachable', message, String(cause));
  }
}

/** Services whose names begin with a small letter: "ntfy says …". */
const SMALL_NAME = /^[a-z][\w.]* (says|answered)\b/;

/** An error's sentence, with a capital and a full stop. */
export function sentence(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  const text = SMALL_NAME.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A sentence as a part of another: without its full stop. */
export const clause = (text: string): string => text.replace(/[.\s]+$/, '');
