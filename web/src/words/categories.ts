/** The categories of the catalogue, in the order in which they are shown. */
const CATEGORIES: Record<string, string> = {
  chat: 'Chat',
  alerting: 'Alerting',
  metrics: 'Metrics and logs',
  backup: 'Backups',
  automation: 'Automation',
  email: 'E-mail',
};

/** The category as people read it; a newer server may know more of them. */
export const categoryName = (id: string): string =>
  CATEGORIES[id] ?? id.charAt(0).toUpperCase() + id.slice(1);

/** Which of two comes first. */
export const byCategory = (a: string, b: string): number => placeOf(a) - placeOf(b);

const placeOf = (id: string) => {
  const at = Object.keys(CATEGORIES).indexOf(id);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
};
