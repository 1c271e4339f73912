import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Trash2, Undo2 } from 'lucide-react';
import { query, type Shape } from '../../../api/client';
import { failed, told } from '../../../parts/notify';
import { Empty, Lines, Loaded, type Asked } from '../../../parts/States';
import { ACTIONS, Table } from '../../../parts/Table';
import { When } from '../../../parts/When';
import { whole } from '../../../words/numbers';
import { useNames } from '../useNames';
import style from './list.module.css';

/** Collections that were deleted, as long as they are kept. */
export function Deleted({ of, mayEdit }: { of: Asked<Shape['DeletedList']>; mayEdit: boolean }) {
  const names = useNames();
  const navigate = useNavigate();
  const restore = query.useMutation('post', '/deleted-collections/{uid}/restore');
  const giveBack = (uid: string, name: string) =>
    restore.mutate(
      { params: { path: { uid } } },
      {
        onSuccess: ({ collection }) => {
          told(`${name} is back`);
          void navigate({ to: '/collections/$uid', params: { uid: collection.uid } as never });
        },
        onError: (error) => failed('Could not give it back', error),
      },
    );
  return (
    <div className="card">
      <Loaded what="the deleted collections" of={of} skeleton={<Lines count={3} height={40} />}>
        {({ collections }) =>
          collections.length === 0 ? (
            <Empty icon={Trash2} title="Nothing was deleted">
              What is deleted is kept here for a while, with all its versions. Its monitors do not come back.
            </Empty>
          ) : (
            <Table
              label="Deleted collections"
              columns={[
                { name: 'Name' },
                { name: 'Deleted by' },
                { name: 'Deleted' },
                { name: 'Versions', isEnd: true },
                ACTIONS,
              ]}
            >
              {collections.map((it) => (
                <tr key={it.uid}>
                  <td className={style.name}>
                    <div className={style.clip} title={it.name}>
                      {it.name}
                    </div>
                  </td>
                  <td>{names.of(it.deletedBy)}</td>
                  <td>
                    <When at={it.deletedAt} />
                  </td>
                  <td className="end number">{whole(it.version)}</td>
                  <td className="end">
                    {mayEdit && (
                      <Button
                        size="xs"
                        variant="default"
                        leftSection={<Undo2 size={14} aria-hidden />}
                        loading={restore.isPending && restore.variables?.params.path.uid === it.uid}
                        onClick={() => giveBack(it.uid, it.name)}
                        aria-label={`Give ${it.name} back`}
                      >
                        Give back
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Loaded>
    </div>
  );
}
