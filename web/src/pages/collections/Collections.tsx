import { Button, CloseButton, NativeSelect, Tabs, TextInput } from '@mantine/core';
import { FileDown, Library, Plus, Search, Tag, X } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress, useAskedDialog } from '../../parts/search';
import { Empty, Lines, Loaded, NoMatch } from '../../parts/States';
import { useKeys } from '../../shell/keys';
import { CollectionTable } from './list/CollectionTable';
import { Deleted } from './list/Deleted';
import style from './list/list.module.css';
import { chosen, useCollections } from './list/useCollections';
import { useDropped } from './list/useDropped';

const NewDialog = lazy(() => import('./list/NewDialog'));
const ImportDialog = lazy(() => import('./list/ImportDialog'));

type Opened = { what: 'new' } | { what: 'import'; files: File[] } | undefined;

/** All collections that one may see; new ones, from files too, and those that were deleted. */
export function Collections() {
  const [address, go] = useAddress();
  const mayEdit = useMay('editor');
  const [opened, open] = useState<Opened>();
  const isOver = useDropped(mayEdit && !opened, (files) => open({ what: 'import', files }));
  useAskedDialog('import', () => mayEdit && open({ what: 'import', files: [] }));
  const isDeleted = address['view'] === 'deleted';
  const { of, rooms } = useCollections(address['tag'], address['workspace']);
  const deleted = query.useQuery('get', '/deleted-collections', { params: { query: { limit: 100 } } });
  const newButton = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => open({ what: 'new' })}>
      New collection
    </Button>
  );
  return (
    <Page
      title="Collections"
      sub="Requests of your team, in folders, with their scripts and examples. Each change is kept."
      actions={
        mayEdit && (
          <>
            <Button
              variant="default"
              leftSection={<FileDown size={16} aria-hidden />}
              onClick={() => open({ what: 'import', files: [] })}
            >
              Import
            </Button>
            {newButton}
          </>
        )
      }
    >
      <Tabs
        value={isDeleted ? 'deleted' : 'all'}
        onChange={(tab) => go({ view: tab === 'deleted' ? 'deleted' : undefined }, { replace: false })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="all">
            All{of.data && <span className={style.count}>{of.data.length}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="deleted">
            Deleted
            {deleted.data && <span className={style.count}>{deleted.data.collections.length}</span>}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="all">
          <Filters rooms={rooms} />
          <div className="card">
            <Loaded what="the collections" of={of} skeleton={<Lines count={6} height={40} />}>
              {(all) => {
                const shown = chosen(all, address);
                const isFiltered = address['q'] || address['workspace'] || address['tag'];
                if (shown.length > 0) return <CollectionTable shown={shown} rooms={rooms} />;
                if (isFiltered)
                  return (
                    <NoMatch
                      what="collections"
                      clear={() => go({ q: undefined, workspace: undefined, tag: undefined })}
                    />
                  );
                return (
                  <Empty
                    icon={Library}
                    title="No collections yet"
                    action={
                      mayEdit && (
                        <Button variant="default" onClick={() => open({ what: 'import', files: [] })}>
                          Import one
                        </Button>
                      )
                    }
                  >
                    {mayEdit
                      ? 'Drop a Postman, OpenAPI, Insomnia, Bruno or HAR file anywhere on this page, or make a new one.'
                      : 'Once somebody makes one, it is here.'}
                  </Empty>
                );
              }}
            </Loaded>
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="deleted">
          <Deleted of={deleted} mayEdit={mayEdit} />
        </Tabs.Panel>
      </Tabs>
      {isOver && (
        <div className={style.over} aria-hidden>
          <div>
            <FileDown size={28} />
            Drop to import
          </div>
        </div>
      )}
      <Suspense fallback={null}>
        {opened?.what === 'new' && <NewDialog rooms={rooms} close={() => open(undefined)} />}
        {opened?.what === 'import' && (
          <ImportDialog rooms={rooms} files={opened.files} close={() => open(undefined)} />
        )}
      </Suspense>
    </Page>
  );
}

function Filters({ rooms }: { rooms: { id: string; name: string }[] }) {
  const [address, go] = useAddress();
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <div className="toolbar">
      <TextInput
        ref={field}
        aria-label="Search by name or UID"
        placeholder="Name or UID"
        leftSection={<Search size={16} aria-hidden />}
        rightSection={
          address['q'] && (
            <CloseButton size="sm" aria-label="Clear the search" onClick={() => go({ q: undefined })} />
          )
        }
        style={{ flex: '1 1 160px', maxWidth: 320 }}
        value={address['q'] ?? ''}
        onChange={(event) => go({ q: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Escape' && go({ q: undefined })}
      />
      {rooms.length > 1 && (
        <NativeSelect
          aria-label="Workspace"
          data={[
            { value: '', label: 'All workspaces' },
            ...rooms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={address['workspace'] ?? ''}
          onChange={(event) => go({ workspace: event.currentTarget.value })}
        />
      )}
      {address['tag'] && (
        <Button
          variant="default"
          leftSection={<Tag size={14} aria-hidden />}
          rightSection={<X size={14} aria-hidden />}
          onClick={() => go({ tag: undefined })}
          aria-label={`Tagged ${address['tag']}; show all`}
        >
          {address['tag']}
        </Button>
      )}
      <NativeSelect
        aria-label="Order"
        className="push"
        data={[
          { value: '', label: 'Last updated' },
          { value: 'name', label: 'Name' },
        ]}
        value={address['sort'] ?? ''}
        onChange={(event) => go({ sort: event.currentTarget.value })}
      />
    </div>
  );
}
