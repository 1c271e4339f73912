// `pm.require('npm:lodash@4')`: nothing is fetched, but what we have ourselves is given.
import { libraryRequire } from '../libraries.js';

// The major versions in package.json, for those that are packages of npm.
const MAJORS = { ajv: 6, chai: 4, cheerio: 0, 'crypto-js': 3, 'csv-parse': 1, lodash: 4, moment: 2, 'postman-collection': 5, tv4: 1, uuid: 8, xml2js: 0 };

const NPM = /^npm:([a-z0-9-]+)(?:@[~^]?(\d+)[^/]*)?$/;

export function packageOf(name) {
  const [, library, major] = NPM.exec(name) ?? [];
  if (library === undefined || !Object.hasOwn(MAJORS, library) || (major !== undefined && Number(major) !== MAJORS[library])) {
    throw new Error(`Cannot find package '${name}'`);
  }
  return libraryRequire(library);
}
