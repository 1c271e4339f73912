import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { SettingsTable } from './SettingsTable';
import { Standing } from './Standing';
import { TeamName } from './TeamName';
import { Sources } from './sources/Sources';

/** The server: how it stands, what it reads from elsewhere, what its settings are. */
export function Settings() {
  const isAdmin = useMay('admin');
  return (
    <Page title="Server" sub="How it stands, where collections come from, and what is set.">
      <div className="stack">
        {isAdmin && <Standing />}
        <Sources />
        {isAdmin && (
          <>
            <TeamName />
            <SettingsTable />
          </>
        )}
      </div>
    </Page>
  );
}
