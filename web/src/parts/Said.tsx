import { Fragment, type ReactNode } from 'react';
import { inline, type Inline } from './inline';

interface SaidProps {
  text: string;
  /** Addresses in it are examples, and lead nowhere. */
  noLinks?: boolean;
}

/** A sentence with Markdown in it: `code`, *names of buttons*, links. It becomes elements and never HTML. */
export const Said = ({ text, noLinks = false }: SaidProps) => (
  <span className="said">{words(inline(text), noLinks)}</span>
);

function words(kids: Inline[], noLinks: boolean): ReactNode[] {
  return kids.map((kid, key) => {
    switch (kid.t) {
      case 'text':
        return <Fragment key={key}>{kid.v}</Fragment>;
      case 'code':
        return <code key={key}>{kid.v}</code>;
      case 'variable':
        return <code key={key}>{`{{${kid.v}}}`}</code>;
      case 'break':
        return <br key={key} />;
      case 'strong':
        return <strong key={key}>{words(kid.kids, noLinks)}</strong>;
      case 'em':
        return <em key={key}>{words(kid.kids, noLinks)}</em>;
      case 'del':
        return <del key={key}>{words(kid.kids, noLinks)}</del>;
      case 'link':
        return noLinks ? (
          <Fragment key={key}>{words(kid.kids, noLinks)}</Fragment>
        ) : (
          <a key={key} className="link" href={kid.href} target="_blank" rel="noopener noreferrer nofollow">
            {words(kid.kids, noLinks)}
          </a>
        );
    }
  });
}
