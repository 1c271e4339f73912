import type { OptionsFilter } from '@mantine/core';

/**
 * Options by any part of their names, or one that says that there is none: a list without options says nothing to who
 * hears it.
 */
export const findOr =
  (nothing: string): OptionsFilter =>
  ({ options, search, limit }) => {
    const plain = (text: string) => text.trim().toLowerCase().replaceAll('_', ' ');
    const found = options.filter((it) => 'label' in it && plain(it.label).includes(plain(search)));
    return found.length > 0 ? found.slice(0, limit) : [{ value: 'nothing', label: nothing, disabled: true }];
  };
