import { Button, FileButton, Modal, Select, Textarea } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../../../parts/search';
import { ImportRow } from './ImportRow';
import style from './list.module.css';
import { useDropped } from './useDropped';
import { useImports } from './useImports';

interface ImportDialogProps {
  rooms: { id: string; name: string }[];
  /** What was dropped on the page: imported at once where there is but one workspace. */
  files: File[];
  close: () => void;
}

/** Takes in files or a pasted text, and says what came of it and what could not be carried over. */
export default function ImportDialog({ rooms, files, close }: ImportDialogProps) {
  const [address] = useAddress();
  const [workspace, setWorkspace] = useState<string | null>(address['workspace'] ?? rooms[0]?.id ?? null);
  const [waiting, setWaiting] = useState(files);
  const [pasted, setPasted] = useState('');
  const { imports, run, isRunning } = useImports(workspace);
  const needsChoice = rooms.length > 1;
  const take = (dropped: File[]) => {
    if (needsChoice) setWaiting((old) => [...old, ...dropped]);
    else void run(dropped.map((file) => ({ name: file.name, content: file })));
  };
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || needsChoice || files.length === 0) return;
    begun.current = true;
    setWaiting([]);
    take(files);
  }, []);
  const isOver = useDropped(true, take);
  const start = () => {
    const text = pasted.trim();
    void run([
      ...waiting.map((file) => ({ name: file.name, content: file as Blob })),
      ...(text ? [{ name: 'Pasted text', content: new Blob([text]) }] : []),
    ]);
    setWaiting([]);
    setPasted('');
  };
  const canStart = waiting.length > 0 || pasted.trim() !== '';
  return (
    <Modal opened onClose={close} title="Import" size="lg">
      <div className="stack">
        <div className={style.drop} data-over={isOver || undefined}>
          <FileDown size={20} aria-hidden />
          <div>
            Drop files here, or{' '}
            <FileButton
              multiple
              onChange={(chosen) => take(chosen)}
              inputProps={{ 'aria-label': 'Files to import' }}
            >
              {(props) => (
                <Button {...props} size="compact-sm" variant="default">
                  Choose files
                </Button>
              )}
            </FileButton>
          </div>
          <div className="field-note">
            Postman collections, environments and data dumps; OpenAPI 3 and Swagger 2; cURL; HAR; Insomnia;
            Bruno; or a zip of these.
          </div>
        </div>
        {waiting.length > 0 && (
          <ul className={style.waiting}>
            {waiting.map((file, at) => (
              <li key={at}>{file.name}</li>
            ))}
          </ul>
        )}
        <Textarea
          label="Or paste it"
          placeholder="curl https://…"
          minRows={3}
          maxRows={8}
          value={pasted}
          spellCheck={false}
          onChange={(event) => setPasted(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        />
        {needsChoice && (
          <Select
            label="Into"
            data={rooms.map(({ id, name }) => ({ value: id, label: name }))}
            value={workspace}
            onChange={setWorkspace}
          />
        )}
        {imports.length > 0 && (
          <ul className={style.imports} aria-label="What was imported" aria-live="polite">
            {imports.map((it, at) => (
              <ImportRow key={at} of={it} close={close} />
            ))}
          </ul>
        )}
        <div className="row">
          <Button className="push" variant="default" onClick={close}>
            {imports.length > 0 && !isRunning ? 'Close' : 'Cancel'}
          </Button>
          <Button onClick={start} disabled={!canStart} loading={isRunning}>
            Import
          </Button>
        </div>
      </div>
    </Modal>
  );
}
