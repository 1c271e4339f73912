import { Button, Collapse, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Body } from '../../parts/Body';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Loaded } from '../../parts/States';
import { formOf, WEBHOOKS } from '../../words/connectors';
import { scopeOf } from './connectors/paths';
import { TOLD } from './told';
import { SAMPLES } from './samples';
import { HowToVerify } from './verify/HowToVerify';
import classes from './webhooks.module.css';

/** How high a row is, for the outline. */
const ROW = 74;

/** What webhooks can tell, with the body of each kind. */
export function Webhooks() {
  const asked = query.useQuery('get', '/integrations', {});
  const kinds = Object.keys(TOLD);
  return (
    <Page
      title="Webhooks"
      crumbs={[{ label: 'Integrations', to: '/integrations' }]}
      sub="Each event is a signed POST with a JSON body. What fails is tried again: 12 attempts in 3.2 days."
    >
      <Loaded
        what="what is configured"
        of={asked}
        skeleton={<Skeleton height={kinds.length * ROW} radius="lg" />}
      >
        {({ integrations }) => (
          <div className="card">
            {kinds.map((kind) => (
              <KindRow
                key={kind}
                kind={kind}
                count={integrations.filter((it) => it.connector === WEBHOOKS && it.event === kind).length}
              />
            ))}
          </div>
        )}
      </Loaded>
      <HowToVerify />
    </Page>
  );
}

function KindRow({ kind, count }: { kind: string; count: number }) {
  const [address, change] = useAddress();
  const mayEdit = useMay('editor');
  const { icon: Icon, title, text, when, short } = TOLD[kind]!;
  const isOpen = address['sample'] === kind;
  return (
    <section className={classes['kind']} aria-label={title}>
      <div className={classes['row']}>
        <span className="kind" style={{ width: 38, height: 38 }}>
          <Icon size={18} aria-hidden />
        </span>
        <div className={classes['words']}>
          <h2 style={{ fontSize: 14 }}>{title}</h2>
          <p>
            {text} <span style={{ whiteSpace: 'nowrap' }}>{when}.</span>
          </p>
        </div>
        <div className={classes['ways']}>
          {count > 0 && (
            <Link
              to="/integrations"
              search={{ tab: 'configured', connector: WEBHOOKS, kind } as never}
              className="link"
              aria-label={`View all ${count}: ${short}`}
            >
              View all ({count})
            </Link>
          )}
          <Button
            variant="subtle"
            color="gray"
            aria-expanded={isOpen}
            aria-controls={`sample-${kind}`}
            aria-label={`Sample body: ${short}`}
            onClick={() => change({ sample: isOpen ? undefined : kind })}
            rightSection={
              <ChevronRight
                size={14}
                className={classes['turn']}
                data-open={isOpen || undefined}
                aria-hidden
              />
            }
          >
            Sample
          </Button>
          {mayEdit && (
            <Button
              variant="default"
              component={Link}
              {...({ to: formOf(WEBHOOKS, kind), search: scopeOf(address) } as object)}
              aria-label={`Add integration: ${title}`}
            >
              Add integration
            </Button>
          )}
        </div>
      </div>
      <Collapse expanded={isOpen} id={`sample-${kind}`} keepMounted={false}>
        <div className={classes['sample']}>
          <Body
            text={JSON.stringify(SAMPLES[kind], null, 2)}
            name={`${kind}.json`}
            title={`Body of ${short.charAt(0).toLowerCase()}${short.slice(1)}`}
          />
        </div>
      </Collapse>
    </section>
  );
}
