const MOST = 5;
const nameOf = (person: number) => `postern-recent-${person}`;

/** The ids of what somebody chose lately, the last first. Names are not kept. */
export function recentOf(person: number): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(person)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((it) => typeof it === 'string') : [];
  } catch {
    return [];
  }
}

export function keepRecent(person: number, id: string) {
  const next = [id, ...recentOf(person).filter((it) => it !== id)].slice(0, MOST);
  try {
    localStorage.setItem(nameOf(person), JSON.stringify(next));
  } catch {
    // Storage may be closed to the page.
  }
}
