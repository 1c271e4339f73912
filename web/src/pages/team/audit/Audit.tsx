import { Select, Tooltip } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { query } from '../../../api/client';
import { ClearFilters, DayFilter } from '../../../parts/Filter';
import { More } from '../../../parts/More';
import { Empty, Loaded, NoMatch } from '../../../parts/States';
import { useAddress } from '../../../parts/search';
import { usePeople } from '../../../parts/useTeam';
import { startOf } from '../../../words/day';
import { exact } from '../../../words/time';
import styles from '../team.module.css';
import { browserOf } from './browser';

const FILTERS = ['action', 'user', 'since', 'until'] as const;

/** Who came in, and who gave whom which rights. Nothing deletes a line. */
export function Audit() {
  const [address, change] = useAddress();
  const { action, user, since, until } = address;
  const { people } = usePeople();
  const actions = query.useQuery('get', '/audit-actions').data ?? [];
  const asked = query.useInfiniteQuery(
    'get',
    '/audit/logs',
    {
      params: {
        query: {
          action,
          userId: user ? Number(user) : undefined,
          since: startOf(since),
          until: startOf(until, 1),
          limit: 50,
        },
      },
    },
    {
      pageParamName: 'cursor',
      initialPageParam: null,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    },
  );
  const isFiltered = FILTERS.some((name) => address[name]);
  const clear = () => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  return (
    <>
      <div className="toolbar" role="search" aria-label="Filter the audit log">
        <Select
          size="xs"
          w={210}
          aria-label="Any action"
          placeholder="Any action"
          clearable
          searchable
          data={actions.map(({ name, displayName }) => ({ value: name, label: displayName }))}
          value={action ?? null}
          onChange={(value) => change({ action: value ?? undefined })}
        />
        <Select
          size="xs"
          w={170}
          aria-label="Anybody"
          placeholder="Anybody"
          clearable
          data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={user ?? null}
          onChange={(value) => change({ user: value ?? undefined })}
        />
        <DayFilter name="since" label="From" />
        <DayFilter name="until" label="To" />
        {isFiltered && <ClearFilters clear={clear} />}
      </div>
      <div className="card">
        <Loaded what="the audit log" of={asked}>
          {({ pages }) => {
            const trails = pages.flatMap((page) => page.trails);
            if (trails.length === 0)
              return isFiltered ? (
                <NoMatch what="lines" clear={clear} />
              ) : (
                <Empty icon={ShieldCheck} title="The log is empty">
                  Who signs in, and who gives whom which rights, is told here for good.
                </Empty>
              );
            return (
              <>
                <div className="table-region" role="region" aria-label="Audit log" tabIndex={0}>
                  <table className={`table ${styles.table}`} style={{ minWidth: 860 }}>
                    <thead>
                      <tr>
                        <th scope="col" style={{ width: 192 }}>
                          Time
                        </th>
                        <th scope="col">What</th>
                        <th scope="col" style={{ width: 200 }}>
                          Action
                        </th>
                        <th scope="col" style={{ width: 210 }}>
                          From
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {trails.map((trail) => (
                        <tr key={trail.id}>
                          <td className="number">
                            <time dateTime={trail.timestamp}>{exact(trail.timestamp)}</time>
                          </td>
                          <td style={{ overflowWrap: 'anywhere' }}>{trail.message}</td>
                          <td className="mono clip">{trail.action}</td>
                          <td>
                            <Tooltip label={trail.userAgent || 'Unknown'} multiline maw={420}>
                              <span>
                                <span className="mono">{trail.ip || '—'}</span>
                                <span className="clip dimmed small" style={{ display: 'block' }}>
                                  {browserOf(trail.userAgent)}
                                </span>
                              </span>
                            </Tooltip>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
                <More of={asked} />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}
