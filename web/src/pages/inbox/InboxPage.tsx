import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Eraser, MoreHorizontal, Plug, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/session';
import { Copy, CopyText } from '../../parts/Copy';
import { Page } from '../../parts/Page';
import { StatusCode } from '../../parts/Pill';
import { Lines, Loaded } from '../../parts/States';
import { duration } from '../../words/numbers';
import { useInbox, type Inbox } from './data';
import { DeleteInbox, EmptyInbox } from './Ends';
import styles from './inbox.module.css';
import { Requests } from './Requests';
import { Settings } from './Settings';
import { curlTo } from './words';

/** An inbox: where it is, and what has come. */
export function InboxPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useInbox(id);
  if (!asked.data)
    return (
      <Page title="Inbox" crumbs={[{ label: 'Inbox', to: '/inbox' }]}>
        <Loaded what="this inbox" of={asked} skeleton={<Lines count={5} height={56} />}>
          {() => null}
        </Loaded>
      </Page>
    );
  return <Shown key={id} inbox={asked.data.inbox} />;
}

type Opened = 'settings' | 'empty' | 'delete' | undefined;

function Shown({ inbox }: { inbox: Inbox }) {
  const mayEdit = useMay('editor');
  const [opened, open] = useState<Opened>();
  const close = () => open(undefined);
  const { status, delayMs } = inbox.answer;
  return (
    <Page
      title={inbox.name}
      crumbs={[{ label: 'Inbox', to: '/inbox' }]}
      badge={
        <span className="row small dimmed">
          Answers <StatusCode status={status} />
          {delayMs > 0 && `after ${duration(delayMs)}`}
        </span>
      }
      actions={
        mayEdit && (
          <>
            <Button
              variant="default"
              leftSection={<SlidersHorizontal size={16} aria-hidden />}
              onClick={() => open('settings')}
            >
              Settings
            </Button>
            <Button
              leftSection={<Plug size={16} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/integrations/webhooks" search={{ url: inbox.url } as never} {...props} />
              )}
            >
              Use in an integration
            </Button>
            <More open={open} isEmpty={inbox.requestCount === 0} />
          </>
        )
      }
    >
      <div className={`card ${styles.address}`}>
        <span className={styles.what}>URL</span>
        <code className="mono clip" title={inbox.url}>
          {inbox.url}
        </code>
        <CopyText value={inbox.url} label="Copy URL" />
        <span className={styles.what}>Try it</span>
        <code className="mono clip dimmed" title={curlTo(inbox.url)}>
          {curlTo(inbox.url)}
        </code>
        <span className={styles.end}>
          <Copy value={curlTo(inbox.url)} label="Copy the line" />
        </span>
      </div>
      <Requests inbox={inbox} />
      {opened === 'settings' && <Settings inbox={inbox} close={close} />}
      {opened === 'empty' && <EmptyInbox inbox={inbox} close={close} />}
      {opened === 'delete' && <DeleteInbox inbox={inbox} close={close} />}
    </Page>
  );
}

const More = ({ open, isEmpty }: { open: (what: Opened) => void; isEmpty: boolean }) => (
  <Menu width={190}>
    <Menu.Target>
      <ActionIcon variant="default" size={36} aria-label="More">
        <MoreHorizontal size={16} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<Eraser size={15} />} disabled={isEmpty} onClick={() => open('empty')}>
        Empty
      </Menu.Item>
      <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={() => open('delete')}>
        Delete
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);
