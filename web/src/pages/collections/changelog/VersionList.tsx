import { Fragment } from 'react';
import { many } from '../../../words/numbers';
import { clock, day } from '../../../words/time';
import style from './changelog.module.css';
import type { Group } from './groups';
import { entryWords } from './words';

interface VersionListProps {
  groups: Group[];
  chosen: Group | undefined;
  choose: (key: string) => void;
}

/** So many lines of what was done stand in the list. */
const MOST = 3;

/** The versions by day, newest first. */
export function VersionList({ groups, chosen, choose }: VersionListProps) {
  return groups.map((group, at) => {
    const date = day(group.at);
    const before = groups[at - 1];
    return (
      <Fragment key={group.key}>
        {(!before || day(before.at) !== date) && <h2 className={style.day}>{date}</h2>}
        <button
          type="button"
          id={`version-${group.key}`}
          className={style.version}
          aria-current={group === chosen || undefined}
          onClick={() => choose(group.key)}
        >
          <span className="row">
            <strong className="clip">{group.user}</strong>
            <time dateTime={group.at} className="small dimmed number">
              {clock(group.at)}
            </time>
            <span className={`push ${style.number}`}>
              {group.from < group.version - 1 ? `v${group.from + 1}–${group.version}` : `v${group.version}`}
            </span>
          </span>
          {group.entries.slice(0, MOST).map((entry) => (
            <span key={entry.id} className={style.line}>
              {entryWords(entry)}
              {entry.count > 1 && <span className="dimmed">, {many(entry.count, 'time')}</span>}
            </span>
          ))}
          {group.entries.length > MOST && (
            <span className={style.line}>and {many(group.entries.length - MOST, 'more change')}</span>
          )}
        </button>
      </Fragment>
    );
  });
}
