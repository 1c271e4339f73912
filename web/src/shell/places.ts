import {
  Activity,
  Braces,
  Inbox,
  KeyRound,
  Library,
  Plug,
  Server,
  Timer,
  Users,
  Zap,
  type LucideIcon,
} from 'lucide-react';

interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
  /** The letter after `G` that goes there. */
  key: string;
}

/** The places of the app, as the navigation, the palette and the keyboard know them. */
export const PLACES: { title: string; places: Place[] }[] = [
  {
    title: '',
    places: [
      { to: '/integrations', label: 'Integrations', icon: Plug, key: 'I' },
      { to: '/deliveries', label: 'Deliveries', icon: Zap, key: 'D' },
      { to: '/inbox', label: 'Inbox', icon: Inbox, key: 'B' },
    ],
  },
  {
    title: 'Workspace',
    places: [
      { to: '/collections', label: 'Collections', icon: Library, key: 'C' },
      { to: '/environments', label: 'Environments', icon: Braces, key: 'E' },
      { to: '/monitors', label: 'Monitors', icon: Timer, key: 'M' },
      { to: '/activity', label: 'Activity', icon: Activity, key: 'A' },
    ],
  },
  {
    title: 'Settings',
    places: [
      { to: '/team', label: 'Team', icon: Users, key: 'T' },
      { to: '/keys', label: 'API keys', icon: KeyRound, key: 'K' },
      { to: '/settings', label: 'Server', icon: Server, key: 'S' },
    ],
  },
];
