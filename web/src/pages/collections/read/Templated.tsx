import { Fragment } from 'react';
import style from './read.module.css';

/** `{{name}}` as a chip. */
export const Variable = ({ name }: { name: string }) => (
  <span className={style.variable} data-dynamic={name.startsWith('$') || undefined}>
    {name}
  </span>
);

/** Of a long text only the beginning is looked through. */
const MOST = 20_000;

/** A text with its variables as chips. */
export function Templated({ text }: { text: string }) {
  const parts = text.slice(0, MOST).split(/(\{\{[^{}\n]{1,200}\}\})/);
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          <Variable key={at} name={part.slice(2, -2).trim()} />
        ) : (
          <Fragment key={at}>{part}</Fragment>
        ),
      )}
      {text.slice(MOST)}
    </>
  );
}
