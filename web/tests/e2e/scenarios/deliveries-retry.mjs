// A receiver that fails three times and then answers (study §6, 5).
import { channel } from '../publish.mjs';

export default {
  name: 'a delivery is retried until it is delivered, and each attempt is shown',
  needs: ['furnished'],
  async run({ page, house, base, signIn, expect, until }) {
    const answer = (_, count) =>
      count > 3 ? { status: 200, body: '{"ok":true}' } : { status: 503, body: `busy, the ${count} time` };
    const shaky = await channel(house, {
      name: 'Shaky receiver',
      type: 'retry.try',
      answer,
      options: { retries: [2, 2, 3, 60] },
    });
    await signIn(page);
    await page.goto(`${base}/deliveries?integration=${shaky.id}`);
    await page.getByText('No deliveries match').waitFor();
    await shaky.publish({ order: 'o-17' });

    const row = page.getByRole('row', { name: /retry\.try/ });
    await row.filter({ hasText: 'Retrying' }).waitFor();
    await row.filter({ hasText: /next (in|just)/ }).waitFor();
    const detail = page.getByRole('region', { name: 'Delivery', exact: true });
    await detail.getByText(/Next try .* because the receiver answered 503/).waitFor();
    await detail.getByRole('note', { name: 'Why it is not delivered' }).waitFor();
    await row.filter({ hasText: 'Delivered' }).waitFor({ timeout: 30_000 });

    await detail.getByRole('tab', { name: /Attempts/ }).click();
    await detail.getByText('Attempt 4', { exact: true }).waitFor();
    expect.equal(await detail.getByRole('listitem').count(), 4);
    await detail.getByRole('button', { name: 'Answer to attempt 2', exact: true }).click();
    await detail.getByText('busy, the 2 time').waitFor();
    await detail.getByRole('tab', { name: 'Request' }).click();
    await detail.getByText('o-17').waitFor();
    await until('four requests', () => shaky.sink.seen.length === 4);
    await shaky.sink.close();
  },
};
