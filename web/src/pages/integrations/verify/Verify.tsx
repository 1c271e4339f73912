import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { Copy } from '../../../parts/Copy';
import { SNIPPETS } from './snippets';

/** Code that checks a signature, in the language of who reads. */
export function Verify() {
  const [language, choose] = useState(remembered);
  return (
    <div className="card" style={{ overflow: 'hidden' }}>
      <Tabs
        value={language}
        onChange={(next) => {
          if (!next) return;
          localStorage.setItem(KEY, next);
          choose(next);
        }}
        keepMounted={false}
      >
        <Tabs.List px={6} aria-label="Language">
          {SNIPPETS.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SNIPPETS.map(({ id, label, file, code }) => (
          <Tabs.Panel key={id} value={id} tabIndex={-1}>
            <div className="section-title" style={{ borderTop: 0 }}>
              <span className="mono">{file}</span>
              <span className="row push">
                <Copy value={code} label={`Copy the ${label} code`} />
              </span>
            </div>
            <pre
              className="json"
              style={{ whiteSpace: 'pre', maxHeight: 460, fontVariantLigatures: 'none' }}
              role="region"
              aria-label={`${label} code`}
              tabIndex={0}
            >
              {code}
            </pre>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

const KEY = 'postern-verify-language';

const remembered = () => {
  const kept = localStorage.getItem(KEY);
  return SNIPPETS.some(({ id }) => id === kept) ? kept! : 'node';
};
