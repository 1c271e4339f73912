import { Button, TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAddress } from './search';

interface FindProps extends Omit<TextInputProps, 'name' | 'value' | 'onChange'> {
  /** What it looks for: "Find a monitor". */
  label: string;
  /** The word of the address in which it stands. */
  name?: string;
}

/**
 * A field for what is looked for. What is typed reaches the address when the typing rests: a field that showed the
 * address itself would lag behind the keys.
 */
export function Find({ label, name = 'q', ...more }: FindProps) {
  const [address, change] = useAddress();
  const words = address[name] ?? '';
  const [text, write] = useState(words);
  const told = useRef(words);
  const tell = useDebouncedCallback((words: string) => {
    told.current = words;
    change({ [name]: words });
  }, 250);
  // Somebody went back, or cleared the filters.
  useEffect(() => {
    if (words === told.current) return;
    told.current = words;
    tell.cancel();
    write(words);
  }, [words, tell]);
  return (
    <TextInput
      size="xs"
      w={240}
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={14} aria-hidden />}
      {...more}
      value={text}
      onChange={(event) => {
        write(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

/** A day from which on, or up to which. */
export function DayFilter({ name, label }: { name: string; label: string }) {
  const [address, change] = useAddress();
  return (
    <TextInput
      size="xs"
      w={176}
      type="date"
      aria-label={label}
      leftSection={<span className="small dimmed">{label}</span>}
      leftSectionWidth={50}
      value={address[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
}

/** Takes all filters away, behind them. */
export const ClearFilters = ({ clear }: { clear: () => void }) => (
  <Button size="xs" variant="subtle" color="gray" leftSection={<X size={14} aria-hidden />} onClick={clear}>
    Clear filters
  </Button>
);
