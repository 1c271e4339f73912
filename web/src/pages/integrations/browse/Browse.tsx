import { Button, Select, Skeleton } from '@mantine/core';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Find } from '../../../parts/Filter';
import { useAddress, type Search } from '../../../parts/search';
import { Loaded, NoMatch } from '../../../parts/States';
import { useConnectors, type ConnectorEntry } from '../../../parts/useConnectors';
import { byCategory, categoryName } from '../../../words/categories';
import { formOf, pageOf, WEBHOOKS } from '../../../words/connectors';
import { NO_SCOPE, scopeOf } from '../connectors/paths';
import { TOLD } from '../told';
import classes from './browse.module.css';
import { Card, WideCard } from './Cards';
import { Categories } from './Categories';
import { counted, found } from './find';
import { Recipes } from './Recipes';
import { RECIPES } from './recipes';

/** What the catalogue is filtered by, in the address. */
export const NO_BROWSING: Search = {
  q: undefined,
  category: undefined,
  event: undefined,
  ...NO_SCOPE,
};

/** The catalogue: what can be connected, and what it is good for. */
export function Browse() {
  const connectors = useConnectors();
  const integrations = query.useQuery('get', '/integrations', {});
  // What is configured stands on the cards: shown with them, nothing jumps. Without it the catalogue is still of use.
  const of = { ...connectors, data: integrations.isPending ? undefined : connectors.data };
  return (
    <Loaded what="the catalogue" of={of} skeleton={<Outline />}>
      {({ connectors }) => <Catalogue all={connectors} />}
    </Loaded>
  );
}

const Outline = () => (
  <div className="stack">
    <Skeleton height={36} width={300} radius="md" />
    <Skeleton height={86} radius="lg" />
    <div className={classes['tiles']}>
      {Array.from({ length: 9 }, (_, at) => (
        <Skeleton key={at} height={112} radius="lg" />
      ))}
    </div>
  </div>
);

function Catalogue({ all }: { all: ConnectorEntry[] }) {
  const [address, change] = useAddress();
  const { q = '', category = '', event = '' } = address;
  const mayEdit = useMay('editor');
  const integrations = query.useQuery('get', '/integrations', {}).data?.integrations ?? [];
  const wanted = { q, category, event };
  const shown = found(all, wanted);
  const webhooks = shown.find(({ id }) => id === WEBHOOKS);
  const rest = shown.filter(({ id }) => id !== WEBHOOKS);
  const ownOf = ({ id }: ConnectorEntry) => integrations.filter((it) => it.connector === id);
  const wayTo = ({ id }: ConnectorEntry) =>
    event in TOLD && mayEdit
      ? { to: formOf(id, event), search: scopeOf(address) }
      : { to: pageOf(id), search: scopeOf(address) };
  const groups = [...new Set(rest.map((it) => it.category))].sort(byCategory);
  const cards = (of: ConnectorEntry[]) => (
    <div className={classes['tiles']}>
      {of.map((it) => (
        <Card key={it.id} of={it} own={ownOf(it)} to={wayTo(it)} />
      ))}
    </div>
  );
  return (
    <>
      <div className={classes['filters']} role="search" aria-label="Search the catalogue">
        <Find label="Search integrations" size="sm" w={264} data-search />
        <Select
          aria-label="What it tells"
          placeholder="Tells anything"
          w={206}
          data={Object.entries(TOLD).map(([value, { short }]) => ({ value, label: short }))}
          value={event in TOLD ? event : null}
          onChange={(value) => change({ event: value ?? undefined, ...(!value && NO_SCOPE) })}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear what it tells' }}
          comboboxProps={{ shadow: 'md' }}
        />
        <Categories
          of={counted(all, wanted)}
          all={found(all, { ...wanted, category: '' }).length}
          value={category}
          change={(category) => change({ category })}
        />
      </div>
      {event in TOLD && mayEdit && (
        <Purpose
          event={event}
          notify={address['notify']}
          clear={() => change({ event: undefined, ...NO_SCOPE })}
        />
      )}
      {shown.length === 0 && (
        <div className="card">
          <NoMatch what="integrations" clear={() => change(NO_BROWSING)} />
        </div>
      )}
      {webhooks && <WideCard of={webhooks} own={ownOf(webhooks)} to={wayTo(webhooks)} />}
      {mayEdit && !q && !category && !event && <Recipes />}
      {q
        ? rest.length > 0 && (
            <section className={classes['section']} aria-labelledby="found">
              <h2 id="found">
                Found <span className="count">{rest.length}</span>
              </h2>
              {cards(rest)}
            </section>
          )
        : groups.map((group) => (
            <section key={group} className={classes['section']} aria-labelledby={`group-${group}`}>
              <h2 id={`group-${group}`}>{categoryName(group)}</h2>
              {cards(rest.filter((it) => it.category === group))}
            </section>
          ))}
    </>
  );
}

/** What is to be told; the cards below lead to its form. */
function Purpose({ event, notify, clear }: { event: string; notify: string | undefined; clear: () => void }) {
  const { icon: Icon, title } = TOLD[event]!;
  const recipe = RECIPES.find((it) => it.kind === event && it.notify === notify);
  return (
    <div className={`${classes['purpose']} tone-info`} role="note" aria-label="What you want to do">
      <Icon size={16} aria-hidden />
      <span>
        <strong>{recipe?.title ?? title}.</strong> Choose where it goes.
      </span>
      <Button size="compact-sm" variant="default" onClick={clear}>
        Show everything
      </Button>
    </div>
  );
}
