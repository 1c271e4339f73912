import { Button, FileInput, Modal, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FileJson2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client';
import { Refusal } from '../../parts/States';
import { told } from '../../parts/notify';
import { useWorkspaces } from '../../parts/useTeam';
import { many } from '../../words/numbers';

/** Takes in environments and globals that Postman, Insomnia, Bruno or Postern has exported. */
export function ImportDialog({ workspace, close }: { workspace: string | undefined; close: () => void }) {
  const { workspaces } = useWorkspaces();
  const [file, choose] = useState<File | null>(null);
  const [target, aim] = useState(workspace ?? workspaces[0]?.id ?? null);
  const [isTold, tell] = useState(false);
  const take = useMutation({
    mutationFn: async (file: File) => {
      const { data } = await api.POST('/imports', {
        params: { query: target ? { workspace: target } : {} },
        body: file as never,
        bodySerializer: (body) => body as never,
        headers: { 'content-type': 'application/octet-stream' },
      });
      return data!.import;
    },
    onSuccess: ({ environments, globals, collections }) => {
      close();
      const taken = [
        environments.length > 0 && many(environments.length, 'environment'),
        globals > 0 && many(globals, 'global variable'),
        collections.length > 0 && many(collections.length, 'collection'),
      ].filter(Boolean);
      told(taken.length > 0 ? `Imported ${taken.join(', ')}` : 'There was nothing to import in it');
    },
  });
  return (
    <Modal opened onClose={close} title="Import environments">
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (file) take.mutate(file);
          else tell(true);
        }}
      >
        <FileInput
          size="sm"
          label="File"
          description="An environment or globals, exported from Postman, Insomnia, Bruno or Postern."
          placeholder="Choose a file"
          leftSection={<FileJson2 size={15} aria-hidden />}
          value={file}
          onChange={choose}
          error={isTold && !file && 'Choose a file'}
          data-autofocus
        />
        {workspaces.length > 1 && (
          <Select
            label="Workspace"
            data={workspaces.map((it) => ({ value: it.id, label: it.name }))}
            value={target}
            onChange={aim}
          />
        )}
        <Refusal of={take} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={take.isPending}>
            Import
          </Button>
        </div>
      </form>
    </Modal>
  );
}
