import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Inbox as InboxIcon, Plus } from 'lucide-react';
import { useMay } from '../../api/session';
import { Copy } from '../../parts/Copy';
import { Page } from '../../parts/Page';
import { StatusCode } from '../../parts/Pill';
import { Empty, Lines, Loaded } from '../../parts/States';
import { When } from '../../parts/When';
import { duration, whole } from '../../words/numbers';
import { useInboxes, type Inbox } from './data';
import styles from './inbox.module.css';
import { useMake } from './useMake';

/** The inboxes of the team. */
export function Inboxes() {
  const mayEdit = useMay('editor');
  const asked = useInboxes();
  const make = useMake((asked.data?.inboxes ?? []).map((inbox) => inbox.name));
  const button = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={make.start} loading={make.isPending}>
      New inbox
    </Button>
  );
  const isEmpty = asked.data?.inboxes.length === 0;
  return (
    <Page
      title="Inbox"
      sub="Addresses of this server that keep what is sent to them, to see what a webhook sends. The newest 200 requests stay, for 7 days."
      actions={mayEdit && !isEmpty && button}
    >
      <div className="card">
        <Loaded what="the inboxes" of={asked} skeleton={<Lines count={4} height={36} />}>
          {({ inboxes }) =>
            inboxes.length > 0 ? (
              <Table inboxes={[...inboxes].reverse()} />
            ) : (
              <Empty icon={InboxIcon} title="No inboxes yet" action={mayEdit && button}>
                {mayEdit
                  ? 'An inbox is a URL that takes any request and shows it here as it arrives: headers, body, and whether its signature is valid. Send a webhook there before you send it to a service.'
                  : 'An inbox is a URL that shows here what is sent to it. Editors can make one.'}
              </Empty>
            )
          }
        </Loaded>
      </div>
    </Page>
  );
}

const Table = ({ inboxes }: { inboxes: Inbox[] }) => (
  <div className="table-region" role="region" aria-label="Inboxes" tabIndex={0}>
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Inbox</th>
          <th scope="col">Answers</th>
          <th scope="col" className="end">
            Requests
          </th>
          <th scope="col" className="end">
            Last request
          </th>
        </tr>
      </thead>
      <tbody>
        {inboxes.map((inbox) => (
          <Row key={inbox.id} inbox={inbox} />
        ))}
      </tbody>
    </table>
  </div>
);

function Row({ inbox }: { inbox: Inbox }) {
  const { status, delayMs } = inbox.answer;
  return (
    <tr>
      <td className={styles.named}>
        <Link to="/inbox/$id" params={{ id: inbox.id } as never} className="name clip" title={inbox.name}>
          {inbox.name}
        </Link>
        <span className="row" style={{ gap: 4 }}>
          <span className="mono dimmed clip" title={inbox.url}>
            {inbox.url}
          </span>
          <Copy value={inbox.url} label={`Copy URL of ${inbox.name}`} />
        </span>
      </td>
      <td>
        <span className="row">
          <StatusCode status={status} />
          {delayMs > 0 && <span className="small dimmed">after {duration(delayMs)}</span>}
        </span>
      </td>
      <td className="end number">{whole(inbox.requestCount)}</td>
      <td className="end">
        <When at={inbox.lastRequestAt} />
      </td>
    </tr>
  );
}
