import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Download, Ellipsis, FileJson, Timer, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api, query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { save } from '../../../parts/Body';
import { failed, told } from '../../../parts/notify';

const DeleteDialog = lazy(() => import('./DeleteDialog'));

/** What can be done with a collection as a whole. */
export function CollectionMenu({
  uid,
  name,
  isSmall = false,
}: {
  uid: string;
  name: string;
  isSmall?: boolean;
}) {
  const [deleting, setDeleting] = useState(false);
  const mayEdit = useMay('editor');
  const navigate = useNavigate();
  const duplicate = query.useMutation('post', '/collections/{uid}/duplicates');
  const copy = () =>
    duplicate.mutate(
      { params: { path: { uid } }, body: {} },
      {
        onSuccess: ({ task }) => {
          const made = task.details.resources[0]?.id;
          told(`Made a copy of ${name}`);
          if (made) void navigate({ to: '/collections/$uid', params: { uid: made } as never });
        },
        onError: (error) => failed('Could not duplicate it', error),
      },
    );
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon
            {...(isSmall ? {} : { size: 36, variant: 'default' })}
            aria-label={isSmall ? `More for ${name}` : 'More for this collection'}
          >
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => void exportPostman(uid, name)}
          >
            Export as Postman JSON
          </Menu.Item>
          <Menu.Item
            leftSection={<FileJson size={14} aria-hidden />}
            onClick={() => void exportOpenApi(uid, name)}
          >
            Export as OpenAPI
          </Menu.Item>
          {mayEdit && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<Copy size={14} aria-hidden />} onClick={copy}>
                Duplicate
              </Menu.Item>
              <Menu.Item
                leftSection={<Timer size={14} aria-hidden />}
                onClick={() => void navigate({ to: '/monitors/new', search: { collection: uid } as never })}
              >
                Monitor it
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<Trash2 size={14} aria-hidden />}
                onClick={() => setDeleting(true)}
              >
                Delete collection
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {deleting && <DeleteDialog uid={uid} name={name} close={() => setDeleting(false)} />}
      </Suspense>
    </>
  );
}

async function exportPostman(uid: string, name: string) {
  try {
    const { data } = await api.GET('/collections/{uid}', { params: { path: { uid } } });
    save(fileName(name, 'postman_collection.json'), JSON.stringify(data!.collection, null, 2));
  } catch (error) {
    failed('Could not export it', error);
  }
}

async function exportOpenApi(uid: string, name: string) {
  try {
    const { data } = await api.GET('/collections/{uid}/transformations', { params: { path: { uid } } });
    save(fileName(name, 'openapi.json'), data!.output);
  } catch (error) {
    failed('Could not export it', error);
  }
}

const fileName = (name: string, end: string) =>
  `${name.replace(/[^\p{L}\p{N} ._-]+/gu, '_').slice(0, 80)}.${end}`;
