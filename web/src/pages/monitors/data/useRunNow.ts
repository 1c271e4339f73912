import { query } from '../../../api/client';
import { failed } from '../../../parts/notify';

/** Has a monitor run now; answers as soon as the run waits for its turn. */
export function useRunNow(uid: string) {
  const start = query.useMutation('post', '/monitors/{uid}/run');
  const run = (begun?: (id: string) => void) =>
    start.mutate(
      { params: { path: { uid }, query: { async: true } } },
      {
        onSuccess: ({ run }) => begun?.(run.info.jobId),
        onError: (error) => failed('Could not start a run', error),
      },
    );
  return { run, isStarting: start.isPending };
}
