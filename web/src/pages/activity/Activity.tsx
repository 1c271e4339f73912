import { Button } from '@mantine/core';
import { Activity as ActivityIcon, ArrowUp } from 'lucide-react';
import { useMemo } from 'react';
import { query } from '../../api/client';
import { More } from '../../parts/More';
import { Page } from '../../parts/Page';
import { Empty, Loaded, NoMatch } from '../../parts/States';
import { useAddress } from '../../parts/search';
import { useHeld } from '../../parts/useHeld';
import { startOf } from '../../words/day';
import { whole } from '../../words/numbers';
import styles from './activity.module.css';
import { Feed, FeedOutline } from './Feed';
import { Filters } from './Filters';
import { useScrolled } from './useScrolled';

const FILTERS = ['workspace', 'collection', 'user', 'model', 'since'] as const;

/** What was done in the team, as a colleague would tell it. */
export function Activity() {
  const [address, change] = useAddress();
  const { workspace, collection, user, model } = address;
  const since = startOf(address['since']);
  const asked = query.useInfiniteQuery(
    'get',
    '/activities',
    { params: { query: { workspace, collection, user: user ? Number(user) : undefined, model, limit: 50 } } },
    {
      pageParamName: 'cursor',
      initialPageParam: null,
      getNextPageParam: (page) => page.meta.nextCursor ?? undefined,
    },
  );
  // Newest first: what is older than `since` is at the end, and nothing behind it is newer.
  const [lines, isWhole] = useMemo(() => {
    const all = asked.data?.pages.flatMap((page) => page.activities);
    const wanted = since ? all?.filter((line) => line.createdAt >= since) : all;
    return [wanted, wanted?.length !== all?.length];
  }, [asked.data, since]);
  const list = FILTERS.map((name) => address[name]).join(' ');
  const { shown, waiting, fresh, show } = useHeld(lines, { id, hold: useScrolled(), list });
  const isFiltered = FILTERS.some((name) => address[name]);
  const clear = () => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  const up = () => {
    show();
    window.scrollTo({ top: 0 });
  };
  return (
    <Page title="Activity" sub="What was done, by whom, and what it changed.">
      <Filters isFiltered={isFiltered} clear={clear} />
      <Loaded what="the activity" of={asked} skeleton={<FeedOutline />}>
        {() =>
          shown.length > 0 ? (
            <>
              {waiting.length > 0 && (
                <div className={styles.held}>
                  <Button size="xs" radius="xl" leftSection={<ArrowUp size={14} aria-hidden />} onClick={up}>
                    {whole(waiting.length)} new
                  </Button>
                </div>
              )}
              <Feed lines={shown} fresh={fresh} />
              {!isWhole && <More of={asked} />}
            </>
          ) : (
            <div className="card">
              {isFiltered ? (
                <NoMatch what="changes" clear={clear} />
              ) : (
                <Empty icon={ActivityIcon} title="Nothing has been done yet">
                  Every change to a collection, an environment, a monitor or the team is told here.
                </Empty>
              )}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

const id = (line: { id: string }) => line.id;
