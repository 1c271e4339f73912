import type { Search } from '../../../parts/search';
import { placeOf, standing, STANDINGS, type IntegrationView } from '../standing';

/** The words of the address that choose integrations. */
export const FILTERS = ['q', 'kind', 'state', 'owner', 'connector'] as const;

export const isFiltered = (search: Search) => FILTERS.some((name) => search[name]);

export const NO_FILTERS: Search = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

/** Those that fit all of the filters, those with trouble first, then by name. */
export function chosen(
  all: IntegrationView[],
  search: Search,
  targetOf: (it: IntegrationView) => string,
): IntegrationView[] {
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (it: IntegrationView) => {
    const text = `${it.name} ${it.connector} ${it.config.url ?? placeOf(it)} ${targetOf(it)}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (!search['kind'] || it.event === search['kind']) &&
      (!search['state'] || standing(it).state === search['state']) &&
      (!search['owner'] || String(it.createdBy) === search['owner']) &&
      (!search['connector'] || it.connector === search['connector'])
    );
  };
  const rank = (it: IntegrationView) =>
    standing(it).state === 'failing' || standing(it).state === 'disabled' ? 0 : 1;
  return all.filter(fits).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The states that there are, with how many of each. */
export const counted = (all: IntegrationView[]) =>
  STANDINGS.map((state) => ({
    state,
    count: all.filter((it) => standing(it).state === state).length,
  })).filter(({ count }) => count > 0);
