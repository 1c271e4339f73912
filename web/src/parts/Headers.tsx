import { Copy } from './Copy';

interface HeadersProps {
  /** As they were sent, in their order. */
  headers: { name: string; value: string }[];
  title?: string;
}

/** Headers of a request or an answer, to read and to copy. */
export function Headers({ headers, title = 'Headers' }: HeadersProps) {
  const text = headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return (
    <section aria-label={title}>
      <div className="section-title">
        {title} <span className="dimmed number">{headers.length}</span>
        <span className="row push">
          {headers.length > 0 && <Copy value={text} label={`Copy the ${title.toLowerCase()}`} />}
        </span>
      </div>
      {headers.length === 0 ? (
        <div className="json dimmed">None</div>
      ) : (
        <dl className="pairs mono">
          {headers.flatMap(({ name, value }, at) => [
            <dt key={`${at} name`}>{name}</dt>,
            <dd key={at}>{value}</dd>,
          ])}
        </dl>
      )}
    </section>
  );
}
