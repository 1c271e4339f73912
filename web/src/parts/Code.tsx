import { lazy, Suspense } from 'react';

const CodeEditor = lazy(() => import('./CodeEditor'));

export type Language = 'json' | 'javascript' | 'text';

export interface CodeProps {
  /** Its name for who doesn't see it; write what is seen above it yourself. */
  label: string;
  value: string;
  onChange?: (value: string) => void;
  language?: Language;
  readOnly?: boolean;
  /** In pixels. It grows with its text up to `maxHeight`, then scrolls. */
  minHeight?: number;
  maxHeight?: number;
  /** Whether `{{name}}` may stand anywhere in JSON, as it does in bodies of requests. */
  variables?: boolean;
}

/** A text with its syntax, to read or to write. The editor itself is loaded when the first one is shown. */
export function Code({
  minHeight = 96,
  maxHeight = 480,
  language = 'text',
  onChange,
  readOnly = !onChange,
  ...rest
}: CodeProps) {
  return (
    <Suspense fallback={<div className="editor" aria-busy="true" style={{ minHeight: minHeight + 2 }} />}>
      <CodeEditor
        key={`${language} ${readOnly}`}
        {...rest}
        {...(onChange && { onChange })}
        language={language}
        readOnly={readOnly}
        minHeight={minHeight}
        maxHeight={Math.max(minHeight, maxHeight)}
      />
    </Suspense>
  );
}
