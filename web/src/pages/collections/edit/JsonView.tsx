import { Alert, Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { save as download } from '../../../parts/Body';
import { Code } from '../../../parts/Code';
import { CopyText } from '../../../parts/Copy';
import { jsonFault } from '../../../parts/jsonFault';
import { told } from '../../../parts/notify';
import { Refusal } from '../../../parts/States';
import { useGuard } from '../../../parts/useGuard';
import { bytes } from '../../../words/numbers';
import { isOutdated, useChange, type Kept } from '../document/kept';
import type { Doc } from '../document/model';
import { Conflict } from './Conflict';
import style from './edit.module.css';

/** Longer ones would freeze the editor. */
const MOST = 3_000_000;

/** The whole document as it is kept, to read or to write. */
export default function JsonView({ uid, kept, mayEdit }: { uid: string; kept: Kept; mayEdit: boolean }) {
  const [from, setFrom] = useState(kept);
  const before = useMemo(() => JSON.stringify(from.doc, null, 2), [from]);
  const [written, write] = useState<string>();
  const now = written ?? before;
  const isDirty = written !== undefined && written !== before;
  const change = useChange(uid);
  const guard = useGuard(isDirty);
  const fault = useMemo(() => (isDirty ? faultOf(now) : undefined), [now, isDirty]);
  // What nobody has begun to change follows the newest.
  if (!isDirty && from !== kept) {
    setFrom(kept);
    write(undefined);
  }

  const save = (base: Kept | undefined) =>
    change.mutate(
      { change: () => JSON.parse(now) as Doc, from: base },
      {
        onSuccess: (made) => {
          setFrom(made);
          write(undefined);
          told('Saved the collection');
        },
      },
    );

  if (before.length > MOST)
    return (
      <div className={style.panel}>
        <Alert variant="light" title={`${bytes(before.length)} are too much to show here`}>
          <Button
            size="xs"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => download('collection.json', before)}
          >
            Download
          </Button>
        </Alert>
      </div>
    );
  return (
    <div className={style.json}>
      {!isOutdated(change.error) && <Refusal of={change} />}
      <Code
        key={from.etag}
        label="The collection as JSON"
        language="json"
        value={now}
        {...(mayEdit && { onChange: write })}
        minHeight={420}
        maxHeight={640}
      />
      <div className="row wrap">
        <span className="small dimmed number">{bytes(now.length)}</span>
        {fault && (
          <span className="small bad-text" role="status">
            {fault}
          </span>
        )}
        <span className="push row">
          <CopyText value={now} label="Copy" />
          {mayEdit && (
            <>
              <Button size="xs" variant="default" disabled={!isDirty} onClick={() => write(undefined)}>
                Undo changes
              </Button>
              <Button
                size="xs"
                disabled={!isDirty || fault !== undefined}
                loading={change.isPending}
                onClick={() => save(from)}
              >
                Save
              </Button>
            </>
          )}
        </span>
      </div>
      {isOutdated(change.error) && (
        <Conflict
          uid={uid}
          from={from}
          what="the whole document"
          reload={() => {
            change.reset();
            setFrom(kept);
            write(undefined);
          }}
          keep={() => save(undefined)}
          close={change.reset}
        />
      )}
      {guard.dialog}
    </div>
  );
}

function faultOf(written: string): string | undefined {
  const fault = jsonFault(written);
  if (fault) return `Line ${written.slice(0, fault.at).split('\n').length}: ${fault.message}`;
  const doc = JSON.parse(written || 'null') as Partial<Doc> | null;
  if (typeof doc !== 'object' || doc === null || Array.isArray(doc)) return 'A collection is an object';
  if (typeof doc.info?.name !== 'string' || doc.info.name.trim() === '') return 'info.name is missing';
  if (!Array.isArray(doc.item)) return 'item must be a list';
  return undefined;
}
