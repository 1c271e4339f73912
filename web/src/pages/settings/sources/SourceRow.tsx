import { ActionIcon, Button, Menu } from '@mantine/core';
import { Ellipsis, FolderGit2, Globe, Library, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../../api/client';
import { sentence } from '../../../api/errors';
import { Copy } from '../../../parts/Copy';
import { Pill } from '../../../parts/Pill';
import { Sure } from '../../../parts/Sure';
import { When } from '../../../parts/When';
import { failed, told } from '../../../parts/notify';
import { SourceForm } from './SourceForm';
import { SourceItems } from './SourceItems';
import { OFTEN, placeOf, type Source } from './place';

const ICONS = { url: Globe, directory: FolderGit2, postman: Library };

interface RowProps {
  source: Source;
  canEdit: boolean;
  /** Somebody has asked for a look. */
  synced: () => void;
}

/** One source: how the last look went, when the next one is. */
export function SourceRow({ source, canEdit, synced }: RowProps) {
  const { id, name } = source;
  const [opened, open] = useState<'items' | 'edit' | 'delete'>();
  const sync = query.useMutation('post', '/sources/{id}/sync');
  const remove = query.useMutation('delete', '/sources/{id}');
  const Icon = ICONS[source.type as keyof typeof ICONS] ?? Globe;
  const place = placeOf(source);
  const close = () => open(undefined);
  return (
    <>
      <tr>
        <td style={{ height: 52 }}>
          <span className="row" style={{ gap: 12 }}>
            <span className="kind" aria-hidden>
              <Icon size={16} />
            </span>
            <span style={{ minWidth: 0, flex: 1 }}>
              <span className="clip" style={{ display: 'block', fontWeight: 550 }} title={name}>
                {name}
              </span>
              <span className="row" style={{ gap: 2 }}>
                <span className="mono clip dimmed" title={place}>
                  {place}
                </span>
                <Copy value={place} label={`Copy where ${name} looks`} />
              </span>
            </span>
          </span>
        </td>
        <td>
          <State status={source.status} />
        </td>
        <td>
          <When at={source.checkedAt} />
        </td>
        <td>
          {source.every > 0 ? (
            <When at={source.nextCheckAt} />
          ) : (
            <span className="dimmed small">{often(0)}</span>
          )}
        </td>
        <td>
          <span className="row" style={{ justifyContent: 'flex-end', gap: 4 }}>
            {canEdit && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Sync now: ${name}`}
                leftSection={<RefreshCw size={14} aria-hidden />}
                loading={sync.isPending}
                onClick={() =>
                  sync.mutate(
                    { params: { path: { id } } },
                    {
                      onSuccess: () => {
                        synced();
                        told(`Looking at ${name}`);
                      },
                      onError: (error) => failed('Could not look at it', error),
                    },
                  )
                }
              >
                Sync now
              </Button>
            )}
            <Menu width={200}>
              <Menu.Target>
                <ActionIcon aria-label={`Actions of ${name}`}>
                  <Ellipsis size={16} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<Library size={15} />} onClick={() => open('items')}>
                  What came from it
                </Menu.Item>
                {canEdit && (
                  <>
                    <Menu.Item leftSection={<Pencil size={15} />} onClick={() => open('edit')}>
                      Edit
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={() => open('delete')}>
                      Delete
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
          </span>
          {opened === 'items' && <SourceItems source={source} close={close} />}
          {opened === 'edit' && (
            <SourceForm
              source={source}
              close={close}
              done={() => {
                close();
                synced();
              }}
            />
          )}
          {opened === 'delete' && (
            <Sure
              title={`Delete the source ${name}?`}
              action="Delete source"
              of={remove}
              confirm={() =>
                remove.mutate(
                  { params: { path: { id } } },
                  {
                    onSuccess: () => {
                      close();
                      told(`Deleted the source ${name}`);
                    },
                  },
                )
              }
              close={close}
            >
              What came from it stays, and can be changed here from then on.
            </Sure>
          )}
        </td>
      </tr>
      {source.error && (
        <tr>
          <td colSpan={5} style={{ overflowWrap: 'anywhere', paddingLeft: 58 }}>
            <span className="bad-text">{sentence(source.error)}</span>{' '}
            <span className="dimmed small">
              Failing since <When at={source.failingSince} />; nothing was changed here.
            </span>
          </td>
        </tr>
      )}
    </>
  );
}

const State = ({ status }: { status: string }) =>
  status === 'failing' ? (
    <Pill state="failing" />
  ) : status === 'ok' ? (
    <Pill state="healthy" label="In step" />
  ) : (
    <Pill state="queued" label="Waiting" />
  );

const often = (every: number) =>
  OFTEN.find(({ value }) => value === String(every))?.label ?? `Every ${every} s`;
