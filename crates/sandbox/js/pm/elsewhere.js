// What only Postman's own programs have: secrets of a person's vault, data sets of their cloud. Asking is no mistake, but in vain.
const denied = async () => {
  throw new Error('Vault access denied');
};

export const vault = Object.freeze({ get: denied, set: denied, unset: denied });

const absent = async () => {
  throw new Error('there are no datasets here');
};

export const datasets = () => Object.freeze({ executeView: absent, executeQuery: absent });
