import { Button, PasswordInput, TextInput } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useRef, useState, type FocusEvent, type ReactNode } from 'react';

export interface SecretProps {
  label: string;
  description: ReactNode;
  required: boolean;
  placeholder: string | undefined;
  /** What is stored, as dots; nothing where nothing is. */
  stored: string | undefined;
  /** How the form has it. */
  of: {
    value: string;
    onChange: (value: string) => void;
    onBlur: (event: FocusEvent) => void;
    error: ReactNode;
    'data-path': string;
  };
}

/** A value that is never shown again: what is stored stands as dots until somebody replaces it. */
export function SecretField({ label, description, required, placeholder, stored, of }: SecretProps) {
  const [replacing, replace] = useState(stored === undefined);
  const input = useRef<HTMLInputElement>(null);
  const { value, onChange, ...more } = of;
  if (!replacing)
    return (
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <TextInput
          style={{ flex: 1, minWidth: 0 }}
          label={label}
          description={description}
          required={required}
          readOnly
          leftSection={<KeyRound size={15} aria-hidden />}
          classNames={{ input: 'mono' }}
          value={stored}
          {...more}
        />
        <Button
          variant="default"
          aria-label={`Replace: ${label}`}
          onClick={() => {
            replace(true);
            onChange('');
            setTimeout(() => input.current?.focus());
          }}
        >
          Replace
        </Button>
      </div>
    );
  return (
    <div className="row" style={{ alignItems: more.error ? 'center' : 'flex-end' }}>
      <PasswordInput
        ref={input}
        style={{ flex: 1, minWidth: 0 }}
        size="sm"
        label={label}
        description={description}
        required={required}
        placeholder={placeholder}
        autoComplete="new-password"
        spellCheck={false}
        classNames={{ innerInput: 'mono' }}
        visibilityToggleButtonProps={{ 'aria-label': `Show: ${label}` }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...more}
      />
      {stored !== undefined && (
        <Button
          variant="default"
          aria-label={`Keep what is stored: ${label}`}
          onClick={() => {
            replace(false);
            onChange(stored);
          }}
        >
          Keep the old one
        </Button>
      )}
    </div>
  );
}
