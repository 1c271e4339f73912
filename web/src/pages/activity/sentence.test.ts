import { describe, expect, it } from 'vitest';
import { details, stretches } from './sentence';

const line = (message: string, more = {}) => ({
  message,
  user: { id: 1, name: 'Mia' },
  modelName: 'Get user',
  collectionName: 'Petstore',
  ...more,
});
const marked = (...given: Parameters<typeof line>) =>
  stretches(line(...given) as never)
    .map(({ text, is }) => (is ? `[${is}:${text}]` : text))
    .join('');

describe('the names in a line of the feed', () => {
  it('are who, what and where', () => {
    expect(marked('Mia updated the request Get user in Petstore')).toBe(
      '[who:Mia] updated the request [what:Get user] in [name:Petstore]',
    );
  });
  it('are the old one and the new one', () => {
    const more = { detail: { oldName: 'Get' }, modelName: 'Get it' };
    expect(marked('Mia renamed the request Get to Get it in Petstore', more)).toBe(
      '[who:Mia] renamed the request [name:Get] to [what:Get it] in [name:Petstore]',
    );
  });
  it('are not found within other words', () => {
    expect(marked('Mia created the folder older', { modelName: 'older', collectionName: '' })).toBe(
      '[who:Mia] created the folder [what:older]',
    );
  });
  it('may be missing', () => {
    expect(marked('Something happened', { modelName: '', collectionName: '' })).toBe('Something happened');
  });
});

it('the fields that changed are told without the name', () => {
  expect(details({ detail: { fields: ['name', 'request.url', 7] } })).toEqual(['request.url']);
  expect(details({ detail: null })).toEqual([]);
});
