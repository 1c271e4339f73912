import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { faultOfPassword, PASSWORD_RULE } from './password';

/** A password that is new, with its rules beforehand. */
export const NewPassword = (more: PasswordInputProps) => (
  <PasswordInput label="Password" description={PASSWORD_RULE} autoComplete="new-password" {...more} />
);

export const faults = {
  name: (text: string) => (text.trim() === '' ? 'What the others call you' : null),
  email: (text: string) => (/^\S+@\S+$/.test(text.trim()) ? null : 'An address such as mia@example.com'),
  password: faultOfPassword,
};
