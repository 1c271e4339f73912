import { useMutation } from '@tanstack/react-query';
import { api, query } from '../../api/client';
import { told } from '../../parts/notify';
import { Sure } from '../../parts/Sure';
import { many } from '../../words/numbers';
import { kindOf } from '../../words/kinds';
import { useHealths } from './health';
import type { IntegrationView } from './standing';

interface DeleteDialogProps {
  of: IntegrationView[];
  close: () => void;
  /** After all of them are gone. */
  done?: (() => unknown) | undefined;
}

/** So many names are listed; of the rest the number is told. */
const MOST_NAMES = 6;

/** Asks before integrations are deleted, and names what is lost with them. */
export function DeleteDialog({ of, close, done }: DeleteDialogProps) {
  const ids = new Set(of.map(({ id }) => id));
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
  const healths = useHealths().data?.health.filter(({ integrationId }) => ids.has(integrationId)) ?? [];
  const waiting = healths.reduce((sum, { pending, held }) => sum + pending + held, 0);
  const least = healths.some(({ partial }) => partial) ? 'at least ' : '';
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
          {waiting > 0 && (
            <>
              , and{' '}
              <strong>
                {least}
                {many(waiting, 'delivery that waits', 'deliveries that wait')} to be sent
              </strong>
            </>
          )}
          . What has been delivered can still be read{days ? ` for ${many(days, 'day')}` : ''}.
        </div>
      </div>
    </Sure>
  );
}
