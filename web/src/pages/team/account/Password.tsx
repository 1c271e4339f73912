import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { Refused } from '../../../api/errors';
import { query } from '../../../api/client';
import { sessionQuery, useSession } from '../../../api/session';
import { Refusal } from '../../../parts/States';
import { told } from '../../../parts/notify';
import { faultOfPassword, PASSWORD_RULE } from '../../door/password';
import { Card } from './Card';

/** Another password; all other browsers are signed out. */
export function Password() {
  const { user, mayResetPassword } = useSession();
  const client = useQueryClient();
  const put = query.useMutation('put', '/me/password');
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      newPassword: faultOfPassword,
    },
  });
  const submit = form.onSubmit((body) =>
    put.mutate(
      // Who has none yet, or has just come by a one-time link, need not say it.
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
          if (!(error instanceof Refused && error.message.includes('currentPassword'))) return;
          // The hour may be over in which it was not asked for.
          void client.invalidateQueries(sessionQuery);
          form.setFieldError(
            'currentPassword',
            mayResetPassword ? 'It is asked for again' : 'This is not the password until now',
          );
        },
      },
    ),
  );
  return (
    <Card title="Password">
      <form className="card-body stack" noValidate onSubmit={submit}>
        {/* For password managers. */}
        <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
        {!mayResetPassword && (
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
        )}
        <PasswordInput
          label="New password"
          description={PASSWORD_RULE}
          autoComplete="new-password"
          {...form.getInputProps('newPassword')}
        />
        {!form.errors['currentPassword'] && <Refusal of={put} />}
        <div>
          <Button type="submit" variant="default" loading={put.isPending}>
            {mayResetPassword ? 'Set the password' : 'Change the password'}
          </Button>
        </div>
      </form>
    </Card>
  );
}
