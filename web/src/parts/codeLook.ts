import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The same in both schemes, since the colours are variables. */
export const look = EditorView.theme({
  '&': { color: 'var(--mantine-color-text)', backgroundColor: 'transparent', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontVariantLigatures: 'none',
    lineHeight: '1.65',
    overflow: 'auto',
    minHeight: 'var(--editor-min)',
    maxHeight: 'var(--editor-max)',
  },
  '.cm-content': {
    padding: '8px 0',
    caretColor: 'var(--mantine-color-text)',
    minHeight: 'var(--editor-min)',
    boxSizing: 'border-box',
  },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--mantine-color-dimmed)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 10px', minWidth: '30px' },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--app-hover) 60%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection':
    {
      backgroundColor: 'color-mix(in srgb, var(--info) 26%, transparent)',
    },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--info) 16%, transparent)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-bg)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--warn) 45%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--info-bg)', outline: '1px solid var(--bar)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-bg)', color: 'var(--bad-text)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--mute-bg)',
    border: 'none',
    color: 'var(--mute-text)',
    padding: '0 6px',
  },
  '.cm-panels': {
    backgroundColor: 'var(--app-sunken)',
    color: 'var(--mantine-color-text)',
    fontFamily: 'inherit',
  },
  '.cm-panels-top': { borderBottom: '1px solid var(--app-border)' },
  '.cm-panel.cm-search': { padding: '6px 28px 6px 8px', fontSize: '12px' },
  '.cm-panel.cm-search label': { fontSize: '12px' },
  '.cm-panel.cm-search [name=close]': {
    color: 'var(--mantine-color-text)',
    width: '24px',
    height: '24px',
    fontSize: '16px',
  },
  '.cm-panels .cm-textfield': {
    backgroundColor: 'var(--app-surface)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--app-field)',
    borderRadius: '4px',
    padding: '2px 6px',
    minHeight: '24px',
    fontSize: '12px',
  },
  '.cm-panels .cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--app-surface)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--app-field)',
    borderRadius: '4px',
    minHeight: '24px',
    fontSize: '12px',
    padding: '0 8px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--app-surface)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--app-border)',
    borderRadius: '6px',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
});

export const colours = HighlightStyle.define([
  { tag: [tags.comment, tags.meta], color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--ok-text)' },
  { tag: [tags.number], color: 'var(--info-text)' },
  { tag: [tags.bool, tags.null, tags.atom], color: 'var(--warn-text)' },
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword],
    color: 'var(--info-text)',
  },
  { tag: [tags.propertyName], fontWeight: '550' },
  { tag: [tags.punctuation, tags.bracket, tags.separator], color: 'var(--mantine-color-dimmed)' },
  { tag: tags.invalid, color: 'var(--bad-text)' },
]);
