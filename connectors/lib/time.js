// Times as services write them; all in UTC.
const time = {
  /** `2026-11-28T03:24:02Z`. */
  iso: (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`,
  /** `20261128T032402Z`. */
  compact: (ms) => time.iso(ms).replace(/[-:]/g, ''),
  /** `2026-11-28`. */
  day: (ms) => time.iso(ms).slice(0, 10),
  /** `Sat, 28 Nov 2026 03:24:02 GMT`. */
  http: (ms) => new Date(ms).toUTCString(),
};
