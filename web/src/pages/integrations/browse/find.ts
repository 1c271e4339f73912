import type { ConnectorEntry } from '../../../parts/useConnectors';
import { byCategory, categoryName } from '../../../words/categories';

/** What somebody looks for in the catalogue; what is empty fits everything. */
export interface Wanted {
  q: string;
  category: string;
  /** A kind of event that it can tell. */
  event: string;
}

/** Those that fit, the one whose name begins with what was typed first, and otherwise by name; Webhooks before all. */
export function found(all: ConnectorEntry[], { q, category, event }: Wanted): ConnectorEntry[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (it: ConnectorEntry) => {
    const text = `${it.name} ${it.id} ${it.summary} ${categoryName(it.category)}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (!category || it.category === category) &&
      (!event || it.events.includes(event))
    );
  };
  const rank = (it: ConnectorEntry) => {
    const name = it.name.toLowerCase();
    if (words.length > 0 && name.startsWith(words[0]!)) return 0;
    return words.length > 0 && words.every((word) => name.includes(word)) ? 1 : 2;
  };
  return all.filter(fits).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The categories that there are, with how many fit in each whatever category is chosen. */
export function counted(all: ConnectorEntry[], wanted: Wanted): { id: string; count: number }[] {
  const ids = [...new Set(all.map(({ category }) => category))].sort(byCategory);
  return ids.map((id) => ({ id, count: found(all, { ...wanted, category: id }).length }));
}
