import { ActionIcon, TagsInput } from '@mantine/core';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../../api/client';
import { failed } from '../../../parts/notify';
import own from './side.module.css';

/** The tags of a collection, to change. */
export default function TagsEdit({ uid, before, done }: { uid: string; before: string[]; done: () => void }) {
  const [draft, setDraft] = useState(before);
  const change = query.useMutation('put', '/collections/{uid}/tags');
  const save = () =>
    change.mutate(
      { params: { path: { uid } }, body: { tags: draft.map((slug) => ({ slug })) } },
      { onSuccess: done, onError: (error) => failed('Could not keep the tags', error) },
    );
  return (
    <div>
      <TagsInput
        size="xs"
        aria-label="Tags"
        placeholder="Add a tag"
        value={draft}
        onChange={(next) => setDraft(next.map((tag) => tag.trim().toLowerCase().replace(/\s+/g, '-')))}
        maxTags={5}
        autoFocus
      />
      <div className={own.tags}>
        <span className="field-note">At most 5</span>
        <ActionIcon className="push" aria-label="Leave the tags" onClick={done}>
          <X size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label="Keep the tags" onClick={save} loading={change.isPending}>
          <Check size={14} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
