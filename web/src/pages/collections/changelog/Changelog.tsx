import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Page } from '../../../parts/Page';
import { useAddress } from '../../../parts/search';
import { Empty, Lines, Loaded } from '../../../parts/States';
import { useKeys } from '../../../shell/keys';
import style from './changelog.module.css';
import { groupsOf, pick } from './groups';
import { logQuery } from './logQuery';
import { VersionDetail } from './VersionDetail';
import { VersionList } from './VersionList';

/** What was done to a collection, by whom and when, each change with its difference; and back to how it was. */
export default function Changelog() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  const [address, go] = useAddress();
  const mayEdit = useMay('editor');
  const versions = query.useQuery('get', '/collections/{uid}/versions', {
    params: { path: { uid }, query: { limit: 1 } },
  });
  const summaries = query.useQuery('get', '/collections');
  const name = summaries.data?.collections.find((it) => it.uid === uid || it.id === uid)?.name;
  const log = useInfiniteQuery(logQuery(uid));
  const groups = useMemo(
    () => log.data && groupsOf(log.data.pages.flatMap((page) => page.changelog)),
    [log.data],
  );
  const chosen = groups && pick(groups, address['version']);
  const choose = (key: string) => go({ version: key });
  const list = useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    if (!groups || groups.length === 0) return;
    const at = chosen ? groups.indexOf(chosen) : -1;
    const next = groups[Math.max(0, Math.min(groups.length - 1, at + by))]!;
    choose(next.key);
    document.getElementById(`version-${next.key}`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const latest = versions.data?.versions[0]?.number;
  return (
    <Page
      title="Changelog"
      crumbs={[
        { label: 'Collections', to: '/collections' },
        { label: shortened(name ?? 'Collection'), to: '/collections/$uid', params: { uid } as never },
      ]}
      sub={
        latest
          ? `Each save is a version, kept for ever. Now at version ${latest}.`
          : 'Each save is a version, kept for ever.'
      }
    >
      <Loaded
        what="the changelog"
        of={{ data: groups, error: log.error, isPending: log.isPending, refetch: log.refetch }}
        skeleton={
          <div className="card">
            <Lines count={6} />
          </div>
        }
      >
        {(all) =>
          all.length === 0 ? (
            <div className="card">
              <Empty icon={History} title="Nothing has changed yet">
                Each save of the collection is listed here, with what it changed.
              </Empty>
            </div>
          ) : (
            <div className={style.whole}>
              <div ref={list} className={`card ${style.list}`}>
                <VersionList groups={all} chosen={chosen} choose={choose} />
                {log.hasNextPage && (
                  <div className={style.more}>
                    <Button
                      size="xs"
                      variant="default"
                      loading={log.isFetchingNextPage}
                      onClick={() => void log.fetchNextPage()}
                    >
                      Show earlier
                    </Button>
                  </div>
                )}
              </div>
              {chosen ? (
                <VersionDetail key={chosen.key} uid={uid} group={chosen} latest={latest} mayEdit={mayEdit} />
              ) : (
                <div className="card">
                  <Empty
                    icon={History}
                    title="This version is not in the list"
                    action={
                      <Button variant="default" component={Link} {...({ to: '.', search: {} } as object)}>
                        Show the newest
                      </Button>
                    }
                  >
                    It may be further back than what is loaded.
                  </Empty>
                </div>
              )}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

const shortened = (name: string) => (name.length > 48 ? `${name.slice(0, 46)}…` : name);
