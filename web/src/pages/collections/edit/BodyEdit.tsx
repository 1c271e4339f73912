import { SegmentedControl, Select } from '@mantine/core';
import { Code, type Language } from '../../../parts/Code';
import type { Form } from '../document/form';
import style from './edit.module.css';
import { PairsEdit } from './PairsEdit';

const MODES = [
  { value: '', label: 'None' },
  { value: 'raw', label: 'Raw' },
  { value: 'urlencoded', label: 'URL-encoded' },
  { value: 'formdata', label: 'Form data' },
  { value: 'graphql', label: 'GraphQL' },
];
const LANGUAGES = ['json', 'xml', 'html', 'javascript', 'text'];

/** What a request sends. */
export function BodyEdit({ form, set }: { form: Form; set: (part: Partial<Form>) => void }) {
  const isOther = !MODES.some((it) => it.value === form.mode);
  const modes = isOther ? [...MODES, { value: form.mode, label: form.mode }] : MODES;
  return (
    <div className="stack">
      <div className={`row wrap ${style.modes}`}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of body"
          value={form.mode}
          onChange={(mode) => set({ mode })}
          data={modes}
        />
        {form.mode === 'raw' && (
          <Select
            size="xs"
            w={130}
            aria-label="Language of the body"
            data={LANGUAGES.includes(form.language) ? LANGUAGES : [...LANGUAGES, form.language]}
            value={form.language}
            onChange={(language) => language && set({ language })}
          />
        )}
      </div>
      {form.mode === 'raw' && (
        <Code
          label="Body"
          value={form.raw}
          onChange={(raw) => set({ raw })}
          language={codeOf(form.language)}
          variables
          minHeight={200}
        />
      )}
      {form.mode === 'urlencoded' && (
        <PairsEdit what="field" pairs={form.urlencoded} onChange={(urlencoded) => set({ urlencoded })} />
      )}
      {form.mode === 'formdata' && (
        <PairsEdit what="field" pairs={form.formdata} onChange={(formdata) => set({ formdata })} />
      )}
      {form.mode === 'graphql' && (
        <>
          <h3>Query</h3>
          <Code
            label="GraphQL query"
            value={form.graphqlQuery}
            onChange={(graphqlQuery) => set({ graphqlQuery })}
            minHeight={140}
          />
          <h3>Variables</h3>
          <Code
            label="GraphQL variables"
            value={form.graphqlVariables}
            onChange={(graphqlVariables) => set({ graphqlVariables })}
            language="json"
            variables
          />
        </>
      )}
      {isOther && <div className="field-note">This kind of body is changed in the JSON view.</div>}
    </div>
  );
}

const codeOf = (language: string): Language =>
  language === 'json' || language === 'javascript' ? language : 'text';
