import type { Form } from '../document/form';
import { pathNames, withQuery } from '../document/url';
import type { Pair } from '../document/model';
import { AuthEdit } from './AuthEdit';
import { BodyEdit } from './BodyEdit';
import { PairsEdit } from './PairsEdit';
import { ScriptsEdit } from './ScriptsEdit';

interface Part {
  form: Form;
  set: (part: Partial<Form>) => void;
  isRequest: boolean;
  faults: Partial<Record<keyof Form, string>>;
}

interface Tab {
  value: string;
  label: string;
  count?: number | undefined;
  draw: () => React.ReactNode;
}

/** The parts of an item that have a place of their own, as there are parts to it. */
export function tabsOf({ form, set, isRequest, faults }: Part): Tab[] {
  const scripts: Tab = {
    value: 'scripts',
    label: 'Scripts',
    count: [form.prerequest, form.test].filter((it) => it.trim() !== '').length,
    draw: () => <ScriptsEdit form={form} set={set} />,
  };
  const auth: Tab = {
    value: 'auth',
    label: 'Auth',
    draw: () => <AuthEdit form={form} set={set} fault={faults.auth} />,
  };
  if (!isRequest)
    return [
      {
        value: 'variables',
        label: 'Variables',
        count: form.variables.length,
        draw: () => (
          <PairsEdit what="variable" pairs={form.variables} onChange={(variables) => set({ variables })} />
        ),
      },
      auth,
      scripts,
    ];
  return [
    {
      value: 'parameters',
      label: 'Parameters',
      count: form.query.length + form.pathVariables.length,
      draw: () => <Parameters form={form} set={set} />,
    },
    {
      value: 'headers',
      label: 'Headers',
      count: form.headers.length,
      draw: () => <PairsEdit what="header" pairs={form.headers} onChange={(headers) => set({ headers })} />,
    },
    { value: 'body', label: 'Body', draw: () => <BodyEdit form={form} set={set} /> },
    auth,
    scripts,
  ];
}

function Parameters({ form, set }: Pick<Part, 'form' | 'set'>) {
  const names = pathNames(form.url);
  const inPath: Pair[] = names.map(
    (key) => form.pathVariables.find((pair) => pair.key === key) ?? { key, value: '' },
  );
  return (
    <div className="stack">
      <PairsEdit
        what="parameter"
        pairs={form.query}
        onChange={(query) => set({ query, url: withQuery(form.url, query) })}
      />
      {inPath.length > 0 && (
        <div>
          <h3 style={{ marginBottom: 8 }}>In the path</h3>
          <PairsEdit
            what="path variable"
            pairs={inPath}
            isFixed
            onChange={(pathVariables) => set({ pathVariables })}
          />
        </div>
      )}
    </div>
  );
}
