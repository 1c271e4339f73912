// Where scenarios play: a real server with the app before it.
import { appOf } from './app.mjs';
import { furnish } from './furnish.mjs';
import { house as newHouse } from './house.mjs';

/** A server that nobody has come to yet. */
export async function emptyPlace() {
  const house = await newHouse();
  const app = await appOf(house);
  const link = house.link;
  house.link = () => link()?.replace(house.url, app.url);
  const close = async () => {
    await app.close();
    await house.stop();
  };
  return { house, base: app.url, close };
}

/** A server of a team that has worked for a while. */
export async function furnishedPlace() {
  const place = await emptyPlace();
  const made = await furnish(place.house);
  const close = async () => {
    await place.close();
    await made.close();
  };
  return { ...place, made, close };
}
