import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { described, text, valueOf, type Described, type Pair } from '../document/model';
import style from './edit.module.css';

interface PairsEditProps {
  /** One of them: "header". */
  what: string;
  pairs: Pair[];
  onChange: (pairs: Pair[]) => void;
  /** Their names are given, and how many there are. */
  isFixed?: boolean;
}

/** Names and values to edit, each with a switch and a note. */
export function PairsEdit({ what, pairs, onChange, isFixed = false }: PairsEditProps) {
  const box = useRef<HTMLDivElement>(null);
  const change = (at: number, part: Partial<Pair>) => onChange(pairs.with(at, { ...pairs[at], ...part }));
  const add = () => {
    onChange([...pairs, { key: '', value: '' }]);
    requestAnimationFrame(() => {
      const rows = box.current?.querySelectorAll<HTMLInputElement>('[data-key]');
      rows?.[rows.length - 1]?.focus();
    });
  };
  return (
    <div ref={box} className={style.pairs}>
      {pairs.map((pair, at) => {
        const name = `${what} ${at + 1}`;
        const isFile = pair.type === 'file';
        return (
          <div key={at} className={style.pair} role="group" aria-label={name}>
            {!isFixed && (
              <Checkbox
                aria-label={`Use ${name}`}
                checked={!pair.disabled}
                onChange={(event) => onChange(pairs.with(at, switched(pair, event.currentTarget.checked)))}
              />
            )}
            <TextInput
              size="xs"
              data-key
              aria-label={`Name of ${name}`}
              placeholder="Name"
              spellCheck={false}
              value={text(pair.key)}
              readOnly={isFixed}
              onChange={(event) => change(at, { key: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              aria-label={`Value of ${name}`}
              placeholder="Value"
              spellCheck={false}
              value={isFile ? `file ${valueOf(pair['src'])}` : valueOf(pair.value)}
              readOnly={isFile}
              onChange={(event) => change(at, { value: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              className={style.about!}
              aria-label={`Note on ${name}`}
              placeholder="Note"
              value={described(pair.description)}
              onChange={(event) =>
                change(at, { description: noted(pair.description, event.currentTarget.value) })
              }
            />
            {!isFixed && (
              <ActionIcon aria-label={`Remove ${name}`} onClick={() => onChange(pairs.toSpliced(at, 1))}>
                <X size={14} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {!isFixed && (
        <div>
          <Button size="xs" variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={add}>
            Add {/^[aeiou]/.test(what) ? 'an' : 'a'} {what}
          </Button>
        </div>
      )}
    </div>
  );
}

function switched(pair: Pair, on: boolean): Pair {
  const { disabled: _, ...rest } = pair;
  return on ? rest : { ...rest, disabled: true };
}

const noted = (before: Described | undefined, now: string): Described =>
  before && typeof before === 'object' ? { ...before, content: now } : now;
