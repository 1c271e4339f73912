import { SegmentedControl, Select, Skeleton, Switch } from '@mantine/core';
import { useMemo } from 'react';
import { ClearFilters } from '../../../parts/Filter';
import { stateOf } from '../../../parts/Pill';
import type { Search } from '../../../parts/search';
import { Failed, NoMatch } from '../../../parts/States';
import { many } from '../../../words/numbers';
import { columnOf, needsTimes, valueOf, type Column } from '../chart/columns';
import { RequestLanes } from '../chart/RequestLanes';
import { RunChart } from '../chart/RunChart';
import { RunTable } from '../chart/RunTable';
import { FORMULAS, MEASURES, type Formula } from '../data/figures';
import { RANGES, type Range } from '../data/ranges';
import { isOver, TRIGGERS, type Run } from '../data/run';
import { MOST_LOOKED_INTO, useRequestNames, useRequestTimes } from '../data/useRun';
import css from './detail.module.css';
import { GoToDate } from './GoToDate';
import { Legend } from './Legend';

const CLEAR: Search = {
  request: undefined,
  type: undefined,
  result: undefined,
  formula: undefined,
  at: undefined,
};

interface ChartCardProps {
  uid: string;
  /** Those of the stretch that fit the filters, the oldest first. */
  runs: Run[];
  /** Whether there are more in the stretch than were read. */
  hasMore: boolean;
  /** How many there are in the stretch, whatever the filters. */
  all: number;
  /** Whether it has ever run. */
  hasRun: boolean;
  range: Range;
  formula: Formula;
  address: Search;
  change: (change: Search) => void;
  selected: string | undefined;
  select: (id: string) => void;
}

/** The runs of a stretch as a picture, with what is shown of them. */
export function ChartCard(props: ChartCardProps) {
  const { runs, address, change, range, formula } = props;
  const view = address['view'] === 'requests' ? 'requests' : 'summary';
  const asTable = address['table'] === '1' && view === 'summary';
  const request = address['request'];
  const byRequest = view === 'requests' || needsTimes(formula, request);
  const looked = useRequestTimes(props.uid, runs, byRequest);
  const requests = useRequestNames(looked.times);
  // Only the newest are looked into: others have no value of this kind.
  const shown = byRequest ? runs.slice(-MOST_LOOKED_INTO) : runs;
  const columns = useMemo(
    () => shown.map((run) => columnOf(run, valueOf(run, formula, request, looked.times.get(run.info.jobId)))),
    [shown, formula, request, looked.times],
  );
  const isFiltered = Object.keys(CLEAR).some((name) => address[name] !== undefined);
  const measure = request === undefined ? MEASURES[formula] : 'Response time';
  return (
    <section className={`card ${css['chart-card']}`} aria-label="Run history">
      <div className={css['controls']}>
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={view}
          onChange={(value) => change({ view: value === 'summary' ? undefined : value })}
          data={[
            { value: 'summary', label: 'Summary' },
            { value: 'requests', label: 'Individual requests' },
          ]}
        />
        <span className="row wrap push">
          <SegmentedControl
            size="xs"
            aria-label="Stretch of time"
            value={range}
            onChange={(value) => change({ range: value })}
            data={Object.keys(RANGES).map((value) => ({ value, label: RANGE_LABELS[value as Range] }))}
          />
          <GoToDate at={address['at']} go={(at) => change({ at, run: undefined })} />
        </span>
      </div>
      <div className={css['controls']}>
        <Choice
          label="Request"
          value={request}
          set={(value) => change({ request: value })}
          data={[['', 'All requests'], ...requests.map((name) => [name, name] as const)]}
          searchable
        />
        <Choice
          label="Type"
          value={address['type']}
          set={(value) => change({ type: value })}
          data={[['', 'Type: all'], ...Object.entries(TRIGGERS)]}
        />
        <Choice
          label="Result"
          value={address['result']}
          set={(value) => change({ result: value })}
          data={[['', 'Result: all'], ...RESULTS]}
        />
        <Choice
          label="Formula"
          value={formula}
          set={(value) => change({ formula: value === 'avg' ? undefined : value })}
          data={Object.entries(FORMULAS)}
        />
        {isFiltered && <ClearFilters clear={() => change(CLEAR)} />}
        {view === 'summary' && (
          <Switch
            size="xs"
            className="push"
            label="Show as table"
            checked={asTable}
            onChange={(event) => change({ table: event.currentTarget.checked ? '1' : undefined })}
          />
        )}
      </div>
      <Picture
        {...props}
        columns={columns}
        shown={shown}
        // A run that comes in later is filled in where it stands.
        isLoading={byRequest && looked.isPending && 2 * looked.times.size < shown.length}
        error={byRequest ? looked.error : undefined}
        requests={requests.filter((name) => request === undefined || name === request)}
        times={looked.times}
        measure={measure}
        view={asTable ? 'table' : view}
      />
      {columns.length > 0 && (
        <Legend view={view} measure={measure} columns={columns}>
          {countWords(props, columns.length, byRequest)}
        </Legend>
      )}
    </section>
  );
}

const RESULTS = ['success', 'failure', 'error', 'abort'].map((name) => [name, stateOf(name).label] as const);
const RANGE_LABELS: Record<Range, string> = { '24h': '24 h', '7d': '7 d', '30d': '30 d', all: 'All' };

/** "60 runs", and which they are where they aren't all. */
function countWords({ runs, hasMore }: ChartCardProps, shown: number, byRequest: boolean): string {
  if (byRequest && runs.length > shown) return `the newest ${shown} of ${many(runs.length, 'run')}`;
  const over = runs.every(isOver) ? '' : ', one under way';
  return hasMore ? `the newest ${many(shown, 'run')}` : `${many(shown, 'run')}${over} · each bar is one run`;
}

interface PictureProps extends ChartCardProps {
  isLoading: boolean;
  columns: Column[];
  shown: Run[];
  error: unknown;
  requests: string[];
  times: ReturnType<typeof useRequestTimes>['times'];
  measure: string;
  view: 'summary' | 'requests' | 'table';
}

function Picture(props: PictureProps) {
  const { columns, selected, select, measure, view, all, hasRun, address } = props;
  if (props.error) return <Failed what="the requests of these runs" error={props.error} />;
  if (props.isLoading) return <Skeleton h={266} radius="md" />;
  if (columns.length === 0)
    return (
      <div className={css['no-runs']}>
        {all > 0 ? (
          <NoMatch what="runs" clear={() => props.change(CLEAR)} />
        ) : (
          <div className="state">
            <strong>
              {address['at'] ? 'No runs around this date' : !hasRun ? 'No runs yet' : 'No runs in this time'}
            </strong>
            <p>
              {address['at']
                ? 'Go to another date, or look at a longer stretch.'
                : !hasRun
                  ? 'Each run becomes a bar here.'
                  : 'Look at a longer stretch, or run the monitor now.'}
            </p>
          </div>
        )}
      </div>
    );
  if (view === 'table')
    return (
      <RunTable columns={columns} runs={props.shown} measure={measure} selected={selected} select={select} />
    );
  if (view === 'requests')
    return (
      <RequestLanes
        columns={columns}
        requests={props.requests}
        times={props.times}
        formula={props.formula}
        selected={selected}
        select={select}
      />
    );
  return <RunChart columns={columns} selected={selected} select={select} measure={measure} />;
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  set: (value: string | undefined) => void;
  data: (readonly [string, string])[];
  searchable?: boolean;
}

const Choice = ({ label, value, set, data, searchable = false }: ChoiceProps) => (
  <Select
    size="xs"
    className={css['filter'] ?? ''}
    aria-label={label}
    searchable={searchable}
    value={value ?? ''}
    onChange={(it) => set(it || undefined)}
    data={data.map(([value, label]) => ({ value, label }))}
    comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
  />
);
