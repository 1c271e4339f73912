const handlers = {
  backup: (it) => ({ write: path.fill(it.fields.path, it), body: it.file.raw }),
  test: (it) => ({ write: path.test(it.fields.path) }),
};
