import { ActionIcon, Badge } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Copy } from '../../parts/Copy';
import { Page } from '../../parts/Page';
import { Loaded } from '../../parts/States';
import { When } from '../../parts/When';
import { told } from '../../parts/notify';
import { useAddress } from '../../parts/search';
import { usePeople, useWorkspaces } from '../../parts/useTeam';
import { EnvironmentMenu } from './EnvironmentMenu';
import { Forks } from './Forks';
import { Rename } from './Rename';
import { VariablesEditor } from './VariablesEditor';

const crumbs = [{ label: 'Environments', to: '/environments' as const }];

/** An environment; or the variables that hold in all of a workspace. */
export function EnvironmentPage() {
  const { uid = '' } = useParams({ strict: false }) as { uid?: string };
  return uid === 'globals' ? <Globals /> : <Environment key={uid} uid={uid} />;
}

function Environment({ uid }: { uid: string }) {
  const canEdit = useMay('editor');
  const { nameOf } = usePeople();
  const [isNaming, name] = useState(false);
  const asked = query.useQuery('get', '/environments/{uid}', { params: { path: { uid } } });
  const put = query.useMutation('put', '/environments/{uid}');
  const found = asked.data?.environment;
  return (
    <Page
      title={found?.name ?? 'Environment'}
      crumbs={crumbs}
      badge={
        found &&
        canEdit && (
          <ActionIcon aria-label="Rename" title="Rename" onClick={() => name(true)}>
            <Pencil size={15} aria-hidden />
          </ActionIcon>
        )
      }
      sub={
        found && (
          <span className="row wrap">
            <span className="row mono" style={{ gap: 2 }}>
              {found.uid}
              <Copy value={found.uid} label="Copy the uid" />
            </span>
            <span>
              {nameOf(found.owner) && `${nameOf(found.owner)} · `}changed <When at={found.updatedAt} />
            </span>
          </span>
        )
      }
      actions={found && <EnvironmentMenu environment={found} isOwnPage />}
    >
      <Loaded what="the environment" of={asked}>
        {({ environment }) => (
          <>
            <VariablesEditor
              values={environment.values}
              stamp={environment.updatedAt}
              canEdit={canEdit}
              look={async () => (await asked.refetch()).data?.environment.updatedAt}
              save={(values, done) =>
                put.mutate(
                  { params: { path: { uid } }, body: { environment: { name: environment.name, values } } },
                  {
                    onSuccess: () => {
                      done();
                      told(`Saved ${environment.name}`);
                    },
                  },
                )
              }
              of={put}
            />
            <Forks uid={environment.uid} canEdit={canEdit} />
            {isNaming && <Rename environment={environment} close={() => name(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Globals() {
  const canEdit = useMay('editor');
  const [{ workspace: id = '' }] = useAddress();
  const { nameOf } = useWorkspaces();
  const asked = query.useQuery('get', '/workspaces/{id}/global-variables', { params: { path: { id } } });
  const put = query.useMutation('put', '/workspaces/{id}/global-variables');
  return (
    <Page
      title="Globals"
      crumbs={crumbs}
      badge={
        nameOf(id) && (
          <Badge variant="default" tt="none" fw={550}>
            {nameOf(id)}
          </Badge>
        )
      }
      sub="Variables that hold in all of the workspace, below those of a collection and an environment."
    >
      <Loaded what="the global variables" of={asked}>
        {({ values }) => (
          <VariablesEditor
            key={id}
            values={values}
            stamp={JSON.stringify(values)}
            canEdit={canEdit}
            look={async () => JSON.stringify((await asked.refetch()).data?.values)}
            save={(values, done) =>
              put.mutate(
                { params: { path: { id } }, body: { values } },
                {
                  onSuccess: () => {
                    done();
                    told('Saved the globals');
                  },
                },
              )
            }
            of={put}
          />
        )}
      </Loaded>
    </Page>
  );
}
