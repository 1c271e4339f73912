import { defaultOptionsFilter, type ComboboxParsedItem, type OptionsFilter } from '@mantine/core';

/**
 * Options by any part of their names, or one that says that there is none. (Mantine's `nothingFoundMessage` leaves a
 * list without options, which says nothing to who hears it.)
 */
export const findOr =
  (label: string): OptionsFilter =>
  (wanted) => {
    const found = defaultOptionsFilter(wanted) as ComboboxParsedItem[];
    const some = found.filter((it) => !('items' in it) || it.items.length > 0);
    return some.length > 0 ? some : [{ value: 'nothing', label, disabled: true }];
  };
