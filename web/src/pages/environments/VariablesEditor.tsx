import { Alert, Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Braces, ClipboardPaste, Plus, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Empty, Refusal } from '../../parts/States';
import { useGuard } from '../../parts/useGuard';
import { many } from '../../words/numbers';
import { PasteLines } from './PasteLines';
import { VariablesRead, VariablesTable } from './VariablesTable';
import styles from './environments.module.css';
import {
  areSame,
  emptyRow,
  faultOf,
  rowsOf,
  twice,
  valuesOf,
  withLines,
  type Fault,
  type Variable,
} from './variables';

interface EditorProps {
  values: Variable[];
  /** What is different whenever somebody has changed them. */
  stamp: string;
  canEdit: boolean;
  /** Reads them again, and answers their stamp. */
  look: () => Promise<string | undefined>;
  save: (values: Variable[], done: () => void) => void;
  of: { error: unknown; isPending: boolean };
}

/** The variables of an environment or of a workspace, to be written and saved as a whole. */
export function VariablesEditor({ values, stamp, canEdit, look, save, of }: EditorProps) {
  const [base, setBase] = useState({ values, stamp });
  const [rows, setRows] = useState(() => rowsOf(values));
  const [isChecked, check] = useState(false);
  const [isPasting, paste] = useState(false);
  const isDirty = canEdit && !areSame(valuesOf(rows), base.values);
  const guard = useGuard(isDirty);
  const isOvertaken = isDirty && !of.isPending && stamp !== base.stamp;
  const take = () => {
    setBase({ values, stamp });
    setRows(rowsOf(values));
    check(false);
  };
  useEffect(() => {
    if (stamp !== base.stamp && !isDirty) take();
  });
  const submit = async () => {
    if (!isDirty || of.isPending) return;
    check(true);
    const double = twice(rows);
    if (rows.some((row) => isGrave(faultOf(row, double)))) return;
    // Somebody else may have saved since this was read: that is shown first.
    if ((await look()) !== base.stamp) return;
    const sent = valuesOf(rows);
    save(sent, () => setBase({ values: sent, stamp: 'saved' }));
  };
  useHotkeys([['mod+S', () => void submit()]], []);
  return (
    <div className="card">
      <div className="card-head" style={{ minHeight: 54 }}>
        <h2>Variables</h2>
        <span className="dimmed small number">{many(rows.length, 'variable')}</span>
        {canEdit && (
          <span className="row push">
            {isDirty && (
              <Button size="xs" variant="default" onClick={take}>
                Discard
              </Button>
            )}
            <Button size="xs" disabled={!isDirty} loading={of.isPending} onClick={() => void submit()}>
              Save
            </Button>
          </span>
        )}
      </div>
      {isOvertaken && (
        <Alert
          m="md"
          color="yellow"
          variant="light"
          role="alert"
          icon={<Users size={18} aria-hidden />}
          title="Somebody else has saved meanwhile"
        >
          What you save now replaces what they saved.
          <div className="row wrap" style={{ marginTop: 10 }}>
            <Button size="xs" variant="default" onClick={take}>
              Take theirs
            </Button>
            <Button size="xs" variant="default" onClick={() => setBase({ values, stamp })}>
              Keep mine
            </Button>
          </div>
        </Alert>
      )}
      {of.error ? (
        <div style={{ padding: 14 }}>
          <Refusal of={of} />
        </div>
      ) : null}
      {rows.length === 0 ? (
        <Empty icon={Braces} title="No variables yet">
          {canEdit
            ? 'Requests use a variable as {{key}}. Add one, or paste KEY=value lines.'
            : 'Requests use a variable as {{key}}.'}
        </Empty>
      ) : (
        <div className="table-region" role="region" aria-label="Variables" tabIndex={0}>
          {canEdit ? (
            <VariablesTable rows={rows} change={setRows} isChecked={isChecked} />
          ) : (
            <VariablesRead rows={rows} />
          )}
        </div>
      )}
      {canEdit && (
        <div className={styles.foot}>
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => setRows([...rows, emptyRow()])}
          >
            Add variable
          </Button>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<ClipboardPaste size={14} aria-hidden />}
            onClick={() => paste(true)}
          >
            Paste lines
          </Button>
          <span className="field-note push">Secret values are stored sealed, and shown to nobody.</span>
        </div>
      )}
      {isPasting && (
        <PasteLines take={(lines) => setRows(withLines(rows, lines))} close={() => paste(false)} />
      )}
      {guard.dialog}
    </div>
  );
}

const isGrave = (fault: Fault | undefined) => fault !== undefined && !fault.isMild;
