import { PasswordInput, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { isMask } from './checks';
import type { Values } from './values';

const KINDS = [
  { value: 'none', label: 'None, the signature is enough' },
  { value: 'basic', label: 'User and password (basic)' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'oauth2', label: 'OAuth 2 (client credentials)' },
];

/** What goes into the `Authorization` header. */
export function AuthFields({ form }: { form: UseFormReturnType<Values> }) {
  const text = (field: string, label: string, more = {}) => (
    <TextInput label={label} autoComplete="off" {...more} {...form.getInputProps(`auth.${field}`)} />
  );
  const secret = (field: 'password' | 'token' | 'clientSecret', label: string) => (
    <PasswordInput
      size="sm"
      label={label}
      description={isMask(form.values.auth[field]) ? 'Stored. Leave the dots to keep it.' : undefined}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': `Show the ${label.toLowerCase()}` }}
      {...form.getInputProps(`auth.${field}`)}
    />
  );
  const { type } = form.values.auth;
  return (
    <>
      <Select label="Authentication" data={KINDS} {...form.getInputProps('auth.type')} />
      {type === 'basic' && (
        <>
          {text('username', 'User', { required: true })}
          {secret('password', 'Password')}
        </>
      )}
      {type === 'bearer' && secret('token', 'Token')}
      {type === 'oauth2' && (
        <>
          {text('tokenUrl', 'Token URL', { required: true, type: 'url', classNames: { input: 'mono' } })}
          {text('clientId', 'Client ID', { required: true })}
          {secret('clientSecret', 'Client secret')}
          {text('scope', 'Scope', { description: 'What the token is for, with spaces in between' })}
          {text('audience', 'Audience', { description: 'Only where the token server wants to know' })}
          <Select
            label="Where id and secret go"
            data={[
              { value: 'header', label: 'Into the Authorization header' },
              { value: 'body', label: 'Into the body' },
            ]}
            {...form.getInputProps('auth.clientAuthentication')}
          />
        </>
      )}
    </>
  );
}
