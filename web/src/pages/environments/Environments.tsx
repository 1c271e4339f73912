import { Button, Select, TextInput } from '@mantine/core';
import { Braces, FileUp, Plus, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { Empty, Loaded } from '../../parts/States';
import { useAddress } from '../../parts/search';
import { useWorkspaces } from '../../parts/useTeam';
import { useKeys } from '../../shell/keys';
import { ImportDialog } from './ImportDialog';
import { NewEnvironment } from './NewEnvironment';
import { WorkspaceGroup } from './WorkspaceGroup';

/** The environments of each workspace. */
export function Environments() {
  const canEdit = useMay('editor');
  const [{ workspace, q = '' }, change] = useAddress();
  const { asked, workspaces } = useWorkspaces();
  const [opened, open] = useState<'new' | 'import'>();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const close = () => open(undefined);
  const shown = workspace ? workspaces.filter(({ id }) => id === workspace) : workspaces;
  return (
    <Page
      title="Environments"
      sub="Variables for requests and monitors: one set for each place that they run against."
      actions={
        canEdit && (
          <>
            <Button
              variant="default"
              leftSection={<FileUp size={16} aria-hidden />}
              onClick={() => open('import')}
            >
              Import
            </Button>
            <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => open('new')}>
              New environment
            </Button>
          </>
        )
      }
    >
      <div className="toolbar" role="search" aria-label="Filter environments">
        <TextInput
          ref={search}
          size="xs"
          w={240}
          type="search"
          aria-label="Search by name"
          placeholder="Search by name"
          leftSection={<Search size={14} aria-hidden />}
          value={q}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
        {workspaces.length > 1 && (
          <Select
            size="xs"
            w={190}
            aria-label="Workspace"
            placeholder="All workspaces"
            clearable
            data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
            value={workspace ?? null}
            onChange={(value) => change({ workspace: value ?? undefined })}
          />
        )}
      </div>
      <Loaded what="the workspaces" of={asked}>
        {() =>
          shown.length > 0 ? (
            shown.map((it) => (
              <WorkspaceGroup key={it.id} workspace={it} q={q} clear={() => change({ q: undefined })} />
            ))
          ) : (
            <div className="card">
              <Empty icon={Braces} title="No workspace is open to you">
                Environments lie in workspaces. Ask an admin to let you into one.
              </Empty>
            </div>
          )
        }
      </Loaded>
      {opened === 'new' && <NewEnvironment workspace={workspace} close={close} />}
      {opened === 'import' && <ImportDialog workspace={workspace} close={close} />}
    </Page>
  );
}
