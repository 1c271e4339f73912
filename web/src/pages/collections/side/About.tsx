import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { query } from '../../../api/client';
import { Copy } from '../../../parts/Copy';
import { When } from '../../../parts/When';
import { useNames } from '../useNames';
import own from './side.module.css';

const TagsEdit = lazy(() => import('./TagsEdit'));

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
  const [isEditing, setEditing] = useState(false);
  const slugs = tags.data?.tags.map((tag) => tag.slug) ?? [];
  const list = (
    <div className="row wrap" style={{ gap: 4 }}>
      {slugs.map((slug) => (
        <Link key={slug} className={own.tag} to="/collections" search={{ tag: slug } as never}>
          {slug}
        </Link>
      ))}
      {slugs.length === 0 && <span className="dimmed">None</span>}
      {mayEdit && (
        <ActionIcon size="sm" className="push" aria-label="Change the tags" onClick={() => setEditing(true)}>
          <Pencil size={13} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
  if (!isEditing) return list;
  return (
    <Suspense fallback={list}>
      <TagsEdit uid={uid} before={slugs} done={() => setEditing(false)} />
    </Suspense>
  );
}
