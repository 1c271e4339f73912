// A tab that was open while the server became another version (study §6, 19).
const rules = { status: 200, headers: { 'content-type': 'text/event-stream' } };

export default {
  name: 'a tab notices that the server has become another version, and offers to reload',
  needs: ['furnished'],
  async run({ page, signIn, base }) {
    // There is one version to start here, so each greeting is written over with a version of its own.
    let greetings = 0;
    await page.route('**/api/stream', (route) => {
      greetings += 1;
      return route.fulfill({
        ...rules,
        body: `retry: 200\nid: a-${greetings}\nevent: hello\ndata: {"version":"0.${greetings}.0"}\n\n`,
      });
    });
    await signIn(page);
    await page.goto(`${base}/activity`);
    await page.getByText('There is a new version of Postern').waitFor();
    await page.unroute('**/api/stream');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('img', { name: /^Live/ }).waitFor();
  },
};
