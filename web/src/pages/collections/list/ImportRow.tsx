import { Link } from '@tanstack/react-router';
import { Pill } from '../../../parts/Pill';
import { many } from '../../../words/numbers';
import style from './list.module.css';
import type { Import } from './useImports';

const STATES = {
  waiting: { state: 'queued', label: 'Waiting' },
  importing: { state: 'running', label: 'Importing' },
  done: { state: 'success', label: 'Imported' },
  failed: { state: 'failure', label: 'Failed' },
};

/** What came of one file. */
export function ImportRow({ of, close }: { of: Import; close: () => void }) {
  const { made } = of;
  const isNothing =
    made && made.collections.length + made.environments.length + made.globals === 0
      ? 'Nothing was in it.'
      : '';
  return (
    <li>
      <div className="row">
        <strong className="clip">{of.name}</strong>
        {made && <span className="small dimmed">{made.format}</span>}
        <span className="push">
          <Pill {...STATES[of.state]} />
        </span>
      </div>
      {of.error && <div className="small bad-text">{of.error}</div>}
      {isNothing && <div className="small dimmed">{isNothing}</div>}
      {made && (
        <ul>
          {made.collections.map((it, at) => (
            <li key={at}>
              Collection{' '}
              {it.uid ? (
                <Link
                  className="link"
                  to="/collections/$uid"
                  params={{ uid: it.uid } as never}
                  onClick={close}
                >
                  {it.name}
                </Link>
              ) : (
                it.name
              )}
            </li>
          ))}
          {made.environments.map((it, at) => (
            <li key={at}>
              Environment{' '}
              {it.uid ? (
                <Link
                  className="link"
                  to="/environments/$uid"
                  params={{ uid: it.uid } as never}
                  onClick={close}
                >
                  {it.name}
                </Link>
              ) : (
                it.name
              )}
            </li>
          ))}
          {made.globals > 0 && <li>{many(made.globals, 'global variable')}</li>}
        </ul>
      )}
      {made && made.notCarriedOver.length > 0 && (
        <div className={style.lost}>
          <strong>Not carried over</strong>
          <ul>
            {made.notCarriedOver.map((it, at) => (
              <li key={at}>
                {it.what}
                {it.count > 1 && ` (${it.count})`}
                {it.first && <span className="dimmed"> · first at {it.first}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}
