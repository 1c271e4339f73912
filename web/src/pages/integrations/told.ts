import { KINDS, OTHER_KINDS, type Kind } from '../../words/kinds';

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
