import { Button, SegmentedControl } from '@mantine/core';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { JsonView as Tree } from 'react-json-view-lite';
import { bytes } from '../words/numbers';
import { Copy } from './Copy';

/** Above this a tree would freeze the tab. */
const MOST_FOR_TREE = 1_000_000;
/** So much of a long text is drawn; all of it can be had as a file. */
const MOST_SHOWN = 200_000;

const STYLE = {
  container: 'json-tree',
  basicChildStyle: 'json-child',
  childFieldsContainer: '',
  label: 'json-label',
  clickableLabel: 'json-label',
  nullValue: 'json-mark',
  undefinedValue: 'json-mark',
  stringValue: 'json-text',
  booleanValue: 'json-word',
  numberValue: 'json-number',
  otherValue: 'json-mark',
  punctuation: 'json-mark',
  collapseIcon: 'json-close',
  expandIcon: 'json-open',
  collapsedContent: 'json-more',
  noQuotesForStringValues: false,
  quotesForFieldNames: false,
  stringifyStringValues: true,
  ariaLables: { collapseJson: 'collapse', expandJson: 'expand' },
};

/** A body as a tree or as it is, with its size, to copy or to keep. What isn't JSON is shown as it is. */
export function Body({
  text,
  name = 'body',
  title = 'Body',
}: {
  text: string;
  name?: string;
  title?: string;
}) {
  const parsed = useMemo(() => (text.length > MOST_FOR_TREE ? undefined : tryParse(text)), [text]);
  const [wanted, want] = useState('tree');
  const isTree = wanted === 'tree' && parsed !== undefined;
  return (
    <>
      <div className="section-title">
        {title} <span className="dimmed number">{bytes(new Blob([text]).size)}</span>
        <span className="row push">
          {parsed !== undefined && (
            <SegmentedControl
              size="xs"
              aria-label={`How the ${title.toLowerCase()} is shown`}
              value={wanted}
              onChange={want}
              data={[
                { value: 'tree', label: 'Tree' },
                { value: 'raw', label: 'Raw' },
              ]}
            />
          )}
          <Copy value={text} label={`Copy the ${title.toLowerCase()}`} />
          {text.length > MOST_SHOWN && (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<Download size={13} />}
              onClick={() => save(name, text)}
            >
              Download
            </Button>
          )}
        </span>
      </div>
      {text === '' ? (
        <div className="json dimmed">Empty</div>
      ) : isTree ? (
        <div className="json" role="region" aria-label={title} tabIndex={0}>
          <Tree data={parsed} style={STYLE} shouldExpandNode={(level) => level < 4} />
        </div>
      ) : (
        <pre className="json" role="region" aria-label={title} tabIndex={0}>
          {text.slice(0, MOST_SHOWN)}
          {text.length > MOST_SHOWN && '\n… the rest is in the download'}
        </pre>
      )}
    </>
  );
}

/** The value, if it is an object or a list. */
function tryParse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Has the browser keep a text as a file. */
export function save(name: string, text: string, type = 'application/json') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
