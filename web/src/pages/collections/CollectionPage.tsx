import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { Refused } from '../../api/errors';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Lines, Loaded } from '../../parts/States';
import { many } from '../../words/numbers';
import { CollectionMenu } from './actions/CollectionMenu';
import { ItemMenu } from './actions/ItemMenu';
import style from './collections.module.css';
import { keptQuery, type Kept } from './document/kept';
import { countRequests, find, isFolder, nameOf, text, type Found } from './document/model';
import { NotThere } from './NotThere';
import { GroupDocs } from './read/GroupDocs';
import { RequestDocs } from './read/RequestDocs';
import { SideStrip } from './side/SideStrip';
import { TreePanel } from './tree/TreePanel';

const Edit = lazy(() => import('./edit/Edit'));
const JsonView = lazy(() => import('./edit/JsonView'));

/** A collection: its tree, and what is chosen in it to read, to edit, or as JSON. */
export function CollectionPage() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  const kept = useQuery(keptQuery(uid));
  if (!kept.data && kept.error instanceof Refused && kept.error.status === 404) return <NotThere />;
  return (
    <Loaded
      what="the collection"
      of={kept}
      skeleton={
        <div className="card">
          <Lines count={8} height={28} />
        </div>
      }
    >
      {(data) => <Whole key={uid} uid={uid} kept={data} />}
    </Loaded>
  );
}

function Whole({ uid, kept }: { uid: string; kept: Kept }) {
  const [address, go] = useAddress();
  const mayEdit = useMay('editor');
  const { doc } = kept;
  const id = address['item'];
  const found = useMemo(() => (id ? find(doc, id) : undefined), [doc, id]);
  const wanted = address['view'];
  const view = wanted === 'json' || (wanted === 'edit' && mayEdit) ? wanted : 'docs';
  const choose = (item: string | undefined) => go({ item, view: view === 'edit' ? 'edit' : undefined });
  const name = text(doc.info?.name) || 'Collection';
  return (
    <Page
      title={name}
      crumbs={[{ label: 'Collections', to: '/collections' }]}
      sub={many(
        useMemo(() => countRequests(doc.item ?? []), [doc]),
        'request',
      )}
      actions={
        <>
          <Button
            component={Link}
            {...({ to: '/collections/$uid/changelog', params: { uid } } as object)}
            variant="default"
            leftSection={<History size={16} aria-hidden />}
          >
            Changelog
          </Button>
          <CollectionMenu uid={uid} name={name} />
        </>
      }
    >
      <div className={style.whole}>
        <div className={style.treeColumn}>
          <TreePanel doc={doc} uid={uid} found={found} isRoot={!found} choose={choose} mayEdit={mayEdit} />
        </div>
        <div className={`card ${style.panel}`}>
          <div className="card-head">
            <div className={style.panelName}>
              {found && found.folders.length > 0 && (
                <div className="small dimmed clip">{found.folders.map(nameOf).join(' / ')}</div>
              )}
              <h2>
                {view === 'json' ? 'The whole collection as JSON' : found ? nameOf(found.item) : 'Overview'}
              </h2>
            </div>
            <div className="row">
              <SegmentedControl
                size="xs"
                aria-label="How it is shown"
                value={view}
                onChange={(next) => go({ view: next === 'docs' ? undefined : next }, { replace: false })}
                data={[
                  { value: 'docs', label: 'Read' },
                  ...(mayEdit ? [{ value: 'edit', label: 'Edit' }] : []),
                  { value: 'json', label: 'JSON' },
                ]}
              />
              {mayEdit && view !== 'json' && (
                <ItemMenu
                  uid={uid}
                  kept={kept}
                  found={found}
                  choose={choose}
                  goEdit={(item) => go({ item, view: 'edit' })}
                />
              )}
            </div>
          </div>
          {id && !found && view !== 'json' ? (
            <Gone back={() => go({ item: undefined })} />
          ) : (
            <Suspense fallback={<Lines count={5} />}>
              {view === 'json' && <JsonView uid={uid} kept={kept} mayEdit={mayEdit} />}
              {view === 'edit' && (
                <Edit
                  key={found?.item.id ?? 'root'}
                  uid={uid}
                  kept={kept}
                  found={found}
                  leave={() => go({ view: undefined })}
                />
              )}
              {view === 'docs' && <Docs kept={kept} found={found} choose={choose} />}
            </Suspense>
          )}
        </div>
        <SideStrip uid={uid} kept={kept} mayEdit={mayEdit} />
      </div>
    </Page>
  );
}

interface DocsProps {
  kept: Kept;
  found: Found | undefined;
  choose: (id: string) => void;
}

function Docs({ kept: { doc }, found, choose }: DocsProps) {
  if (!found) return <GroupDocs doc={doc} folders={[]} choose={choose} />;
  if (isFolder(found.item))
    return <GroupDocs doc={doc} folder={found.item} folders={found.folders} choose={choose} />;
  return <RequestDocs key={found.item.id} doc={doc} found={found} />;
}

const Gone = ({ back }: { back: () => void }) => (
  <div className="state">
    <strong>This item is not in the collection</strong>
    <p>It was deleted or moved to another one. The changelog says when, and can give it back.</p>
    <Button variant="default" onClick={back}>
      Show the collection
    </Button>
  </div>
);
