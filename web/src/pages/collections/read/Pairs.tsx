import { described, text, valueOf, type Pair } from '../document/model';
import { Markdown } from '../markdown/Markdown';
import style from './read.module.css';
import { Templated } from './Templated';

/** Names and values: parameters, headers, fields. What is switched off is there, but told apart. */
export function Pairs({ title, pairs, note }: { title: string; pairs: Pair[]; note?: string }) {
  if (pairs.length === 0) return null;
  return (
    <section>
      <h3 className="section-title">
        {title} <span className="dimmed number">{pairs.length}</span>
        {note && <span className={style.note}>{note}</span>}
      </h3>
      <dl className="pairs">
        {pairs.map((pair, at) => (
          <PairRow key={at} pair={pair} />
        ))}
      </dl>
    </section>
  );
}

function PairRow({ pair }: { pair: Pair }) {
  const about = described(pair.description);
  const value = pair.type === 'file' ? fileOf(pair) : valueOf(pair.value);
  return (
    <>
      <dt className="mono" data-off={pair.disabled || undefined}>
        <Templated text={text(pair.key) || '—'} />
        {pair.disabled && <span className={style.off}>off</span>}
      </dt>
      <dd data-off={pair.disabled || undefined}>
        <span className="mono">
          {pair.type === 'file' && <span className={style.off}>file</span>}
          <Templated text={value} />
        </span>
        {about && (
          <div className={style.about}>
            <Markdown text={about} under={3} />
          </div>
        )}
      </dd>
    </>
  );
}

const fileOf = (pair: Pair): string => {
  const src: unknown = pair['src'];
  return Array.isArray(src) ? src.map(valueOf).join(', ') : valueOf(src);
};
