import classes from '../webhooks.module.css';
import { Verify } from './Verify';

/** How a receiver knows that what came is from here, in short. */
export function HowToVerify() {
  return (
    <section aria-labelledby="verify" style={{ marginTop: 28 }}>
      <h2 id="verify">How to verify</h2>
      <p className="dimmed" style={{ fontSize: 13, margin: '3px 0 12px' }}>
        Signed as Standard Webhooks says, so its libraries work too.
      </p>
      <div className={classes['verify']}>
        <ol className={classes['steps']}>
          <li>
            Take <code className="mono">webhook-id</code>, <code className="mono">webhook-timestamp</code> and
            the body’s bytes as they came, with dots in between.
          </li>
          <li>
            Make their HMAC-SHA256. The key is the signing secret without <code className="mono">whsec_</code>
            , from base64.
          </li>
          <li>
            Compare with each entry of <code className="mono">webhook-signature</code>: while a secret is
            being replaced there are several.
          </li>
          <li>Refuse timestamps that are more than five minutes away.</li>
          <li>
            Remember <code className="mono">webhook-id</code>: what could not be confirmed is sent again with
            the same one.
          </li>
        </ol>
        <Verify />
      </div>
    </section>
  );
}
