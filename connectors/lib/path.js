// Paths of files that a backup is kept in.
const path = {
  /** `postman/{collection}.json` filled in; what comes from names can't leave its folder. */
  fill(template, it) {
    const backup = read.backup(it);
    const [date, clock] = time.iso(Date.parse(backup.at) || it.event.ms).split('T');
    const values = {
      collection: text.slug(backup.name),
      uid: text.slug(backup.uid),
      id: text.slug(backup.id),
      workspace: text.slug(backup.workspace),
      version: String(backup.version),
      date,
      time: clock.slice(0, 8).replace(/:/g, ''),
    };
    return path.join(template.replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? values[name] : all)).split('/'));
  },
  /** The file that a test writes: in that part of the template's folder that is the same for each collection. */
  test(template) {
    const folders = template.split('/').slice(0, -1);
    const varies = folders.findIndex((folder) => folder.includes('{'));
    return path.join([...(varies < 0 ? folders : folders.slice(0, varies)), 'postern-test.json']);
  },
  join: (parts) => parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/'),
  /** Each part percent-encoded, the slashes kept. */
  encode: (value) => value.split('/').map((part) => path.part(part)).join('/'),
  /** One part, percent-encoded as RFC 3986 has it. */
  part: (value) =>
    encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
};
