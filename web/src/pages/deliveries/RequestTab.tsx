import { Body } from '../../parts/Body';
import { Headers } from '../../parts/Headers';
import { BODY_FILE } from './curl';
import { sentOf } from './sent';
import { isChoice, Which, type WhichProps } from './Which';

interface RequestTabProps extends Omit<WhichProps, 'attempt'> {
  attempt: WhichProps['attempt'] | undefined;
  /** The body of the event, as a webhook sends it. */
  body: string | undefined;
  isTransformed: boolean;
  /** A connector makes its own body when it is sent. */
  isOwn: boolean;
}

/** What was sent, as it was sent. */
export function RequestTab({ attempt, body, isTransformed, isOwn, ...which }: RequestTabProps) {
  const sent = attempt && sentOf(attempt, which.step);
  const text = sent?.requestBody ?? body;
  return (
    <>
      {attempt && isChoice({ attempt, attempts: which.attempts }) && (
        <div className="row wrap" style={{ padding: '10px 14px' }}>
          <Which attempt={attempt} {...which} />
        </div>
      )}
      {sent ? (
        <Headers headers={sent.requestHeaders} />
      ) : (
        <div className="section-title" style={{ fontWeight: 400 }}>
          {isOwn
            ? 'Nothing was sent yet. This is what the connector makes its requests of.'
            : 'Nothing was sent yet. This is what will be.'}
        </div>
      )}
      {text === undefined ? (
        <>
          <div className="section-title">Body</div>
          <div className="json dimmed">No longer kept</div>
        </>
      ) : (
        <Body text={text} name={BODY_FILE} />
      )}
      {isTransformed && (
        <p className="field-note" style={{ padding: '0 14px 12px', margin: 0 }}>
          This is what the integration's script was given; the receiver got what it made of it.
        </p>
      )}
    </>
  );
}
