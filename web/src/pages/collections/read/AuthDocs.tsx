import type { Auth, Doc, Item } from '../document/model';
import { authName, authPairs, holding } from './auth';
import { Pairs } from './Pairs';
import style from './read.module.css';

interface AuthDocsProps {
  doc: Doc;
  folders: Item[];
  own: Auth | null | undefined;
  isCollection?: boolean;
}

/** How who calls shows who they are; of a request without a way of its own, the one from above. */
export function AuthDocs({ doc, folders, own, isCollection = false }: AuthDocsProps) {
  const found = isCollection ? (own ? { auth: own } : undefined) : holding(doc, folders, own);
  if (!found || found.auth.type === 'noauth') return null;
  const pairs = authPairs(found.auth);
  const note = 'from' in found && found.from ? `from ${found.from}` : undefined;
  const title = `Auth: ${authName(found.auth)}`;
  if (pairs.length > 0) return <Pairs title={title} pairs={pairs} {...(note && { note })} />;
  return (
    <h3 className="section-title">
      {title}
      {note && <span className={style.note}>{note}</span>}
    </h3>
  );
}
