/** What to do about each way in which an attempt ends: the words of `docs/outcomes.md`, which a test holds beside these. */
const HELP: Record<string, string> = {
  succeeded: 'Nothing to do.',
  redirect: "The receiver has moved: set the integration's URL to the address that it names.",
  gone: 'The receiver says that it is gone: remove the integration or give it a new URL.',
  rate_limited: 'The receiver asks for fewer requests: Postern waits as long as it asks.',
  rejected: 'The receiver refuses the request: read its answer, and check the URL and the headers.',
  server_error: 'The receiver failed: look at its own logs.',
  unexpected_status: "The receiver's answer is not one that HTTP knows: check what listens at the URL.",
  invalid_url: "Set the integration's URL to an http or https address.",
  address_refused:
    "Open the address range for webhooks in the server's configuration (egress.webhooks.allow), if it is meant.",
  dns_failed: 'Check the host name in the URL.',
  connect_refused: 'Nothing listens at that address and port: check the URL, and that the receiver runs.',
  connect_failed: "The receiver can't be reached: check its network and firewall.",
  tls_failed:
    "The receiver's certificate or TLS settings are not accepted: check the certificate's names, dates and chain.",
  transform_failed:
    "The integration's transform failed: try it on this event (POST /integrations/{id}/transform) and mend it. A connector's own script is Postern's: report it.",
  cancelled: "Nothing to do: the integration's transform, or its connector, had nothing to send.",
  auth_failed: "The token server gave no token: check its URL, the client's id and secret, and the scope.",
  timeout: 'The receiver took too long: let it answer first and work afterwards, or raise the timeout.',
  reset: 'The receiver closed the connection before it had answered: look at its own logs.',
  protocol_error: 'What listens at the URL does not speak HTTP as expected: check the port and the scheme.',
  internal: "Postern could not make the request: look at the server's log.",
};

const SHORT: Record<string, string> = {
  succeeded: 'Delivered',
  dns_failed: 'DNS failed',
  tls_failed: 'TLS failed',
  invalid_url: 'Invalid URL',
};

export const outcomeName = (outcome: string) =>
  SHORT[outcome] ?? (outcome.charAt(0).toUpperCase() + outcome.slice(1)).replaceAll('_', ' ');

export const helpFor = (outcome: string) => HELP[outcome];

/** Whether an attempt that ended so is nobody's trouble. */
export const isFine = (outcome: string) => outcome === 'succeeded' || outcome === 'cancelled';
