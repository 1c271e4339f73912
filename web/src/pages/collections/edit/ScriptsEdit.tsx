import { Code } from '../../../parts/Code';
import type { Form } from '../document/form';

/** What runs before and after a request. */
export function ScriptsEdit({ form, set }: { form: Form; set: (part: Partial<Form>) => void }) {
  return (
    <div className="stack">
      <h3>Before the request</h3>
      <Code
        label="Pre-request script"
        language="javascript"
        value={form.prerequest}
        onChange={(prerequest) => set({ prerequest })}
        minHeight={110}
      />
      <h3>Tests, after the answer</h3>
      <Code
        label="Tests"
        language="javascript"
        value={form.test}
        onChange={(test) => set({ test })}
        minHeight={160}
      />
      <div className="field-note">Tab indents; Esc and then Tab leaves the editor.</div>
    </div>
  );
}
