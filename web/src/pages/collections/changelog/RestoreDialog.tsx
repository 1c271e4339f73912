import { Alert, Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, query } from '../../../api/client';
import { Lines, Loaded, Refusal } from '../../../parts/States';
import { isOutdated, versionOf } from '../document/kept';
import { Summary } from './Changes';
import style from './changelog.module.css';
import { inverted } from './groups';
import { comingWords } from './words';

interface RestoreDialogProps {
  uid: string;
  version: number;
  latest: number;
  close: () => void;
  done: (version: number) => void;
}

/** Shows what going back to a version would change, and goes back. */
export default function RestoreDialog({ uid, version, latest, close, done }: RestoreDialogProps) {
  const since = query.useQuery('get', '/collections/{uid}/versions/{number}/changes', {
    params: { path: { uid, number: latest }, query: { from: version } },
  });
  const back = useMemo(() => since.data && inverted(since.data.changes), [since.data]);
  const restore = useMutation({
    mutationFn: async () => {
      const { response } = await api.POST('/collections/{uid}/restore', {
        // Only what was shown is undone: not what somebody does in the meantime.
        params: { path: { uid }, header: { 'If-Match': `"${latest}"` } },
        body: { restore: { version } },
      });
      return versionOf(response.headers.get('etag') ?? undefined);
    },
    onSuccess: done,
  });
  const outdated = isOutdated(restore.error);
  return (
    <Modal opened onClose={close} title={`Restore version ${version}?`} size="lg">
      <div className="stack">
        <p className="small dimmed" style={{ margin: 0 }}>
          The collection becomes what it was. That is a change like any other: it makes version {latest + 1},
          and nothing is lost.
        </p>
        <div className={style.preview}>
          <Loaded
            what="what would change"
            of={{ ...since, data: back }}
            skeleton={<Lines count={3} height={24} />}
          >
            {(changes) =>
              changes.length === 0 ? (
                <div className="small dimmed" style={{ padding: 14 }}>
                  Nothing would change that people see.
                </div>
              ) : (
                <Summary changes={changes} words={comingWords} />
              )
            }
          </Loaded>
        </div>
        {outdated ? (
          <Alert color="yellow" variant="light" role="alert" title="Somebody has changed it meanwhile">
            Close this and look at what is new before you restore.
          </Alert>
        ) : (
          <Refusal of={restore} />
        )}
        <div className="row">
          <Button className="push" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            onClick={() => restore.mutate()}
            disabled={!back || outdated}
            loading={restore.isPending}
            data-autofocus
          >
            Restore
          </Button>
        </div>
      </div>
    </Modal>
  );
}
