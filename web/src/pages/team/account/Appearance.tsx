import { SegmentedControl, Switch, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { singleKeysAreOff, turnSingleKeys } from '../../../shell/keys';
import { Card } from './Card';

/** How it looks and listens in this browser. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [on, turn] = useState(!singleKeysAreOff());
  return (
    <Card title="Appearance and keyboard" sub="In this browser">
      <div className="card-body stack">
        <div>
          <div style={{ fontSize: 13, fontWeight: 500, marginBottom: 6 }}>Colours</div>
          <SegmentedControl
            size="xs"
            aria-label="Colours"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
            data={[
              { value: 'auto', label: 'As the device' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </div>
        <Switch
          label="Single keys do things"
          description="J and K in lists, G and a letter to go somewhere; ? shows all of them"
          checked={on}
          onChange={(event) => {
            turn(event.currentTarget.checked);
            turnSingleKeys(event.currentTarget.checked);
          }}
        />
      </div>
    </Card>
  );
}
