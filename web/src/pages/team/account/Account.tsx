import { Page } from '../../../parts/Page';
import { useSession } from '../../../api/session';
import { labelOf, highest } from '../roles';
import { Appearance } from './Appearance';
import { Password } from './Password';
import { Profile } from './Profile';
import { Sessions } from './Sessions';

/** Who one is here, how one comes in, and how it looks. */
export function Account() {
  const { user } = useSession();
  return (
    <Page title="Your account" sub={`${labelOf(highest(user.roles))} of ${user.teamName}`}>
      <Profile />
      <Password />
      <Sessions />
      <Appearance />
    </Page>
  );
}
