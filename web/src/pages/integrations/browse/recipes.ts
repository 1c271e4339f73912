/** A kind of event for a purpose; leads to what can be told it, and from there to the form with what the purpose asks for. */
export interface Recipe {
  kind: string;
  title: string;
  text: string;
  /** Which runs of a monitor are told. */
  notify?: 'failures';
}

export const RECIPES: Recipe[] = [
  {
    kind: 'collection_backup',
    title: 'Keep every version elsewhere',
    text: 'The whole collection on each save: into a Git repository, a bucket, a folder.',
  },
  {
    kind: 'collection_activity',
    title: 'Follow one collection',
    text: 'Who changed which request, folder or example, as a line in a channel.',
  },
  {
    kind: 'team_activity',
    title: 'A feed for the whole team',
    text: 'Collections, environments, monitors and members, in all workspaces or in one.',
  },
  {
    kind: 'monitor_results',
    title: 'Alert after three failures',
    text: 'One message when a monitor has failed three times, and one when it is well again.',
    notify: 'failures',
  },
  {
    kind: 'custom',
    title: 'Pass on your own events',
    text: 'Publish once to Postern; it retries and delivers to everyone who listens.',
  },
  {
    kind: 'integration_failing',
    title: 'Hear when an integration breaks',
    text: 'A message elsewhere when one has had no success for an hour.',
  },
];
