import { useMemo } from 'react';
import { query } from '../../../api/client';
import { Lines, Loaded } from '../../../parts/States';
import { exampleText, itemText } from '../document/asText';
import { find, type Doc } from '../document/model';
import { Diff } from '../diff/Diff';
import style from './changelog.module.css';
import type { Change } from './groups';

/** An item that was added or deleted: all of it, as it was in the version that has it. */
export function Whole({ uid, change, version }: { uid: string; change: Change; version: number }) {
  const then = query.useQuery(
    'get',
    '/collections/{uid}/versions/{number}',
    { params: { path: { uid, number: version } } },
    { enabled: version > 0, staleTime: Infinity },
  );
  return (
    <Loaded what="the item" of={then} skeleton={<Lines count={2} height={24} />}>
      {(data) => <Item doc={data.collection as unknown as Doc} change={change} />}
    </Loaded>
  );
}

function Item({ doc, change }: { doc: Doc; change: Change }) {
  const text = useMemo(() => {
    const found = find(doc, change.id ?? '');
    return found && (found.example ? exampleText(found.example) : itemText(found.item));
  }, [doc, change.id]);
  if (text === undefined)
    return <div className={`small dimmed ${style.field}`}>It is not in this version.</div>;
  const isNew = change.action === 'create';
  return <Diff label={change.name} before={isNew ? '' : text} now={isNew ? text : ''} />;
}
