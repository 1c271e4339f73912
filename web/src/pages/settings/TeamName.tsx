import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../api/client';
import { Loaded, Refusal } from '../../parts/States';
import { told } from '../../parts/notify';

/** What the team is called. */
export function TeamName() {
  const asked = query.useQuery('get', '/team', {});
  return (
    <section className="card">
      <div className="card-head">
        <h2>Team</h2>
      </div>
      <Loaded what="the team" of={asked}>
        {({ team }) => <Name key={team.name} name={team.name} />}
      </Loaded>
    </section>
  );
}

function Name({ name }: { name: string }) {
  const patch = query.useMutation('patch', '/team', {
    // Told from here: the field is made anew when what is saved comes back.
    onSuccess: () => told('Renamed the team'),
  });
  const form = useForm({
    initialValues: { name },
    validate: { name: (text) => (text.trim() === '' ? 'Give it a name' : null) },
  });
  const submit = form.onSubmit((team) => patch.mutate({ body: { team: { name: team.name.trim() } } }));
  return (
    <form className="card-body stack form" noValidate onSubmit={submit}>
      <TextInput
        label="Name"
        description="Seen by everybody in the team, and by who is invited."
        maxLength={255}
        {...form.getInputProps('name')}
      />
      <Refusal of={patch} />
      <div>
        <Button type="submit" variant="default" disabled={!form.isDirty()} loading={patch.isPending}>
          Rename
        </Button>
      </div>
    </form>
  );
}
