import { Badge, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Pill } from '../../../parts/Pill';
import type { Search } from '../../../parts/search';
import { Tile } from '../../../parts/Tile';
import type { ConnectorEntry } from '../../../parts/useConnectors';
import { pageOf } from '../../../words/connectors';
import { standing, type IntegrationView } from '../standing';
import classes from './browse.module.css';

interface CardProps {
  of: ConnectorEntry;
  /** The team's integrations with it. */
  own: IntegrationView[];
  /** Where it leads. */
  to: { to: string; search: Search };
}

/** The connector with which everything can be reached, wider than the others. */
export const WideCard = ({ of, own, to }: CardProps) => (
  <div className={`card ${classes['connector']}`}>
    <Tile icon={of.icon} size={44} />
    <div className={classes['words']}>
      <div className="row wrap">
        <h2>{of.name}</h2>
        <Own of={own} />
      </div>
      <p>{of.summary}</p>
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
      <Button component={Link} {...(to as object)}>
        {to.to === pageOf(of.id) ? 'View details' : 'Choose'}
      </Button>
    </div>
  </div>
);

/** A connector: its tile, its name, and what it does in a sentence. */
export const Card = ({ of, own, to }: CardProps) => (
  <Link
    to={to.to as '/integrations'}
    search={to.search as never}
    className={`card ${classes['tile']}`}
    data-connector={of.id}
  >
    <span className={classes['name']}>
      <Tile icon={of.icon} size={36} />
      <h3>{of.name}</h3>
      <Own of={own} />
    </span>
    <p>{of.summary}</p>
  </Link>
);

/** How many are configured, and how many of them are in trouble. */
function Own({ of }: { of: IntegrationView[] }) {
  const troubled = of.filter((it) => ['failing', 'disabled'].includes(standing(it).state)).length;
  if (of.length === 0) return null;
  return (
    <span className={`row ${classes['own']}`}>
      <Badge variant="light" color="gray" size="sm" tt="none" fw={550} c="var(--mute-text)">
        {of.length} configured
      </Badge>
      {troubled > 0 && <Pill state="failing" label={`${troubled} failing`} />}
    </span>
  );
}
