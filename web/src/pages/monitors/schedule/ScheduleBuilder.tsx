import { Button, Chip, Group, Input, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import css from './schedule.module.css';
import { NextTimes } from './NextTimes';
import { become, fromCron, STEPS, toCron, type Kind, type Plain } from './plain';
import { describe, dayName } from './words';
import { parse } from './cron';
import { ZoneSelect } from './ZoneSelect';

const KINDS: { value: Kind; label: string }[] = [
  { value: 'minutes', label: 'Every few minutes' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekdays', label: 'Monday to Friday' },
  { value: 'weekly', label: 'On days of the week' },
  { value: 'cron', label: 'By a cron expression' },
];

interface ScheduleBuilderProps {
  cron: string;
  timezone: string;
  change: (cron: string) => void;
  changeZone: (timezone: string) => void;
  error?: React.ReactNode;
  zoneError?: React.ReactNode;
  /** What happens at these times. */
  label?: string;
}

/** When it runs: a plain choice or cron, each of which can become the other. */
export function ScheduleBuilder({
  cron,
  timezone,
  change,
  changeZone,
  error,
  zoneError,
  label = 'Runs',
}: ScheduleBuilderProps) {
  const [plain, setPlain] = useState<Plain>(() => fromCron(cron));
  const set = (next: Plain) => {
    setPlain(next);
    change(toCron(next));
  };
  const pick = (kind: Kind) => {
    const same = fromCron(cron);
    set(same.kind === kind ? same : become(kind, plain.kind === 'cron' ? same : plain));
  };
  const simpler = plain.kind === 'cron' ? fromCron(plain.text) : plain;
  return (
    <div className={css['builder']}>
      <div className={css['choice']}>
        <Select
          label={label}
          data={KINDS}
          value={plain.kind}
          onChange={(kind) => kind && pick(kind as Kind)}
          className={css['kind'] ?? ''}
        />
        <More plain={plain} set={set} error={error} />
      </div>
      {plain.kind === 'weekly' && <Days plain={plain} set={set} />}
      {plain.kind === 'cron' && (
        <div className="field-note">
          Five fields: minute, hour, day, month, weekday. <code className="mono">*/5</code> steps,{' '}
          <code className="mono">1-5</code> ranges, <code className="mono">1,15</code> lists, names such as{' '}
          <code className="mono">MON</code>, <code className="mono">L</code> for the last day,{' '}
          <code className="mono">2#1</code> for the first Tuesday.
          {simpler.kind !== 'cron' && (
            <>
              {' '}
              <Button variant="subtle" size="compact-xs" onClick={() => pick(simpler.kind)}>
                Show as “{describe(parse(plain.text))}”
              </Button>
            </>
          )}
        </div>
      )}
      {error && plain.kind !== 'cron' && <Input.Error>{error}</Input.Error>}
      <ZoneSelect value={timezone} change={changeZone} error={zoneError} />
      <NextTimes cron={cron} timezone={timezone} />
    </div>
  );
}

interface MoreProps {
  plain: Plain;
  set: (plain: Plain) => void;
  error: React.ReactNode;
}

/** What a choice asks for beside its kind. */
function More({ plain, set, error }: MoreProps) {
  switch (plain.kind) {
    case 'minutes':
      return (
        <Select
          label="How often"
          data={STEPS.map((step) => ({
            value: String(step),
            label: step === 1 ? 'every minute' : `every ${step} minutes`,
          }))}
          value={String(plain.every)}
          onChange={(value) => set({ ...plain, every: Number(value) })}
        />
      );
    case 'hourly':
      return (
        <NumberInput
          label="Minutes past the hour"
          size="sm"
          min={0}
          max={59}
          clampBehavior="strict"
          allowDecimal={false}
          value={plain.minute}
          onChange={(value) => set({ ...plain, minute: Number(value) || 0 })}
        />
      );
    case 'daily':
    case 'weekdays':
    case 'weekly':
      return (
        <TextInput
          label="At"
          type="time"
          value={plain.at}
          // An emptied field keeps the last time rather than none.
          onChange={(event) => event.currentTarget.value && set({ ...plain, at: event.currentTarget.value })}
        />
      );
    case 'cron':
      return (
        <TextInput
          label="Cron expression"
          placeholder="*/5 * * * *"
          classNames={{ input: 'mono' }}
          spellCheck={false}
          autoComplete="off"
          value={plain.text}
          error={error}
          onChange={(event) => set({ kind: 'cron', text: event.currentTarget.value })}
        />
      );
  }
}

/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];

function Days({ plain, set }: { plain: Extract<Plain, { kind: 'weekly' }>; set: (plain: Plain) => void }) {
  return (
    <Chip.Group
      multiple
      value={plain.days.map(String)}
      // One day stays: on none it would never run.
      onChange={(days) => days.length > 0 && set({ ...plain, days: days.map(Number) })}
    >
      <Group gap={6} role="group" aria-label="Days">
        {WEEK.map((day) => (
          <Chip key={day} value={String(day)} size="xs" radius="md" aria-label={dayName(day)}>
            {dayName(day).slice(0, 3)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
