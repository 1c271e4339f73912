import {
  Braces,
  FileJson2,
  Folder,
  Globe,
  KeyRound,
  Library,
  Mail,
  MessageSquareReply,
  Plug,
  RefreshCw,
  Send,
  SquareStack,
  Timer,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import type { Tone } from '../../parts/Pill';

/** The kinds of things that the feed tells of, in people's words. */
export const MODELS: Record<string, { icon: LucideIcon; label: string }> = {
  collection: { icon: Library, label: 'Collections' },
  folder: { icon: Folder, label: 'Folders' },
  request: { icon: Send, label: 'Requests' },
  response: { icon: MessageSquareReply, label: 'Examples' },
  environment: { icon: Braces, label: 'Environments' },
  globals: { icon: Globe, label: 'Global variables' },
  monitor: { icon: Timer, label: 'Monitors' },
  integration: { icon: Plug, label: 'Integrations' },
  workspace: { icon: SquareStack, label: 'Workspaces' },
  member: { icon: UserRound, label: 'Members' },
  invitation: { icon: Mail, label: 'Invitations' },
  api_key: { icon: KeyRound, label: 'API keys' },
  source: { icon: RefreshCw, label: 'Sources' },
};

export const iconOf = (model: string): LucideIcon => MODELS[model]?.icon ?? FileJson2;

/** Something came, went, or fails; all else is quiet. */
export const toneOf = (action: string): Tone => {
  if (action === 'create' || action === 'restore' || action === 'resume') return 'ok';
  if (action === 'delete' || action === 'disable' || action === 'fail') return 'bad';
  if (action === 'pause') return 'warn';
  return 'info';
};
