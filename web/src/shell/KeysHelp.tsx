import { Kbd, Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { MOD, singleKeysAreOff, turnSingleKeys } from './keys';
import { PLACES } from './places';

const EVERYWHERE: [string, string][] = [
  [`${MOD} K`, 'Search pages, things and actions'],
  ['?', 'This list'],
  ['/', 'Search in the page'],
  ['Esc', 'Close'],
];
const LISTS: [string, string][] = [
  ['J  K', 'Next, previous'],
  ['Enter', 'Open'],
  ['X', 'Select'],
  ['R', 'Redeliver'],
  ['E', 'Next failure'],
  ['[  ]', 'Previous, next run'],
  ['← →', 'Move on a chart'],
];

/** The list of keys. */
export default function KeysHelp({ close }: { close: () => void }) {
  const [on, setOn] = useState(!singleKeysAreOff());
  const places = PLACES.flatMap((group) => group.places);
  return (
    <Modal opened onClose={close} title="Keyboard shortcuts">
      <div className="stack">
        <Keys title="Everywhere" keys={EVERYWHERE} />
        <Keys title="Lists and charts" keys={LISTS} />
        <Keys title="Go to" keys={places.map(({ key, label }) => [`G ${key}`, label])} />
        <Switch
          label="Single keys do things"
          checked={on}
          onChange={(event) => {
            setOn(event.currentTarget.checked);
            turnSingleKeys(event.currentTarget.checked);
          }}
        />
      </div>
    </Modal>
  );
}

const Keys = ({ title, keys }: { title: string; keys: [string, string][] }) => (
  <section>
    <h3 style={{ marginBottom: 6 }}>{title}</h3>
    {keys.map(([key, what]) => (
      <div key={key} className="row" style={{ padding: '3px 0', fontSize: 13 }}>
        {what}
        <Kbd size="xs" className="push">
          {key}
        </Kbd>
      </div>
    ))}
  </section>
);
