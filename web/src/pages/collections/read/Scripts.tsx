import { Code } from '../../../parts/Code';
import { Copy } from '../../../parts/Copy';
import { scriptOf } from '../document/model';
import style from './read.module.css';

const KINDS = [
  { listen: 'prerequest', title: 'Pre-request script' },
  { listen: 'test', title: 'Tests' },
];

/** What runs before and after. */
export function Scripts({ of }: { of: { event?: unknown } }) {
  return KINDS.map(({ listen, title }) => {
    const code = scriptOf(of, listen);
    if (code.trim() === '') return null;
    return (
      <section key={listen}>
        <h3 className="section-title">
          {title}
          <span className="push">
            <Copy value={code} label={`Copy: ${title.toLowerCase()}`} />
          </span>
        </h3>
        <div className={style.script}>
          <Code
            key={code}
            label={title}
            value={code}
            language="javascript"
            readOnly
            minHeight={Math.min(320, code.split('\n').length * 20 + 16)}
            maxHeight={320}
          />
        </div>
      </section>
    );
  });
}
