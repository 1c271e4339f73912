import { PLACES } from '../places';
import { UserRound, type LucideIcon } from 'lucide-react';
import type { Findable } from './rank';
import { useActions } from './useActions';
import { useGoTo } from './useGoTo';
import { useThings } from './useThings';

export interface Item extends Findable {
  icon: LucideIcon;
  /** At its right: what it is, or its key. */
  hint?: string;
  act: () => unknown;
  /** One stays where one was; the others lead somewhere. */
  stays?: boolean;
}

/** All that can be found: places, things by their names, and what can be done. */
export function useItems(): Item[] {
  const go = useGoTo();
  const places = PLACES.flatMap((group) => group.places).map(({ to, label, icon, key }) => ({
    id: `page ${to}`,
    group: 'Pages',
    label,
    icon,
    hint: `G ${key}`,
    act: () => go(to),
  }));
  const account = {
    id: 'page /account',
    group: 'Pages',
    label: 'Your account',
    icon: UserRound,
    act: () => go('/account'),
  };
  return [...places, account, ...useActions(), ...useThings()];
}
