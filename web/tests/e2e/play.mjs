// A furnished server to look at while the app is worked on: `npm run play`, then `npm run dev`.
import { furnish, PERSON } from './furnish.mjs';
import { house } from './house.mjs';

const it = await house({ port: Number(process.env.PORT ?? 4180) });
const made = await furnish(it);
console.log(`${it.url}  ${PERSON.email}  ${PERSON.password}  key ${it.key}`);
// Something happens now and then, so that what is live can be seen.
const timer = setInterval(() => void made.run(made.smoke).catch(() => undefined), 20_000);
process.once('SIGINT', async () => {
  clearInterval(timer);
  await made.close();
  await it.stop();
  process.exit(0);
});
