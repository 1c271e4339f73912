import { ActionIcon, Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import styles from './environments.module.css';
import { MASK, withSecret, type Fault, type Row } from './variables';

interface RowProps {
  row: Row;
  set: (row: Row) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
  /** Takes pasted lines; whether they were such. */
  paste: (text: string) => boolean;
  /** Makes the next row, if this is the last one. */
  add: (() => void) | undefined;
  isFirst: boolean;
  isLast: boolean;
  fault: Fault | undefined;
}

/** One variable to be written. */
export function VariableRow({ row, set, move, remove, paste, add, isFirst, isLast, fault }: RowProps) {
  const name = row.key.trim() || 'the new variable';
  const isStored = row.secret && row.value === MASK;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && event.key === 'ArrowUp') move(-1);
    else if (event.altKey && event.key === 'ArrowDown') move(1);
    else if (event.key === 'Enter' && add && (event.target as HTMLElement).matches('input[data-value]'))
      add();
    else return;
    event.preventDefault();
  };
  const value = {
    size: 'xs',
    className: styles.field,
    'aria-label': `Value of ${name}`,
    'data-value': true,
    autoComplete: 'off',
    spellCheck: false,
    error: fault?.at === 'value' && fault.text,
  } as const;
  return (
    <tr data-row={row.id} data-off={!row.enabled || undefined} onKeyDown={onKeyDown}>
      <td>
        <Checkbox
          size="xs"
          aria-label={`${name} holds`}
          checked={row.enabled}
          onChange={(event) => set({ ...row, enabled: event.currentTarget.checked })}
        />
      </td>
      <td>
        <TextInput
          size="xs"
          className={styles.field}
          aria-label="Key"
          data-key
          placeholder="key"
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          value={row.key}
          error={fault?.at === 'key' && fault.text}
          onChange={(event) => set({ ...row, key: event.currentTarget.value })}
          onPaste={(event: ClipboardEvent) => {
            if (paste(event.clipboardData.getData('text'))) event.preventDefault();
          }}
        />
      </td>
      <td>
        {row.secret ? (
          <PasswordInput
            {...value}
            autoComplete="new-password"
            placeholder="value"
            title={isStored ? 'Stored, and shown to nobody. Type to replace it.' : undefined}
            value={row.value}
            // Of what is stored there is nothing to see.
            rightSection={isStored ? <span /> : undefined}
            visibilityToggleButtonProps={{ 'aria-label': `Show the value of ${name}`, tabIndex: 0 }}
            onFocus={(event) => isStored && event.currentTarget.select()}
            onChange={(event) => set({ ...row, value: newValue(event.currentTarget.value, isStored) })}
          />
        ) : (
          <TextInput
            {...value}
            placeholder="value"
            value={row.value}
            onChange={(event) => set({ ...row, value: event.currentTarget.value })}
          />
        )}
      </td>
      <td>
        <Select
          size="xs"
          aria-label={`Type of ${name}`}
          data={TYPES}
          value={row.secret ? 'secret' : 'default'}
          onChange={(type) => set(withSecret(row, type === 'secret'))}
        />
      </td>
      <td>
        <span className={styles.tools}>
          <ActionIcon
            size="sm"
            data-move={-1}
            aria-label={`Move ${name} up`}
            title="Up (Alt ↑)"
            disabled={isFirst}
            onClick={() => move(-1)}
          >
            <ArrowUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size="sm"
            data-move={1}
            aria-label={`Move ${name} down`}
            title="Down (Alt ↓)"
            disabled={isLast}
            onClick={() => move(1)}
          >
            <ArrowDown size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon size="sm" aria-label={`Delete ${name}`} title="Delete" onClick={remove}>
            <Trash2 size={14} aria-hidden />
          </ActionIcon>
        </span>
      </td>
    </tr>
  );
}

/** Writing anything over what is stored begins a new value. */
const newValue = (text: string, isStored: boolean) => (isStored ? text.replaceAll('•', '') : text);

const TYPES = [
  { value: 'default', label: 'Default' },
  { value: 'secret', label: 'Secret' },
];
