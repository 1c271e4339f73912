import { Copy } from '../../../parts/Copy';
import { Method } from '../../../parts/Pill';
import {
  described,
  headersOf,
  methodOf,
  requestOf,
  urlOf,
  urlPartsOf,
  type Doc,
  type Found,
} from '../document/model';
import { Markdown } from '../markdown/Markdown';
import { AuthDocs } from './AuthDocs';
import { BodyDocs } from './BodyDocs';
import { Examples } from './Examples';
import { Pairs } from './Pairs';
import { Scripts } from './Scripts';
import style from './read.module.css';
import { Templated } from './Templated';

/** A request as documentation. */
export function RequestDocs({ doc, found }: { doc: Doc; found: Found }) {
  const { item, folders } = found;
  const request = requestOf(item.request);
  const url = urlOf(item.request);
  const { query, variable } = urlPartsOf(item.request);
  const about = described(request.description ?? item.description);
  return (
    <>
      <div className={style.address}>
        <Method name={methodOf(item.request)} />
        <span className={`mono ${style.url}`}>{url ? <Templated text={url} /> : 'No address yet'}</span>
        {url && <Copy value={url} label="Copy the address" />}
      </div>
      {about && (
        <div className={style.description}>
          <Markdown text={about} />
        </div>
      )}
      <Pairs title="Query parameters" pairs={query} />
      <Pairs title="Path variables" pairs={variable} />
      <Pairs title="Headers" pairs={headersOf(request.header)} />
      <AuthDocs doc={doc} folders={folders} own={request.auth ?? item.auth} />
      <BodyDocs body={request.body} />
      <Scripts of={item} />
      <Examples of={item} chosen={found.example} />
    </>
  );
}
