import { Button, Popover, TextInput } from '@mantine/core';
import { CalendarSearch } from 'lucide-react';
import { useState } from 'react';

/** A date and time of this browser, as its field wants it. */
const forField = (iso: string | undefined) => {
  const date = iso ? new Date(iso) : new Date();
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** Looks at the runs around a date. */
export function GoToDate({ at, go }: { at: string | undefined; go: (at: string | undefined) => void }) {
  const [isOpen, open] = useState(false);
  const [value, setValue] = useState(() => forField(at));
  const words = at && !Number.isNaN(Date.parse(at)) ? shortDate(at) : undefined;
  return (
    <Popover opened={isOpen} onChange={open} position="bottom-end" trapFocus withRoles shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<CalendarSearch size={14} aria-hidden />}
          onClick={() => {
            setValue(forField(at));
            open(!isOpen);
          }}
        >
          {words ? `Around ${words}` : 'Go to date'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Go to date">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            const date = new Date(value);
            if (Number.isNaN(date.getTime())) return;
            go(date.toISOString());
            open(false);
          }}
        >
          <TextInput
            type="datetime-local"
            label="Date and time"
            description="Of this browser"
            data-autofocus
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <div className="row">
            <Button type="submit" size="xs">
              Go
            </Button>
            {at && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  go(undefined);
                  open(false);
                }}
              >
                Back to now
              </Button>
            )}
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

const shortDate = (iso: string) =>
  new Date(iso).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
