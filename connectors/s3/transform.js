// A bucket with dots in its name has no certificate of its own, so Amazon is asked by the path then.
const address = ({ bucket, region, endpoint, style }, key) => {
  const server = endpoint?.replace(/\/$/, '') ?? `https://s3.${region}.amazonaws.com`;
  const inHost = endpoint ? style === 'host' : !bucket.includes('.');
  return inHost ? `${server.replace('://', `://${bucket}.`)}/${path.encode(key)}` : `${server}/${bucket}/${path.encode(key)}`;
};

const access = ({ region, accessKey, secretKey, sessionToken }) => ({ region, key: accessKey, secret: secretKey, token: sessionToken });

const wishes = ({ storageClass, encryption, kmsKey }) => ({
  ...(storageClass && { 'x-amz-storage-class': storageClass }),
  ...(encryption !== 'bucket' && { 'x-amz-server-side-encryption': encryption }),
  ...(encryption === 'aws:kms' && kmsKey && { 'x-amz-server-side-encryption-aws-kms-key-id': kmsKey }),
});

const handlers = {
  backup(it) {
    return sigv4.put(it, address(it.fields, path.fill(it.fields.path, it)), access(it.fields), wishes(it.fields));
  },

  test(it) {
    const url = address(it.fields, path.test(it.fields.path));
    return [sigv4.put(it, url, access(it.fields), wishes(it.fields)), sigv4.remove(it, url, access(it.fields))];
  },
};
