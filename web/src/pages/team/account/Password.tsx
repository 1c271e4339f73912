import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Refused } from '../../../api/errors';
import { query } from '../../../api/client';
import { useSession } from '../../../api/session';
import { Refusal } from '../../../parts/States';
import { told } from '../../../parts/notify';
import { faultOfPassword, PASSWORD_RULE } from '../../door/password';
import { Card } from './Card';

/** Another password; all other browsers are signed out. */
export function Password() {
  const { user } = useSession();
  const put = query.useMutation('put', '/me/password');
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      newPassword: faultOfPassword,
    },
  });
  const submit = form.onSubmit((body) =>
    put.mutate(
      // Who came by a link or another service has none yet.
      {
        body: {
          newPassword: body.newPassword,
          ...(body.currentPassword && { currentPassword: body.currentPassword }),
        },
      },
      {
        onSuccess: () => {
          form.reset();
          told('Changed the password; other browsers are signed out');
        },
        onError: (error: unknown) => {
          if (error instanceof Refused && error.message.includes('currentPassword'))
            form.setFieldError('currentPassword', 'This is not the password until now');
        },
      },
    ),
  );
  return (
    <Card title="Password">
      <form className="card-body stack" noValidate onSubmit={submit}>
        {/* For password managers. */}
        <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
        <PasswordInput
          label="Current password"
          description="Leave it empty if you have none yet."
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label="New password"
          description={PASSWORD_RULE}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        {!form.errors['currentPassword'] && <Refusal of={put} />}
        <div>
          <Button type="submit" variant="default" loading={put.isPending}>
            Change the password
          </Button>
        </div>
      </form>
    </Card>
  );
}
