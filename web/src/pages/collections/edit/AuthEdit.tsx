import { Button } from '@mantine/core';
import { Code } from '../../../parts/Code';
import type { Form } from '../document/form';
import style from './edit.module.css';

const SAMPLES: Record<string, object> = {
  'No auth': { type: 'noauth' },
  Bearer: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
  Basic: {
    type: 'basic',
    basic: [
      { key: 'username', value: '{{user}}', type: 'string' },
      { key: 'password', value: '{{password}}', type: 'string' },
    ],
  },
  'API key': {
    type: 'apikey',
    apikey: [
      { key: 'key', value: 'X-API-Key', type: 'string' },
      { key: 'value', value: '{{key}}', type: 'string' },
      { key: 'in', value: 'header', type: 'string' },
    ],
  },
};

interface AuthEditProps {
  form: Form;
  set: (part: Partial<Form>) => void;
  fault: string | undefined;
}

/** How who calls shows who they are, as Postman's JSON; empty takes it from above. */
export function AuthEdit({ form, set, fault }: AuthEditProps) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="row wrap">
        <span className="small dimmed">Start from</span>
        {Object.entries(SAMPLES).map(([name, sample]) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            onClick={() => set({ auth: JSON.stringify(sample, null, 2) })}
          >
            {name}
          </Button>
        ))}
      </div>
      <Code
        label="Auth as JSON"
        value={form.auth}
        onChange={(auth) => set({ auth })}
        language="json"
        minHeight={160}
      />
      {fault ? (
        <div className={style.fault} role="alert">
          {fault}
        </div>
      ) : (
        <div className="field-note">Empty: the auth of the folder or the collection holds.</div>
      )}
    </div>
  );
}
