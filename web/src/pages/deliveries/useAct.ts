import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { failed, told } from '../../parts/notify';
import { many } from '../../words/numbers';

export type Verb = 'redeliver' | 'cancel' | 'release';

const call = (verb: Verb, id: string) => {
  const of = { params: { path: { id } } };
  if (verb === 'redeliver') return api.POST('/deliveries/{id}/redeliver', of);
  if (verb === 'cancel') return api.POST('/deliveries/{id}/cancel', of);
  return api.POST('/deliveries/{id}/release', of);
};

const WORDS: Record<Verb, { done: string; not: string }> = {
  redeliver: { done: 'will be sent again', not: 'redeliver' },
  cancel: { done: 'cancelled', not: 'cancel' },
  release: { done: 'released', not: 'release' },
};

/** So many calls are under way at once. */
const AT_ONCE = 4;

/** Does something to one delivery or to many; what is shown is read again once, when all are done. */
export function useAct() {
  const [done, setDone] = useState(0);
  const act = useMutation({
    mutationFn: async ({ verb, ids }: { verb: Verb; ids: string[] }) => {
      setDone(0);
      const left = [...ids];
      const errors: unknown[] = [];
      const work = async () => {
        for (let id = left.shift(); id !== undefined; id = left.shift()) {
          await call(verb, id).catch((error: unknown) => errors.push(error));
          setDone((count) => count + 1);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      if (errors.length === ids.length) throw errors[0];
      return errors;
    },
    onSuccess: (errors, { verb, ids }) => {
      const { done, not } = WORDS[verb];
      told(`${many(ids.length - errors.length, 'delivery', 'deliveries')} ${done}`);
      if (errors.length > 0) failed(`Could not ${not} ${errors.length} of ${ids.length}`, errors[0]);
    },
    onError: (error, { verb, ids }) =>
      failed(`Could not ${WORDS[verb].not} ${many(ids.length, 'delivery', 'deliveries')}`, error),
  });
  return { act, done };
}
