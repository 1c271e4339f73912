import { Button, Modal, PasswordInput, Radio, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../../api/client';
import { Refusal } from '../../../parts/States';
import { told } from '../../../parts/notify';
import { useWorkspaces } from '../../../parts/useTeam';
import { headersOf, linesOf, OFTEN, TYPES, type Source } from './place';

interface FormProps {
  /** The one that is changed; without it, a new one is made. */
  source?: Source;
  close: () => void;
  done: () => void;
}

/** Where to look, and how often. */
export function SourceForm({ source, close, done }: FormProps) {
  const make = query.useMutation('post', '/sources');
  const patch = query.useMutation('patch', '/sources/{id}');
  const { workspaces } = useWorkspaces();
  const form = useForm({
    initialValues: {
      name: source?.name ?? '',
      type: source?.type ?? 'url',
      url: source?.url ?? '',
      headers: linesOf(source?.headers),
      path: source?.path ?? '',
      baseUrl: source?.baseUrl ?? '',
      apiKey: source?.apiKey ?? '',
      sourceWorkspace: source?.sourceWorkspace ?? '',
      every: String(source?.every ?? 300),
      workspace: source?.workspace ?? workspaces[0]?.id ?? '',
    },
    validate: {
      name: (text) => (text.trim() === '' ? 'Give it a name' : null),
      url: (text, { type }) =>
        type === 'url' && !/^https?:\/\/\S+$/.test(text.trim()) ? 'An http or https address' : null,
      headers: (text, { type }) => (type === 'url' ? (headersOf(text).fault ?? null) : null),
      path: (text, { type }) =>
        type === 'directory' && !text.trim().startsWith('/')
          ? 'A path from the root, such as /srv/apis'
          : null,
      baseUrl: (text) =>
        text.trim() && !/^https?:\/\/\S+$/.test(text.trim()) ? 'An http or https address' : null,
      apiKey: (text, { type }) => (type === 'postman' && text.trim() === '' ? 'A key of the API' : null),
    },
  });
  const { type } = form.values;
  const submit = form.onSubmit((values) => {
    const place = {
      url: { url: values.url.trim(), headers: headersOf(values.headers).headers },
      directory: { path: values.path.trim() },
      postman: {
        baseUrl: values.baseUrl.trim() || null,
        apiKey: values.apiKey.trim(),
        sourceWorkspace: values.sourceWorkspace.trim() || null,
      },
    }[values.type as 'url' | 'directory' | 'postman'];
    const body = {
      source: { name: values.name.trim(), type: values.type, every: Number(values.every), ...place },
    };
    const onSuccess = () => {
      told(source ? `Changed ${values.name}` : `Added ${values.name}; it is looked at now`);
      done();
    };
    if (source) patch.mutate({ params: { path: { id: source.id } }, body: body as never }, { onSuccess });
    else {
      const made = { source: { ...body.source, ...(values.workspace && { workspace: values.workspace }) } };
      make.mutate({ body: made as never }, { onSuccess });
    }
  });
  const often = OFTEN.some(({ value }) => value === form.values.every)
    ? OFTEN
    : [...OFTEN, { value: form.values.every, label: `Every ${form.values.every} s` }];
  return (
    <Modal opened onClose={close} title={source ? `Edit ${source.name}` : 'Add a source'} size="lg">
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput
          label="Name"
          description="The feed names it as who has changed something."
          data-autofocus
          maxLength={255}
          {...form.getInputProps('name')}
        />
        <Radio.Group label="Kind" {...form.getInputProps('type')}>
          <div className="stack" style={{ gap: 10, marginTop: 8 }}>
            {TYPES.filter(({ value }) => !source || value === source.type).map(({ value, label, text }) => (
              <Radio key={value} value={value} label={label} description={text} />
            ))}
          </div>
        </Radio.Group>
        {type === 'url' && (
          <>
            <TextInput
              label="URL"
              placeholder="https://shop.example/openapi.yaml"
              {...form.getInputProps('url')}
            />
            <Textarea
              label="Headers"
              description="Name: value, one a line. They are stored sealed."
              minRows={2}
              spellCheck={false}
              {...form.getInputProps('headers')}
            />
          </>
        )}
        {type === 'directory' && (
          <TextInput
            label="Path"
            description="On the server, within one of the folders of the setting sources.directories."
            placeholder="/srv/apis/shop"
            {...form.getInputProps('path')}
          />
        )}
        {type === 'postman' && (
          <>
            <PasswordInput label="API key" autoComplete="off" {...form.getInputProps('apiKey')} />
            <TextInput
              label="API address"
              description="Of another Postern; empty for Postman itself."
              placeholder="https://api.getpostman.com"
              {...form.getInputProps('baseUrl')}
            />
            <TextInput
              label="Workspace there"
              description="Its id; empty for all that the key may see."
              {...form.getInputProps('sourceWorkspace')}
            />
          </>
        )}
        <div className="row wrap" style={{ alignItems: 'flex-start' }}>
          <Select
            label="Look at it"
            style={{ flex: '1 1 200px' }}
            data={often}
            {...form.getInputProps('every')}
          />
          {!source && workspaces.length > 1 && (
            <Select
              label="Put it into"
              style={{ flex: '1 1 200px' }}
              data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.getInputProps('workspace')}
            />
          )}
        </div>
        <Refusal of={source ? patch : make} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending || patch.isPending}>
            {source ? 'Save' : 'Add source'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
