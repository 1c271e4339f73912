import { Fragment, type ReactNode } from 'react';
import { inline, type Inline } from './inline';

/** A sentence with Markdown in it: `code`, *names of buttons*, links. It becomes elements and never HTML. */
export const Said = ({ text }: { text: string }) => <span className="said">{words(inline(text))}</span>;

function words(kids: Inline[]): ReactNode[] {
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
