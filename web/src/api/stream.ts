import type { Query, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { base } from './client';

/** What the server may tell that has changed. */
export type Topic = 'deliveries' | 'runs' | 'activities' | 'integrations' | 'inbox';

/** Which paths are read again when a topic has changed. */
const CONCERNS: Record<Topic, RegExp> = {
  deliveries: /^\/(deliveries|replays|integrations)\b/,
  runs: /^\/(monitors|runs)\b/,
  activities: /^\/(?!deliveries|replays|runs|inboxes|session|status)/,
  integrations: /^\/integrations\b/,
  inbox: /^\/inboxes\b/,
};

const ALL = Object.keys(CONCERNS) as Topic[];

/** At most so often is the same thing read again. */
const PAUSE_MS = 1000;
/** A hidden tab lets go of its stream after this, and takes it up again when it is looked at. */
const HIDDEN_MS = 5 * 60_000;
/** Without a stream, what is shown is read again this often. */
const POLL_MS = 10_000;

export type Line = 'connecting' | 'live' | 'lost';

/**
 * The one stream of a tab: it tells what has changed, and what is shown of it is read again. The browser sends
 * `Last-Event-ID` when it comes back, so that a restart of the server misses nothing.
 */
class Stream {
  private source: EventSource | undefined;
  private line: Line = 'connecting';
  private version: string | undefined;
  private outdated = false;
  private readonly listeners = new Set<() => void>();
  private readonly due = new Set<Topic>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hidden: ReturnType<typeof setTimeout> | undefined;
  private poll: ReturnType<typeof setInterval> | undefined;

  constructor(private client: QueryClient) {}

  open() {
    document.addEventListener('visibilitychange', this.look);
    this.connect();
  }

  close() {
    document.removeEventListener('visibilitychange', this.look);
    this.disconnect();
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly state = () => this.line;
  readonly isOutdated = () => this.outdated;

  private connect() {
    if (this.source) return;
    const source = new EventSource(`${base}api/stream`);
    this.source = source;
    source.addEventListener('open', () => this.be('live'));
    source.addEventListener('hello', (event) => {
      const { version } = JSON.parse(event.data) as { version: string };
      if (this.version && this.version !== version) this.outdated = true;
      this.version = version;
      this.be('live');
    });
    source.addEventListener('changed', (event) => {
      const { topics } = JSON.parse(event.data) as { topics: Topic[] };
      this.changed(topics);
    });
    source.addEventListener('error', () => {
      this.be('lost');
      // The browser tries again by itself unless the server refused it for good.
      if (source.readyState === EventSource.CLOSED) {
        this.source = undefined;
        setTimeout(() => this.again(), 3000);
      }
    });
  }

  private disconnect() {
    this.source?.close();
    this.source = undefined;
    clearInterval(this.poll);
    this.poll = undefined;
  }

  private readonly look = () => {
    clearTimeout(this.hidden);
    if (document.hidden) this.hidden = setTimeout(() => this.disconnect(), HIDDEN_MS);
    else if (!this.source) this.again();
  };

  /** A stream of its own knows nothing of what the last one missed: all is read again. */
  private again() {
    this.connect();
    this.changed(ALL);
  }

  private be(line: Line) {
    if (line === 'lost') this.poll ??= setInterval(() => this.changed(ALL), POLL_MS);
    else {
      clearInterval(this.poll);
      this.poll = undefined;
    }
    if (line === this.line) return;
    this.line = line;
    for (const listener of this.listeners) listener();
  }

  private changed(topics: Topic[]) {
    for (const topic of topics) this.due.add(topic);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const concerns = [...this.due].map((topic) => CONCERNS[topic]).filter(Boolean);
      this.due.clear();
      void this.client.invalidateQueries({ predicate: (it) => isConcerned(it, concerns) });
    }, PAUSE_MS);
  }
}

function isConcerned({ queryKey }: Query, concerns: RegExp[]): boolean {
  const path = queryKey[1];
  return typeof path === 'string' && concerns.some((concern) => concern.test(path));
}

let stream: Stream | undefined;

export function openStream(client: QueryClient) {
  if (stream) return;
  stream = new Stream(client);
  stream.open();
}

export function closeStream() {
  stream?.close();
  stream = undefined;
}

const never = () => () => undefined;

/** Whether what is shown keeps up by itself. */
export const useLine = (): Line =>
  useSyncExternalStore(stream?.subscribe ?? never, stream?.state ?? (() => 'connecting' as const));

/** Whether the server has become another version than this page. */
export const useOutdated = (): boolean =>
  useSyncExternalStore(stream?.subscribe ?? never, stream?.isOutdated ?? (() => false));
