import {
  Activity,
  Archive,
  Gauge,
  HeartCrack,
  PowerOff,
  Radio,
  Send,
  Users,
  type LucideIcon,
} from 'lucide-react';

/** A kind of event, in people's words. */
export interface Kind {
  icon: LucideIcon;
  /** What the integration is called: "Back up a collection". */
  title: string;
  /** The event itself: "Collection backup". */
  short: string;
  text: string;
  when: string;
}

/** The kinds of events that integrations tell, by the word of the API. */
export const KINDS = {
  collection_backup: {
    icon: Archive,
    title: 'Back up a collection',
    short: 'Collection backup',
    text: 'Send the whole collection as JSON each time it is saved.',
    when: 'On every save',
  },
  collection_activity: {
    icon: Activity,
    title: 'Collection activity feed',
    short: 'Collection activity',
    text: 'Post each change made to a collection, with who and what.',
    when: 'On every change',
  },
  team_activity: {
    icon: Users,
    title: 'Team activity feed',
    short: 'Team activity',
    text: 'Post changes across the team: members, collections, environments.',
    when: 'On every change',
  },
  monitor_results: {
    icon: Gauge,
    title: 'Monitor run results',
    short: 'Monitor results',
    text: 'Post run metrics when a monitor finishes, or only on repeated failure.',
    when: 'After each run',
  },
  custom: {
    icon: Radio,
    title: 'Events of your own',
    short: 'Custom event',
    text: 'Pass on what your own programs publish to the API.',
    when: 'When you publish one',
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** What Postern tells of itself, and what is sent by hand. */
export const OTHER_KINDS = {
  integration_failing: {
    icon: HeartCrack,
    title: 'An integration keeps failing',
    short: 'Integration failing',
    text: 'Tell when another integration has had no success for an hour, a day, three days.',
    when: 'When there is trouble',
  },
  integration_disabled: {
    icon: PowerOff,
    title: 'An integration was disabled',
    short: 'Integration disabled',
    text: 'Tell when Postern has switched off another integration, and why.',
    when: 'When there is trouble',
  },
  test: {
    icon: Send,
    title: 'A test',
    short: 'Test',
    text: 'What Send test sends.',
    when: 'By hand',
  },
} satisfies Record<string, Kind>;

const ALL = new Map<string, Kind>(Object.entries({ ...KINDS, ...OTHER_KINDS }));

/** The kind of this name; a newer server may know more of them. */
export const kindOf = (name: string): Kind => ALL.get(name) ?? { ...KINDS.custom, title: name, short: name };

/** The words of the API for all of them. */
export const KIND_NAMES = [...ALL.keys()];
