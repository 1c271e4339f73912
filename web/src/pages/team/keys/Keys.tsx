import { Button, SegmentedControl } from '@mantine/core';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Page } from '../../../parts/Page';
import { Empty, Loaded } from '../../../parts/States';
import { useAddress, useAskedDialog } from '../../../parts/search';
import { KeyTable } from './KeyTable';
import { NewKey } from './NewKey';

/** API keys: one's own, and for admins everybody's. */
export function Keys() {
  const isAdmin = useMay('admin');
  const [{ of }, change] = useAddress();
  const isAll = isAdmin && of === 'all';
  const [isMaking, make] = useState(false);
  useAskedDialog('new', () => make(true));
  const own = query.useQuery('get', '/me/api-keys', {}, { enabled: !isAll });
  const all = query.useQuery('get', '/api-keys', {}, { enabled: isAll });
  const button = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
      New key
    </Button>
  );
  const asked = isAll ? all : own;
  return (
    <Page
      title="API keys"
      sub="What programs sign in with. A key is shown once, when it is made."
      actions={asked.data && asked.data.apiKeys.length > 0 && button}
    >
      {isAdmin && (
        <div className="toolbar">
          <SegmentedControl
            size="xs"
            aria-label="Whose keys"
            value={isAll ? 'all' : 'own'}
            onChange={(value) => change({ of: value === 'all' ? 'all' : undefined })}
            data={[
              { value: 'own', label: 'Yours' },
              { value: 'all', label: "Everybody's" },
            ]}
          />
        </div>
      )}
      <div className="card">
        <Loaded what="the API keys" of={asked}>
          {({ apiKeys }) =>
            apiKeys.length === 0 ? (
              <Empty icon={KeyRound} title="You have no keys yet" action={button}>
                Scripts, CI and the command line need one to use the API.
              </Empty>
            ) : (
              <KeyTable keys={apiKeys} isAll={isAll} />
            )
          }
        </Loaded>
      </div>
      {isMaking && <NewKey close={() => make(false)} />}
    </Page>
  );
}
