/** What a script begins with, for each kind of event: a line that most chats show. */
const SAYS: Record<string, string> = {
  collection_backup: '`${payload.collection.info.name} was saved`',
  collection_activity: 'payload.message',
  team_activity: 'payload.message',
  monitor_results: '`${payload.monitor_name}: ${payload.metrics.failedTests} tests failed`',
  custom: '`${webhook.eventType}: ${JSON.stringify(payload)}`',
  integration_failing: 'payload.message',
  integration_disabled: 'payload.message',
};

export const startFor = (kind: string) => `function handler(webhook) {
  const { payload } = webhook;
  webhook.payload = { text: ${SAYS[kind] ?? 'JSON.stringify(payload)'} };
  return webhook;
}
`;
