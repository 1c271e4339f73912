import { VisuallyHidden } from '@mantine/core';
import { ShieldAlert, ShieldCheck, ShieldOff, ShieldQuestion, type LucideIcon } from 'lucide-react';
import type { Tone } from '../../parts/Pill';

interface Look {
  tone: Tone;
  icon: LucideIcon;
  label: string;
  text: string;
}

const LOOKS: Record<string, Look> = {
  valid: { tone: 'ok', icon: ShieldCheck, label: 'Valid', text: 'Signed by an integration of this team.' },
  invalid: {
    tone: 'bad',
    icon: ShieldAlert,
    label: 'Invalid',
    text: 'Signed, but not with the secret of an integration that sends here, or the body is not what was signed.',
  },
  unsigned: { tone: 'mute', icon: ShieldOff, label: 'Unsigned', text: 'It has no signature.' },
  unknown: {
    tone: 'warn',
    icon: ShieldQuestion,
    label: 'Unknown',
    text: 'Signed, but no integration of this team sends to this inbox.',
  },
};

export const verdictOf = (verdict: string): Look =>
  LOOKS[verdict] ?? { ...LOOKS['unsigned']!, label: verdict, text: '' };

/** What the signature of a request is worth. */
export function Verdict({ verdict }: { verdict: string }) {
  const { tone, icon: Icon, label } = verdictOf(verdict);
  return (
    <span className={`pill tone-${tone}`}>
      <Icon size={13} aria-hidden />
      <VisuallyHidden>Signature </VisuallyHidden>
      {label}
    </span>
  );
}
