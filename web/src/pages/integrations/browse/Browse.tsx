import { Badge, Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Pill } from '../../parts/Pill';
import { useAddress } from '../../parts/search';
import { Loaded, NoMatch } from '../../parts/States';
import { CATEGORIES, CONNECTORS, RECIPES, TOLD, type Connector, type Recipe } from './catalogue';
import classes from './browse.module.css';
import { standing, type IntegrationView } from './standing';

/** The catalogue: what can be connected, and what it is good for. */
export function Browse() {
  const [{ q = '', category = '' }, change] = useAddress();
  const mayEdit = useMay('editor');
  const asked = query.useQuery('get', '/integrations', {});
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const connectors = CONNECTORS.filter(
    (it) => fits(`${it.name} ${it.text}`) && (!category || it.categories.some((one) => one === category)),
  );
  const recipes = RECIPES.filter(
    (it) =>
      mayEdit &&
      fits(`${it.title} ${it.text} ${TOLD[it.kind]?.short}`) &&
      (!category || it.category === category),
  );
  return (
    <>
      <div className="toolbar" role="search" aria-label="Search the catalogue">
        <TextInput
          aria-label="Search integrations"
          placeholder="Search integrations"
          leftSection={<Search size={15} aria-hidden />}
          w={300}
          value={q}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label="Category"
          value={category}
          onChange={(value) => change({ category: value })}
          data={[{ value: '', label: 'All' }, ...CATEGORIES]}
        />
      </div>
      {connectors.length + recipes.length === 0 && (
        <div className="card">
          <NoMatch what="integrations" clear={() => change({ q: undefined, category: undefined })} />
        </div>
      )}
      {connectors.length > 0 && (
        <Loaded
          what="what is configured"
          of={asked}
          skeleton={<Skeleton height={connectors.length * 82} radius="lg" />}
        >
          {({ integrations }) => (
            <div className="stack">
              {connectors.map((it) => (
                <ConnectorCard key={it.id} of={it} all={integrations} />
              ))}
            </div>
          )}
        </Loaded>
      )}
      {recipes.length > 0 && (
        <section aria-labelledby="recipes" style={{ marginTop: connectors.length ? 28 : 0 }}>
          <h2 id="recipes">Recipes</h2>
          <p className="dimmed" style={{ fontSize: 13, margin: '3px 0 12px' }}>
            A webhook for a purpose, one form away.
          </p>
          <div className={classes['tiles']}>
            {recipes.map((it) => (
              <RecipeCard key={it.kind} of={it} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

function ConnectorCard({ of, all }: { of: Connector; all: IntegrationView[] }) {
  const own = all.filter((it) => it.connector === of.id);
  const troubled = own.filter((it) => ['failing', 'disabled'].includes(standing(it).state)).length;
  const Icon = of.icon;
  return (
    <div className={`card ${classes['connector']}`}>
      <span className="kind" data-large data-solid>
        <Icon size={22} aria-hidden />
      </span>
      <div className={classes['words']}>
        <div className="row wrap">
          <h2>{of.name}</h2>
          {own.length > 0 && (
            <Badge variant="light" color="gray" size="sm" tt="none" fw={550} c="var(--mute-text)">
              {own.length} configured
            </Badge>
          )}
          {troubled > 0 && <Pill state="failing" label={`${troubled} failing`} />}
        </div>
        <p>{of.text}</p>
      </div>
      <div className="row wrap">
        {own.length > 0 && (
          <Button
            variant="default"
            component={Link}
            {...({ to: '/integrations', search: { tab: 'configured', connector: of.id } } as object)}
          >
            View all
          </Button>
        )}
        <Button component={Link} {...({ to: of.to } as object)}>
          View details
        </Button>
      </div>
    </div>
  );
}

function RecipeCard({ of }: { of: Recipe }) {
  const Icon = TOLD[of.kind]!.icon;
  return (
    <Link
      to="/integrations/webhooks/add/$kind"
      params={{ kind: of.kind } as never}
      search={(of.search ?? {}) as never}
      className={`card ${classes['tile']}`}
    >
      <span className="row" style={{ gap: 10 }}>
        <span className="kind">
          <Icon size={16} aria-hidden />
        </span>
        <h3>{of.title}</h3>
      </span>
      <p>{of.text}</p>
      <span className="dimmed small">{TOLD[of.kind]!.short}</span>
    </Link>
  );
}
