/** Only a path of this app is gone to afterwards. */
export const localPath = (path: string | undefined) =>
  path?.startsWith('/') && !path.startsWith('//') && !path.includes('\\') ? path : '/';
