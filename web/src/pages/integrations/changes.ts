import { query } from '../../api/client';
import { failed, told } from '../../parts/notify';
import type { IntegrationView } from './standing';

type Named = Pick<IntegrationView, 'id' | 'name'>;

/** What is done to an integration with one click, and said in a word. */
export function useSwitch() {
  const pause = query.useMutation('post', '/integrations/{id}/pause');
  const resume = query.useMutation('post', '/integrations/{id}/resume');
  return {
    isPending: pause.isPending || resume.isPending,
    pause: ({ id, name }: Named) =>
      pause.mutate(
        { params: { path: { id } } },
        {
          onSuccess: () => told(`Paused ${name}`),
          onError: (error) => failed(`Could not pause ${name}`, error),
        },
      ),
    resume: ({ id, name }: Named) =>
      resume.mutate(
        { params: { path: { id } }, body: { since: null } },
        {
          onSuccess: () => told(`Resumed ${name}`),
          onError: (error) => failed(`Could not resume ${name}`, error),
        },
      ),
  };
}

/** Whether it sends, or would if it were let. */
export const isActive = (it: IntegrationView) => it.status === 'active';
