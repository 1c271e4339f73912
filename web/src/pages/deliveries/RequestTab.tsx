import { Body } from '../../parts/Body';
import { Headers } from '../../parts/Headers';
import { BODY_FILE } from './curl';
import type { Attempt } from './DeliveryDetail';
import { Which } from './Which';

interface RequestTabProps {
  attempt: Attempt | undefined;
  attempts: Attempt[];
  choose: (id: string) => void;
  body: string | undefined;
  isTransformed: boolean;
}

/** What was sent, as it was sent. */
export function RequestTab({ attempt, attempts, choose, body, isTransformed }: RequestTabProps) {
  return (
    <>
      {attempts.length > 1 && attempt && (
        <div className="row" style={{ padding: '10px 14px' }}>
          <Which attempt={attempt} attempts={attempts} choose={choose} />
        </div>
      )}
      {attempt ? (
        <Headers headers={attempt.requestHeaders} />
      ) : (
        <div className="section-title" style={{ fontWeight: 400 }}>
          Nothing was sent yet. This is what will be.
        </div>
      )}
      {body === undefined ? (
        <>
          <div className="section-title">Body</div>
          <div className="json dimmed">No longer kept</div>
        </>
      ) : (
        <Body text={body} name={BODY_FILE} />
      )}
      {isTransformed && (
        <p className="field-note" style={{ padding: '0 14px 12px', margin: 0 }}>
          This is what the integration's script was given; the receiver got what it made of it.
        </p>
      )}
    </>
  );
}
