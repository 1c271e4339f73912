import { ActionIcon, TagsInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Check, Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { query, type Shape } from '../../../api/client';
import { Copy } from '../../../parts/Copy';
import { failed } from '../../../parts/notify';
import { When } from '../../../parts/When';
import { useNames } from '../useNames';
import own from './side.module.css';

/** What a collection is beside its document: whose, since when, tags, how often it is talked about. */
export function About({ uid, mayEdit, versions }: { uid: string; mayEdit: boolean; versions: ReactNode }) {
  const all = query.useQuery('get', '/collections');
  const summary = all.data?.collections.find((it) => it.uid === uid);
  const names = useNames();
  const comments = query.useQuery('get', '/collections/{uid}/comments', { params: { path: { uid } } });
  return (
    <section className="card">
      <h2 className={own.title}>About</h2>
      <dl className="pairs">
        <dt>Owner</dt>
        <dd>{summary ? names.of(summary.owner) : '—'}</dd>
        <dt>Updated</dt>
        <dd>
          <When at={summary?.updatedAt} />
        </dd>
        <dt>Versions</dt>
        <dd className="number">{versions}</dd>
        {(comments.data?.data.length ?? 0) > 0 && (
          <>
            <dt>Comments</dt>
            <dd className="number">{comments.data!.data.length}</dd>
          </>
        )}
        {summary?.fork && (
          <>
            <dt>Fork of</dt>
            <dd>
              <Link className="link" to="/collections/$uid" params={{ uid: summary.fork.from } as never}>
                {all.data?.collections.find((it) => it.uid === summary.fork!.from)?.name ??
                  summary.fork.label}
              </Link>
            </dd>
          </>
        )}
        <dt>Tags</dt>
        <dd>
          <Tags uid={uid} mayEdit={mayEdit} />
        </dd>
        <dt>UID</dt>
        <dd className="row">
          <span className="mono clip">{uid}</span>
          <Copy value={uid} label="Copy the UID" />
        </dd>
      </dl>
    </section>
  );
}

function Tags({ uid, mayEdit }: { uid: string; mayEdit: boolean }) {
  const tags = query.useQuery('get', '/collections/{uid}/tags', { params: { path: { uid } } });
  const [draft, setDraft] = useState<string[]>();
  const change = query.useMutation('put', '/collections/{uid}/tags');
  const slugs = tags.data?.tags.map((tag: Shape['TagView']) => tag.slug) ?? [];
  const save = () =>
    change.mutate(
      { params: { path: { uid } }, body: { tags: draft!.map((slug) => ({ slug })) } },
      {
        onSuccess: () => setDraft(undefined),
        onError: (error) => failed('Could not keep the tags', error),
      },
    );
  if (draft)
    return (
      <div className={own.tags}>
        <TagsInput
          size="xs"
          aria-label="Tags"
          description="Lower-case letters, digits and hyphens; at most 5"
          value={draft}
          onChange={(next) => setDraft(next.map((tag) => tag.trim().toLowerCase().replace(/\s+/g, '-')))}
          maxTags={5}
          autoFocus
        />
        <ActionIcon variant="default" aria-label="Keep the tags" onClick={save} loading={change.isPending}>
          <Check size={14} aria-hidden />
        </ActionIcon>
      </div>
    );
  return (
    <div className="row wrap" style={{ gap: 4 }}>
      {slugs.map((slug) => (
        <Link key={slug} className={own.tag} to="/collections" search={{ tag: slug } as never}>
          {slug}
        </Link>
      ))}
      {slugs.length === 0 && <span className="dimmed">None</span>}
      {mayEdit && (
        <ActionIcon size="sm" className="push" aria-label="Change the tags" onClick={() => setDraft(slugs)}>
          <Pencil size={13} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
