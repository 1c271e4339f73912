import { Folder } from 'lucide-react';
import { Method } from '../../../parts/Pill';
import { many } from '../../../words/numbers';
import {
  childrenOf,
  countRequests,
  described,
  isFolder,
  methodOf,
  nameOf,
  urlOf,
  type Doc,
  type Item,
} from '../document/model';
import { Markdown } from '../markdown/Markdown';
import { AuthDocs } from './AuthDocs';
import { Pairs } from './Pairs';
import style from './read.module.css';
import { Scripts } from './Scripts';
import { Templated } from './Templated';

interface GroupDocsProps {
  doc: Doc;
  /** The folder; without it, it is the collection itself. */
  folder?: Item;
  folders: Item[];
  choose: (id: string) => void;
}

/** So many of what lies in it are listed; the tree has all. */
const MOST = 100;

/** A folder, or the collection itself, as documentation: what it says, and what lies in it. */
export function GroupDocs({ doc, folder, folders, choose }: GroupDocsProps) {
  const of: Pick<Doc, 'item' | 'auth' | 'event' | 'variable'> = folder
    ? { ...folder, item: childrenOf(folder) }
    : doc;
  const about = described(folder ? folder.description : doc.info?.description);
  const children = childrenOf(of);
  const variables = Array.isArray(of.variable) ? of.variable : [];
  return (
    <>
      <div className={style.description}>
        {about ? (
          <Markdown text={about} />
        ) : (
          <p className="dimmed small" style={{ margin: 0 }}>
            No description yet.
          </p>
        )}
      </div>
      <AuthDocs doc={doc} folders={folders} own={of.auth} isCollection={!folder} />
      <Pairs title="Variables" pairs={variables} />
      <Scripts of={of} />
      <section>
        <h3 className="section-title">
          Contents <span className="dimmed number">{children.length}</span>
        </h3>
        {children.length === 0 && (
          <div className={`dimmed small ${style.description}`}>There is nothing in it yet.</div>
        )}
        <ul className={style.contents}>
          {children.slice(0, MOST).map((item, at) => (
            <li key={item.id ?? at}>
              <button type="button" onClick={() => item.id && choose(item.id)}>
                {isFolder(item) ? <Folder size={15} aria-hidden /> : <Method name={methodOf(item.request)} />}
                <span className={style.name}>{nameOf(item)}</span>
                <span className="dimmed mono clip">
                  {isFolder(item) ? (
                    many(countRequests(childrenOf(item)), 'request')
                  ) : (
                    <Templated text={urlOf(item.request)} />
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {children.length > MOST && (
          <div className={`dimmed small ${style.description}`}>
            And {many(children.length - MOST, 'more', 'more')} in the tree.
          </div>
        )}
      </section>
    </>
  );
}
