import { useMutation, useQueries } from '@tanstack/react-query';
import { api, query } from '../../api/client';
import { told } from '../../parts/notify';
import { Sure } from '../../parts/Sure';
import { many } from '../../words/numbers';
import { kindOf } from '../../words/kinds';
import type { IntegrationView } from './standing';

interface DeleteDialogProps {
  of: IntegrationView[];
  close: () => void;
  /** After all of them are gone. */
  done?: (() => unknown) | undefined;
}

/** So many names are listed; of the rest the number is told. */
const MOST_NAMES = 6;
/** So many deliveries that wait are counted exactly. */
const PAGE = 100;

/** Asks before integrations are deleted, and names what is lost with them. */
export function DeleteDialog({ of, close, done }: DeleteDialogProps) {
  const remove = useMutation({
    mutationFn: async () => {
      for (const { id } of of) await api.DELETE('/integrations/{id}', { params: { path: { id } } });
      // What shows them goes away first: afterwards all that is shown is read again.
      close();
      await done?.();
      await new Promise((next) => setTimeout(next));
    },
    onSuccess: () =>
      told(of.length === 1 ? `Deleted ${of[0]?.name}` : `Deleted ${many(of.length, 'integration')}`),
  });
  const waiting = useWaiting(of);
  const status = query.useQuery('get', '/status', {});
  const days = status.data?.status.keptDays;
  const title = of.length === 1 ? `Delete ${of[0]?.name}?` : `Delete ${many(of.length, 'integration')}?`;
  return (
    <Sure title={title} action="Delete" of={remove} confirm={() => remove.mutate()} close={close}>
      <div className="stack">
        {of.length > 1 && (
          <ul style={{ margin: 0, paddingLeft: 18 }}>
            {of.slice(0, MOST_NAMES).map((it) => (
              <li key={it.id} style={{ overflowWrap: 'anywhere' }}>
                {it.name} <span className="dimmed small">{kindOf(it.event).short}</span>
              </li>
            ))}
            {of.length > MOST_NAMES && <li>and {many(of.length - MOST_NAMES, 'more', 'more')}</li>}
          </ul>
        )}
        <div>
          Lost for good:{' '}
          {of.length === 1 ? 'its settings and its signing secret' : 'their settings and signing secrets'}
          {waiting && (waiting.count > 0 || waiting.more) && (
            <>
              , and <strong>{waitingWords(waiting)}</strong>
            </>
          )}
          . What has been delivered can still be read{days ? ` for ${many(days, 'day')}` : ''}.
        </div>
      </div>
    </Sure>
  );
}

const waitingWords = ({ count, more }: { count: number; more: boolean }) =>
  more
    ? `more than ${count} deliveries that wait to be sent`
    : count === 1
      ? '1 delivery that waits to be sent'
      : `${count} deliveries that wait to be sent`;

/** How many deliveries would be cancelled. */
function useWaiting(of: IntegrationView[]): { count: number; more: boolean } | undefined {
  return useQueries({
    queries: of.slice(0, 20).flatMap(({ id }) =>
      (['scheduled', 'held'] as const).map((status) => ({
        queryKey: ['get', '/integrations/{id}/deliveries', { id, status, count: PAGE }],
        queryFn: async () => {
          const params = { path: { id }, query: { status, limit: PAGE } };
          const { data } = await api.GET('/integrations/{id}/deliveries', { params });
          return { count: data!.deliveries.length, more: data!.meta.nextCursor != null };
        },
      })),
    ),
    combine: (answers) => {
      if (answers.some(({ data }) => !data)) return undefined;
      return answers.reduce(
        (sum, { data }) => ({ count: sum.count + data!.count, more: sum.more || data!.more }),
        { count: 0, more: of.length > 20 },
      );
    },
  });
}
