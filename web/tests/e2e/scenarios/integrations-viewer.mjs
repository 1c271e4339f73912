// Who may only look sees no button that changes something, and the API refuses what they can't see (study §6, 13).
import { CHIDI } from '../furnish.mjs';

const WRITES = /^(Add integration|Send|Pause|Resume|Delete|Release|Discard|New secret|Save|Actions|Select)/;

export default {
  name: 'a viewer reads integrations and changes nothing',
  needs: ['furnished'],
  timeout: 180_000,
  allow: [/status of 403/],
  async run({ page, made, base, signIn, expect }) {
    await signIn(page, CHIDI);
    const { oncall, paused } = made.integrations;
    const looks = [
      ['/integrations', () => page.getByRole('link', { name: 'View details' })],
      ['/integrations?tab=configured', () => page.getByRole('link', { name: 'Nightly mirror' })],
      ['/integrations/webhooks', () => page.getByRole('heading', { name: 'Back up a collection' })],
      ['/integrations/webhooks/add/custom', () => page.getByText('Viewers can’t add integrations')],
      ['/integrations/connectors/slack', () => page.getByRole('heading', { name: 'Set up Slack' })],
      ['/integrations/connectors/slack/add/custom', () => page.getByText('Viewers can’t add integrations')],
      [`/integrations/${oncall}`, () => page.getByText(/attempts? (has|have) failed/)],
      [`/integrations/${paused}`, () => page.getByText('It is paused, so what is due is held.')],
      [`/integrations/${oncall}?tab=settings`, () => page.getByRole('term').first()],
      [`/integrations/${oncall}?tab=secret`, () => page.getByRole('heading', { name: 'Signing secret' })],
      [
        `/integrations/${oncall}?tab=transform`,
        () => page.getByRole('tab', { name: 'Overview', selected: true }),
      ],
    ];
    for (const [path, there] of looks) {
      await page.goto(`${base}${path}`);
      await there().waitFor();
      const main = page.getByRole('main');
      for (const role of ['button', 'link', 'menuitem', 'checkbox'])
        expect.equal(await main.getByRole(role, { name: WRITES }).count(), 0, `a ${role} on ${path}`);
    }

    const status = await page.evaluate(async (id) => {
      const { session } = await (await fetch('/api/session')).json();
      const headers = { 'X-CSRF-Token': session.csrfToken };
      return (await fetch(`/api/integrations/${id}/pause`, { method: 'POST', headers })).status;
    }, oncall);
    expect.equal(status, 403);
  },
};
