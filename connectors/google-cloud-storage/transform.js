// The XML API takes Amazon's signature and headers with Google's HMAC keys; the region is its own choice then.
const address = (it, name) => `https://storage.googleapis.com/${it.fields.bucket}/${path.encode(name)}`;
const access = (it) => ({ region: 'auto', key: it.fields.accessKey, secret: it.fields.secretKey });
const put = (it, name) => {
  const { storageClass } = it.fields;
  return sigv4.put(it, address(it, name), access(it), storageClass === 'bucket' ? {} : { 'x-amz-storage-class': storageClass });
};

const handlers = {
  backup: (it) => put(it, path.fill(it.fields.path, it)),

  test(it) {
    const name = path.test(it.fields.path);
    return [put(it, name), sigv4.remove(it, address(it, name), access(it))];
  },
};
