// By a SAS token rather than the account's key: it opens one container, for writing only, and is withdrawn without touching anything
// else. Azure takes it only in the address.
const VERSION = '2021-12-02';
const address = ({ container, sas }, name) =>
  `${container.replace(/\/$/, '')}/${path.encode(name)}${sas.startsWith('?') ? '' : '?'}${sas}`;

const put = (it, name) => ({
  method: 'PUT',
  url: address(it.fields, name),
  headers: {
    'x-ms-version': VERSION,
    'x-ms-blob-type': 'BlockBlob',
    'content-type': 'application/json',
    'content-md5': crypto.base64({ hex: it.file.md5 }),
    ...(it.fields.tier !== 'account' && { 'x-ms-access-tier': it.fields.tier }),
  },
  body: it.file.raw,
});

const handlers = {
  backup: (it) => put(it, path.fill(it.fields.path, it)),

  test(it) {
    const name = path.test(it.fields.path);
    const remove = { method: 'DELETE', url: address(it.fields, name), headers: { 'x-ms-version': VERSION }, accepts: [403, 404, 409] };
    return [put(it, name), remove];
  },
};
