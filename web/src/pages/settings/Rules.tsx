import { query } from '../../api/client';
import { many } from '../../words/numbers';

/** What the server's settings govern, and which setting it is: they stand in its file or environment, and not here. */
export function Rules() {
  const status = query.useQuery('get', '/status', {}).data?.status;
  const rules = [
    {
      what: 'Deliveries are kept',
      value: status && many(status.keptDays, 'day'),
      setting: 'retention.deliveries_days',
    },
    { what: 'Bodies of events are kept', setting: 'retention.bodies_days' },
    { what: 'Runs of monitors are kept', setting: 'retention.runs_days' },
    { what: 'Deleted collections can be had back', setting: 'retention.deleted_collections_days' },
    { what: 'Private addresses that webhooks may reach', setting: 'egress.webhooks.allow' },
    { what: 'Private addresses that monitors and sources may reach', setting: 'egress.monitors.allow' },
    { what: 'Folders that sources may read', setting: 'sources.directories' },
    { what: 'The address that people reach it at', setting: 'server.public_url' },
  ];
  return (
    <section className="card">
      <div className="card-head">
        <h2>Settings</h2>
        <span className="dimmed small">
          In <span className="mono">postern.toml</span> or the environment;{' '}
          <span className="mono">postern config</span> prints what holds
        </span>
      </div>
      <div className="table-region" role="region" aria-label="Settings" tabIndex={0}>
        <table className="table" style={{ minWidth: 480 }}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Setting</th>
            </tr>
          </thead>
          <tbody>
            {rules.map(({ what, value, setting }) => (
              <tr key={setting}>
                <td>
                  {what}
                  {value && <strong> {value}</strong>}
                </td>
                <td className="mono">{setting}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
