import { useParams } from '@tanstack/react-router';
import { Page } from '../../parts/Page';
import { DeliveryDetail } from './DeliveryDetail';

/** One delivery, for a link or a tab of its own. */
export function DeliveryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return (
    <Page title="Delivery" crumbs={[{ label: 'Deliveries', to: '/deliveries' as never }]}>
      <DeliveryDetail key={id} id={id} isPage />
    </Page>
  );
}
