import { Button, Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Browse, NO_BROWSING } from './browse/Browse';
import { Configured } from './table/Configured';
import { NO_FILTERS } from './table/filters';

/** What can be connected, and what is. */
export function Integrations() {
  const [address, change] = useAddress();
  const mayEdit = useMay('editor');
  const { data } = query.useQuery('get', '/integrations', {});
  const tab = address['tab'] === 'configured' ? 'configured' : 'browse';
  return (
    <Page
      title="Integrations"
      sub="What happens in your collections, monitors and team, sent to where you need it."
      actions={
        mayEdit &&
        tab === 'configured' && (
          <Button component={Link} to="/integrations" leftSection={<Plus size={16} aria-hidden />}>
            Add integration
          </Button>
        )
      }
    >
      <Tabs
        value={tab}
        onChange={(next) =>
          change({ ...NO_FILTERS, ...NO_BROWSING, tab: next ?? undefined }, { replace: false })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="browse">Browse</Tabs.Tab>
          <Tabs.Tab
            value="configured"
            rightSection={data && <span className="count">{data.integrations.length}</span>}
          >
            Configured
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="browse">
          <Browse />
        </Tabs.Panel>
        <Tabs.Panel value="configured">
          <Configured />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
