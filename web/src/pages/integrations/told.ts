import { Webhook, type LucideIcon } from 'lucide-react';
import { KINDS, OTHER_KINDS, type Kind } from '../../words/kinds';

/** What can be connected. A further connector is one more entry here, and a page at its `to`. */
export interface Connector {
  id: string;
  name: string;
  text: string;
  icon: LucideIcon;
  categories: Category[];
  to: string;
}

export const CATEGORIES = ['Backup', 'Feeds', 'Alerting', 'Automation'] as const;
export type Category = (typeof CATEGORIES)[number];

export const CONNECTORS: Connector[] = [
  {
    id: 'webhooks',
    name: 'Webhooks',
    text: 'Post signed JSON to a URL of yours: collection backups, activity feeds, monitor results and events of your own.',
    icon: Webhook,
    categories: [...CATEGORIES],
    to: '/integrations/webhooks',
  },
];

/** The kinds of events that an integration can tell, in the order in which they are offered. */
export const TOLD: Record<string, Kind> = {
  collection_backup: KINDS.collection_backup,
  collection_activity: KINDS.collection_activity,
  team_activity: KINDS.team_activity,
  monitor_results: KINDS.monitor_results,
  custom: KINDS.custom,
  integration_failing: OTHER_KINDS.integration_failing,
  integration_disabled: OTHER_KINDS.integration_disabled,
};

/** A kind of event for a purpose; leads to the form with what the purpose asks for. */
export interface Recipe {
  kind: string;
  title: string;
  text: string;
  category: Category;
  search?: Record<string, string>;
}

export const RECIPES: Recipe[] = [
  {
    kind: 'collection_backup',
    title: 'Keep every version elsewhere',
    text: 'The whole collection on each save, ready for a Git repository or a bucket. Posting it back restores it.',
    category: 'Backup',
  },
  {
    kind: 'collection_activity',
    title: 'Follow one collection',
    text: 'Who changed which request, folder or example, as a line that a channel can show.',
    category: 'Feeds',
  },
  {
    kind: 'team_activity',
    title: 'A feed for the whole team',
    text: 'Collections, environments, monitors and members, in all workspaces or in one.',
    category: 'Feeds',
  },
  {
    kind: 'monitor_results',
    title: 'Alert after three failures',
    text: 'One message when a monitor has failed three times, and one when it is well again.',
    category: 'Alerting',
    search: { notify: 'failures' },
  },
  {
    kind: 'custom',
    title: 'Pass on your own events',
    text: 'Publish once to Postern; it signs, retries and delivers to everyone who listens.',
    category: 'Automation',
  },
  {
    kind: 'integration_failing',
    title: 'Hear when a webhook breaks',
    text: 'A message to another address when an integration has had no success for an hour.',
    category: 'Alerting',
  },
];
