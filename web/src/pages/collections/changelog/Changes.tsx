import {
  ArrowRight,
  FilePen,
  FilePlus2,
  FileX2,
  MoveRight,
  TextCursorInput,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import { many } from '../../../words/numbers';
import { Diff } from '../diff/Diff';
import style from './changelog.module.css';
import type { Change } from './groups';
import { Whole } from './Whole';
import { changeWords, fieldWords, valueText } from './words';

const LOOKS: Record<string, { icon: LucideIcon; tone: string }> = {
  create: { icon: FilePlus2, tone: 'ok' },
  delete: { icon: FileX2, tone: 'bad' },
  rename: { icon: TextCursorInput, tone: 'info' },
  move: { icon: MoveRight, tone: 'info' },
  update: { icon: FilePen, tone: 'warn' },
};

interface ChangesProps {
  uid: string;
  changes: Change[];
  version: number;
  from: number;
}

/** First what changed, in words and by place; then each difference. */
export function Changes({ uid, changes, version, from }: ChangesProps) {
  const differing = changes.filter((change) => hasDiff(change));
  if (changes.length === 0)
    return (
      <div className="state">
        <strong>{from === 0 ? 'The collection was made' : 'Nothing that people see'}</strong>
        <p>
          {from === 0
            ? 'There is no version before this one to compare it with.'
            : 'This version differs only in what machines read.'}
        </p>
      </div>
    );
  return (
    <>
      <Summary changes={changes} version={version} />
      {differing.map((change) => (
        <section key={anchor(change, version)} id={anchor(change, version)} className={style.change}>
          <h3 className="section-title">
            <Mark action={change.action} />
            <span className="clip">
              {change.path.length > 0 && <span className="dimmed">{change.path.join(' / ')} / </span>}
              {change.name}
            </span>
          </h3>
          {change.action === 'create' || change.action === 'delete' ? (
            <Whole uid={uid} change={change} version={change.action === 'create' ? version : from} />
          ) : (
            change.fields
              .filter((field) => !field.path.endsWith('.order'))
              .map((field) => (
                <div key={field.path}>
                  <div className={style.field}>{fieldWords(field.path)}</div>
                  <Diff
                    label={`${fieldWords(field.path)} of ${change.name}`}
                    before={valueText(field.old)}
                    now={valueText(field.new)}
                  />
                </div>
              ))
          )}
        </section>
      ))}
    </>
  );
}

const hasDiff = (change: Change) =>
  change.action === 'update'
    ? change.fields.some((field) => !field.path.endsWith('.order'))
    : (change.action === 'create' || change.action === 'delete') &&
      change.model !== 'folder' &&
      change.id != null;

const anchor = (change: Change, version: number) => `change-${version}-${change.action}-${change.uid}`;

export function Mark({ action }: { action: string }) {
  const { icon: Icon, tone } = LOOKS[action] ?? LOOKS['update']!;
  return (
    <span className={`${style.mark} tone-${tone}`}>
      <Icon size={14} aria-hidden />
    </span>
  );
}

interface Place {
  path: string;
  changes: Change[];
}

interface SummaryProps {
  changes: Change[];
  /** Where the differences are on the page, if they are. */
  version?: number;
  words?: (change: Change) => string;
}

/** What changed as a tree: by the folders that it lies in. */
export function Summary({ changes, version, words = changeWords }: SummaryProps) {
  const places = useMemo(() => {
    const byPath = new Map<string, Place>();
    for (const change of changes) {
      const path = change.path.join(' / ');
      const place = byPath.get(path) ?? { path, changes: [] };
      place.changes.push(change);
      byPath.set(path, place);
    }
    return [...byPath.values()];
  }, [changes]);
  return (
    <div className={style.summary}>
      <div className="small dimmed">{many(changes.length, 'change')}</div>
      <ul>
        {places.map(({ path, changes: here }) => {
          const lines = here.map((change, at) => (
            <li key={at} className={style.what}>
              <Mark action={change.action} />
              {version !== undefined && hasDiff(change) ? (
                <a className="quiet" href={`#${anchor(change, version)}`} onClick={(event) => jump(event)}>
                  {words(change)}
                </a>
              ) : (
                <span>{words(change)}</span>
              )}
            </li>
          ));
          return path === '' ? (
            lines
          ) : (
            <li key={path} className={style.place}>
              <span className="small dimmed">
                {path} <ArrowRight size={11} aria-hidden />
              </span>
              <ul>{lines}</ul>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Goes to a difference; the address stays what it is. */
function jump(event: React.MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  const id = event.currentTarget.getAttribute('href')!.slice(1);
  document.getElementById(id)?.scrollIntoView({ block: 'start' });
}
