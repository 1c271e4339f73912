import { Button, Kbd, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowUp, Zap } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useMay } from '../../api/session';
import { useAddress } from '../../parts/search';
import { Empty, Lines, Loaded, NoMatch } from '../../parts/States';
import { useHeld } from '../../parts/useHeld';
import { Bulk } from './Bulk';
import styles from './deliveries.module.css';
import inDetail from './detail.module.css';
import { DeliveryDetail } from './DeliveryDetail';
import { filterOf, isFiltered } from './filter';
import { Filters } from './Filters';
import { Grid } from './Grid';
import type { Row } from './rows';
import { useAct } from './useAct';
import { useFill } from './useFill';
import { useListKeys } from './useListKeys';
import { usePicked } from './usePicked';
import { useRows } from './useRows';
import { useTold } from './useTold';

/** As many rows as a read from the top brings. */
const HEAD = 80;
const NO_ROWS: Row[] = [];

/** Deliveries, of one integration or of all: filters, the list and what is open, side by side. */
export function DeliveryList({ integration }: { integration?: string }) {
  const [address, change] = useAddress();
  const asked = JSON.stringify(filterOf(address, integration));
  const filter = useMemo(() => JSON.parse(asked) as ReturnType<typeof filterOf>, [asked]);
  const isWide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const id = address['id'];
  const isReplaced = !isWide && id !== undefined;
  const open = useOpen(isWide || isReplaced);

  const scroll = useRef<HTMLDivElement>(null);
  const first = useRef(0);
  const [isScrolled, setScrolled] = useState(false);
  const [hasPicked, setPicked] = useState(false);
  const hold = isScrolled || hasPicked || id !== undefined;

  const shownRows = useRef(NO_ROWS);
  const list = useRows(filter, {
    isHeld: () => hold,
    above: () => (first.current > HEAD ? shownRows.current[first.current - 20]?.id : undefined),
  });
  const name = list.isOld ? `${asked} old` : asked;
  const held = useHeld(list.rows, { id: (row) => row.id, hold, list: name });
  const rows = held.shown;
  shownRows.current = rows;
  const picked = usePicked(rows);
  const count = picked.picked.length;
  useEffect(() => setPicked(count > 0), [count]);
  const said = useTold(list.rows, name);

  // Where there is room the newest one is open until somebody chooses, and stays so while newer ones come.
  const [newest, setNewest] = useState<{ list: string; id: string }>();
  const top = rows[0]?.id;
  useEffect(() => {
    if (top && newest?.list !== name) setNewest({ list: name, id: top });
  }, [top, name, newest]);
  // Without that room the keys only point, until one is opened.
  const [cursor, point] = useState(id);
  const start = newest?.list === name ? newest.id : undefined;
  const current = id ?? (isWide ? start : cursor);
  useEffect(() => point(id ?? cursor), [id, cursor]);
  const [detail] = useDebouncedValue(current, 80);

  const { act } = useAct();
  const may = useMay('editor');
  const press = useListKeys({
    rows,
    current,
    isWide,
    picked,
    open,
    move: isWide || isReplaced ? open : point,
    more: list.hasMore ? list.more : undefined,
    close: () => open(undefined),
    redeliver: (id) => may && act.mutate({ verb: 'redeliver', ids: [id] }),
  });
  const place = useFill<HTMLDivElement>();

  const news = held.waiting.length;
  const waiting = list.isBehind ? 'Many new' : news > 0 ? `${news} new` : undefined;
  const showWaiting = () => {
    if (list.isBehind) list.anew();
    held.show();
    scroll.current?.scrollTo({ top: 0 });
  };
  return (
    <>
      {!isReplaced && <Filters filter={filter} change={change} integration={integration} />}
      <div ref={place} className={styles.split} data-open={isReplaced || undefined}>
        {!isReplaced && (
          <section
            className={`card ${styles.list}`}
            aria-label="List of deliveries"
            data-old={list.isOld || undefined}
          >
            <Loaded what="the deliveries" of={list.asked} skeleton={<Lines count={8} height={44} />}>
              {() =>
                rows.length === 0 && !list.hasMore ? (
                  isFiltered(filter, integration) ? (
                    <NoMatch what="deliveries" clear={() => change(CLEAR)} />
                  ) : (
                    <None integration={integration} />
                  )
                ) : (
                  <Grid
                    rows={rows}
                    list={name}
                    current={current}
                    picked={picked}
                    fresh={held.fresh}
                    open={open}
                    press={press}
                    news={
                      waiting && (
                        <Button
                          size="compact-xs"
                          radius="xl"
                          leftSection={<ArrowUp size={13} aria-hidden />}
                          onClick={showWaiting}
                        >
                          {waiting}
                        </Button>
                      )
                    }
                    bulk={<Bulk rows={picked.picked} clear={picked.none} />}
                    onScroll={(top, at) => {
                      first.current = at;
                      setScrolled(top > 4);
                    }}
                    end={{
                      looked: list.looked,
                      hasMore: list.hasMore,
                      isMore: list.isMore,
                      error: list.moreError,
                      more: list.more,
                    }}
                    scroll={scroll}
                  />
                )
              }
            </Loaded>
          </section>
        )}
        {(isWide || isReplaced) && (
          <div className={inDetail.pane} data-wide={isWide || undefined}>
            {isReplaced && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                mb={8}
                leftSection={<ArrowLeft size={15} aria-hidden />}
                onClick={() => open(undefined)}
              >
                All deliveries
              </Button>
            )}
            {detail && (isWide ? current : id) ? (
              <DeliveryDetail key={detail} id={detail} row={rows.find((row) => row.id === detail)} />
            ) : (
              <Nothing />
            )}
          </div>
        )}
      </div>
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
    </>
  );
}

const CLEAR = { status: '', event: '', integration: '', q: '', since: '', until: '' };

/** Opens a delivery beside the list, or instead of it where there is no room; then the way back is the browser's too. */
function useOpen(replaces: boolean) {
  const navigate = useNavigate();
  return useMemo(
    () => (id: string | undefined) =>
      void navigate({
        to: '.',
        replace: replaces || id === undefined,
        resetScroll: false,
        search: (({ id: _old, ...rest }: Record<string, unknown>) => (id ? { ...rest, id } : rest)) as never,
      }),
    [navigate, replaces],
  );
}

const None = ({ integration }: { integration: string | undefined }) => (
  <Empty
    icon={Zap}
    title="No deliveries yet"
    action={
      !integration && (
        <Button renderRoot={(props) => <Link {...props} to={'/integrations' as never} />}>
          See the integrations
        </Button>
      )
    }
  >
    {integration
      ? 'They come when what this integration tells of happens. A test makes one at once.'
      : 'They come when something happens that an integration tells of. A test from an integration makes one at once.'}
  </Empty>
);

const Nothing = () => (
  <div className="card state" style={{ minHeight: '100%' }}>
    <strong>Nothing is open</strong>
    <p>Choose a delivery to see what was sent, and what came back.</p>
    <div className={`small dimmed ${styles.hint}`}>
      <Kbd size="xs">J</Kbd> <Kbd size="xs">K</Kbd> move <Kbd size="xs">X</Kbd> selects <Kbd size="xs">R</Kbd>{' '}
      redelivers <Kbd size="xs">E</Kbd> next failure
    </div>
  </div>
);
