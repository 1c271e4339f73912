import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { When } from '../../../parts/When';
import { Loaded } from '../../../parts/States';
import { sinceQuery, versionOf, type Kept } from '../document/kept';
import style from './edit.module.css';

interface ConflictProps {
  uid: string;
  from: Kept;
  /** What is being saved, by its name. */
  what: string;
  reload: () => void;
  keep: () => void;
  close: () => void;
}

const MOST = 8;

/** Somebody else was quicker: who, what they did, and which of both shall hold. */
export function Conflict({ uid, from, what, reload, keep, close }: ConflictProps) {
  const since = useQuery(sinceQuery(uid, versionOf(from.etag)));
  return (
    <Modal opened onClose={close} title="Somebody else has changed this collection">
      <div className="stack">
        <Loaded what="who changed it" of={since}>
          {(entries) => (
            <ul className={style.since}>
              {entries.slice(0, MOST).map((entry) => (
                <li key={entry.id}>
                  <span>{entry.message}</span> <When at={entry.endedAt} />
                </li>
              ))}
              {entries.length > MOST && <li className="dimmed">and more</li>}
            </ul>
          )}
        </Loaded>
        <p className="small dimmed" style={{ margin: 0 }}>
          Keep mine saves what you changed in {what} on top of theirs. Reload drops what you changed. Either
          way, nothing is lost from the changelog.
        </p>
        <div className="row wrap">
          <Button className="push" variant="default" onClick={reload}>
            Reload
          </Button>
          <Button onClick={keep} data-autofocus>
            Keep mine
          </Button>
        </div>
      </div>
    </Modal>
  );
}
