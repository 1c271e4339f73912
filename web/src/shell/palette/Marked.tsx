import type { Match } from './match';

/** A text whose found letters stand out. */
export function Marked({ text, marks }: { text: string; marks: Match['marks'] }) {
  if (marks.length === 0) return text;
  let at = 0;
  const parts = marks.map(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return (
      <span key={from}>
        {before}
        <b>{text.slice(from, to)}</b>
      </span>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
