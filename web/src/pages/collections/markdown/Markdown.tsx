import { Fragment, useMemo, type ReactNode } from 'react';
import { Variable } from '../read/Templated';
import { blocks, type Block } from './blocks';
import type { Inline } from '../../../parts/inline';
import style from './markdown.module.css';

/** Longer ones are shown as they are written. */
const MOST = 200_000;

/** A description, as Markdown. It becomes elements and never HTML: what is hostile stays text. `under` is the heading that it stands below. */
export function Markdown({ text, under = 2 }: { text: string; under?: number }) {
  const read = useMemo(() => (text.length > MOST ? undefined : blocks(text)), [text]);
  if (!read) return <pre className="json">{text}</pre>;
  const last = { level: under };
  return <div className={style.markdown}>{read.map((block, at) => draw(block, at, under, last))}</div>;
}

type Last = { level: number };

function draw(block: Block, key: number, under: number, last: Last): ReactNode {
  const all = (kids: Block[]) => kids.map((kid, at) => draw(kid, at, under, last));
  switch (block.t) {
    case 'heading': {
      // No level is left out, or who goes from heading to heading thinks that something is missing.
      last.level = Math.min(6, under + block.level, last.level + 1);
      const Heading = `h${last.level}` as 'h3';
      return (
        <Heading key={key} data-size={block.level}>
          {words(block.kids)}
        </Heading>
      );
    }
    case 'paragraph':
      return <p key={key}>{words(block.kids)}</p>;
    case 'code':
      return (
        <pre key={key} tabIndex={0} aria-label="Code" role="region">
          {block.v}
        </pre>
      );
    case 'quote':
      return <blockquote key={key}>{all(block.kids)}</blockquote>;
    case 'list': {
      const items = block.items.map((item, at) => (
        <li key={at}>{item.length === 1 && item[0]!.t === 'paragraph' ? words(item[0]!.kids) : all(item)}</li>
      ));
      return block.ordered ? (
        <ol key={key} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
    case 'table':
      return (
        <div key={key} className="table-region" role="region" aria-label="Table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, at) => (
                  <th key={at} style={{ textAlign: block.align[at] }}>
                    {words(cell)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, line) => (
                <tr key={line}>
                  {row.map((cell, at) => (
                    <td key={at} style={{ textAlign: block.align[at] }}>
                      {words(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'rule':
      return <hr key={key} />;
  }
}

function words(kids: Inline[]): ReactNode[] {
  return kids.map((kid, key) => {
    switch (kid.t) {
      case 'text':
        return <Fragment key={key}>{kid.v}</Fragment>;
      case 'code':
        return <code key={key}>{kid.v}</code>;
      case 'variable':
        return <Variable key={key} name={kid.v} />;
      case 'break':
        return <br key={key} />;
      case 'strong':
        return <strong key={key}>{words(kid.kids)}</strong>;
      case 'em':
        return <em key={key}>{words(kid.kids)}</em>;
      case 'del':
        return <del key={key}>{words(kid.kids)}</del>;
      case 'link':
        return (
          <a key={key} className="link" href={kid.href} target="_blank" rel="noopener noreferrer nofollow">
            {words(kid.kids)}
          </a>
        );
    }
  });
}
