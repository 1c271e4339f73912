import { isExplained } from '../faults';
import { Button } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { AlertTriangle, CheckCircle2, CircleDashed, Info, Pause, type LucideIcon } from 'lucide-react';
import { Said } from '../../../parts/Said';
import { useState } from 'react';
import { useMay } from '../../../api/session';
import { useNow } from '../../../parts/When';
import { useSwitch } from '../changes';
import type { IntegrationView } from '../standing';
import { TestDialog } from '../TestDialog';
import { diagnose, type Diagnosis, type Findings, type Help } from './diagnosis';
import classes from './overview.module.css';

const ICONS: Record<Diagnosis['tone'], LucideIcon> = {
  ok: CheckCircle2,
  bad: AlertTriangle,
  warn: Pause,
  mute: CircleDashed,
  info: Info,
};

interface VerdictProps {
  found: Findings;
  /** Lets somebody choose what becomes of what is held. */
  release: () => void;
}

/** Why it isn't delivering, in one sentence, with the button that helps; or that it is. */
export function Verdict({ found, release }: VerdictProps) {
  const { tone, sentence, help } = diagnose(found, useNow());
  const Icon = ICONS[tone];
  const hint =
    tone === 'bad' && found.trouble && !isExplained(found.trouble) ? found.trouble.help : undefined;
  return (
    <section className={`${classes['verdict']} tone-${tone}`} aria-label="Why is it not delivering?">
      <Icon size={18} aria-hidden style={{ flex: 'none' }} />
      <div className={classes['words']}>
        <div>
          <Said text={sentence} />
        </div>
        {hint && <div className="small">{hint}</div>}
      </div>
      {help && <HelpButton help={help} it={found.integration} release={release} />}
    </section>
  );
}

interface HelpProps {
  help: Help;
  it: IntegrationView;
  release: () => void;
}

function HelpButton({ help, it, release }: HelpProps) {
  const mayEdit = useMay('editor');
  const turn = useSwitch();
  const [testing, setTesting] = useState(false);
  const link = (label: string, props: LinkProps) => (
    <Button size="xs" variant="default" component={Link} {...(props as object)}>
      {label}
    </Button>
  );
  const tab = (name: string) =>
    ({ to: '/integrations/$id', params: { id: it.id }, search: { tab: name } }) as never;
  if (help === 'deliveries') return link('See the deliveries', tab('deliveries'));
  if (help === 'monitor')
    return link('Go to the monitor', { to: '/monitors/$uid', params: { uid: it.monitor } } as never);
  if (!mayEdit) return null;
  switch (help) {
    case 'resume':
      return (
        <Button size="xs" variant="default" loading={turn.isPending} onClick={() => turn.resume(it)}>
          Resume
        </Button>
      );
    case 'release':
      return (
        <Button size="xs" variant="default" onClick={release}>
          Resume…
        </Button>
      );
    case 'settings':
      return link('Open the settings', tab('settings'));
    case 'transform':
      return link('Mend the script', tab('transform'));
    case 'test':
      return (
        <>
          <Button size="xs" variant="default" onClick={() => setTesting(true)}>
            Send test
          </Button>
          {testing && <TestDialog of={it} close={() => setTesting(false)} />}
        </>
      );
  }
}
