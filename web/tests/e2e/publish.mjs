// Events of one's own, and a receiver for them.
import { receiver } from './house.mjs';

/** An integration that tells events of one type to a receiver that answers as it is said. */
export async function channel(
  house,
  { name, type, answer = () => ({ status: 204 }), options = {}, ...more },
) {
  const sink = await receiver(answer);
  const { integration } = await house.call('POST', '/integrations', {
    integration: {
      connector: 'webhooks',
      event: 'custom',
      name,
      config: { url: `${sink.url}/hook` },
      options: { types: [type], ...options },
      ...more,
    },
  });
  const publish = (payload = {}) => house.call('POST', '/events', { event: { type, payload } });
  /** Many events, some at once. */
  const publishMany = async (count) => {
    let left = count;
    const work = async () => {
      while (left > 0) await publish({ number: (left -= 1) });
    };
    await Promise.all(Array.from({ length: 8 }, work));
  };
  const deliveries = async (status) => {
    const query = `limit=100${status ? `&status=${status}` : ''}`;
    return (await house.call('GET', `/integrations/${integration.id}/deliveries?${query}`)).deliveries;
  };
  return { id: integration.id, sink, publish, publishMany, deliveries };
}
