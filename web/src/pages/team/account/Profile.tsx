import { useSession } from '../../../api/session';
import { Card } from './Card';

/** What the others see of one. */
export function Profile() {
  const { user } = useSession();
  return (
    <Card title="Profile">
      <dl className="pairs" style={{ fontSize: 13 }}>
        <dt>Name</dt>
        <dd>{user.fullName}</dd>
        <dt>E-mail</dt>
        <dd>{user.email}</dd>
        <dt>Username</dt>
        <dd>{user.username}</dd>
      </dl>
    </Card>
  );
}
