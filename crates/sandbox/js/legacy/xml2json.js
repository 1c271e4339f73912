// `xml2Json(text)`: XML as an object, at once.
import { libraryRequire } from '../libraries.js';

const OPTIONS = { explicitArray: false, async: false, trim: true, mergeAttrs: false };

export function xml2Json(text) {
  let result = {};
  libraryRequire('xml2js').parseString(text, OPTIONS, (_, parsed) => {
    result = parsed;
  });
  return result;
}
