import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { query, type Shape } from '../../api/client';
import { Copy } from '../../parts/Copy';
import { Lines, Loaded, NoMatch } from '../../parts/States';
import { useAddress } from '../../parts/search';

const FROM: Record<string, string> = {
  flag: 'Flag',
  environment: 'Environment',
  file: 'File',
  default: 'Default',
};

/** What the server is set to: read here, changed in its file or environment. */
export function SettingsTable() {
  const asked = query.useQuery('get', '/settings', {});
  const [{ q = '' }, change] = useAddress();
  return (
    <section className="card">
      <div className="card-head">
        <h2>Settings</h2>
        <span className="dimmed small">
          Changed in <span className="mono">postern.toml</span> or the environment; they hold from the next
          start
        </span>
        <span className="push">
          <Find q={q} change={(q) => change({ q })} />
        </span>
      </div>
      <Loaded what="the settings" of={asked} skeleton={<Lines count={6} />}>
        {({ settings }) => {
          // The demo has none: it is told everything in the program.
          if (settings.length === 0)
            return <p className="card-body dimmed">This server was started without settings of its own.</p>;
          const found = settings.filter(fits(q));
          return found.length === 0 && q ? (
            <NoMatch what="settings" clear={() => change({ q: undefined })} />
          ) : (
            <Table settings={found} />
          );
        }}
      </Loaded>
    </section>
  );
}

/** What is typed reaches the address when the typing rests. */
function Find({ q, change }: { q: string; change: (q: string) => void }) {
  const [text, write] = useState(q);
  const tell = useDebouncedCallback(change, 250);
  useEffect(() => write((old) => (old.trim() === q ? old : q)), [q]);
  return (
    <TextInput
      data-search
      size="xs"
      w={220}
      aria-label="Find a setting"
      placeholder="Find a setting"
      leftSection={<Search size={14} aria-hidden />}
      value={text}
      onChange={(event) => {
        write(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

/** Whether every word stands somewhere in the setting. */
const fits = (q: string) => (setting: Shape['SettingView']) => {
  const text = `${setting.name} ${setting.value} ${setting.environment} ${FROM[setting.from]}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const Table = ({ settings }: { settings: Shape['SettingView'][] }) => (
  <div className="table-region" role="region" aria-label="Settings" tabIndex={0}>
    <table className="table" style={{ tableLayout: 'fixed', minWidth: 900 }}>
      <thead>
        <tr>
          <th scope="col" style={{ width: 270 }}>
            Setting
          </th>
          <th scope="col">Value</th>
          <th scope="col" style={{ width: 110 }}>
            From
          </th>
          <th scope="col" style={{ width: 380 }}>
            In the environment
          </th>
        </tr>
      </thead>
      <tbody>
        {settings.map(({ name, value, from, environment }) => (
          <tr key={name}>
            <td className="mono">{name}</td>
            <td
              className={value ? 'mono' : 'dimmed'}
              style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}
            >
              {value || 'Not set'}
            </td>
            <td className={from === 'default' ? 'dimmed' : undefined}>{FROM[from] ?? from}</td>
            <td>
              <span className="mono dimmed">{environment}</span>{' '}
              <Copy value={environment} label={`Copy ${environment}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
