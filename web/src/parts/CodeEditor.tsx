import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { CodeProps, Language } from './Code';
import { colours, look } from './codeLook';
import { jsonFault } from './jsonFault';

const LANGUAGES: Record<Language, () => Extension> = { json, javascript, text: () => [] };

type Props = CodeProps & Required<Pick<CodeProps, 'language' | 'readOnly' | 'minHeight' | 'maxHeight'>>;

/** CodeMirror in our colours. Tab indents; after Esc it goes on to the next field. */
export default function CodeEditor(props: Props) {
  const { value, minHeight, maxHeight } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          ...extensions(latest.current),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const { state } = view.current!;
    if (state.doc.toString() !== value)
      view.current!.dispatch({ changes: { from: 0, to: state.doc.length, insert: value } });
  }, [value]);

  return (
    <div
      ref={place}
      className="editor"
      style={{ '--editor-min': `${minHeight}px`, '--editor-max': `${maxHeight}px` } as React.CSSProperties}
    />
  );
}

function extensions({ label, language, readOnly, variables = false }: Props): Extension[] {
  const keys = [...searchKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap];
  return [
    look,
    syntaxHighlighting(colours),
    LANGUAGES[language](),
    language === 'text' ? [] : [lineNumbers(), foldGutter(), bracketMatching()],
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    highlightSpecialChars(),
    search({ top: true }),
    highlightSelectionMatches(),
    EditorView.contentAttributes.of({
      'aria-label': label,
      tabindex: '0',
      ...(readOnly && { 'aria-readonly': 'true' }),
    }),
    readOnly
      ? [EditorState.readOnly.of(true), EditorView.editable.of(false), keymap.of(keys)]
      : [
          history(),
          drawSelection(),
          indentOnInput(),
          highlightActiveLine(),
          keymap.of([...keys, ...historyKeymap, indentWithTab]),
          language === 'json' ? [linter(({ state }) => faults(state, variables)), lintGutter()] : [],
        ],
  ];
}

function faults(state: EditorState, variables: boolean) {
  const fault = jsonFault(state.doc.toString(), variables);
  if (!fault) return [];
  const from = Math.min(fault.at, state.doc.length);
  return [
    {
      from,
      to: Math.min(from + 1, state.doc.length),
      severity: 'error' as const,
      message: fault.message,
    },
  ];
}
