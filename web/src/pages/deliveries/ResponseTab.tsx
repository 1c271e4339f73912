import { Unplug } from 'lucide-react';
import { sentence } from '../../api/errors';
import { Body } from '../../parts/Body';
import { Headers } from '../../parts/Headers';
import { StatusCode } from '../../parts/Pill';
import { Empty } from '../../parts/States';
import { bytes, duration } from '../../words/numbers';
import type { Attempt } from './DeliveryDetail';
import { Which } from './Which';

interface ResponseTabProps {
  attempt: Attempt | undefined;
  attempts: Attempt[];
  choose: (id: string) => void;
}

/** So much of an answer is kept. */
const KEPT = 16 * 1024;

/** What the receiver answered, or why there was no answer. */
export function ResponseTab({ attempt, attempts, choose }: ResponseTabProps) {
  if (!attempt)
    return (
      <Empty icon={Unplug} title="No answer yet">
        Nothing was sent yet.
      </Empty>
    );
  const isCut = attempt.responseBytes > KEPT;
  return (
    <>
      <div className="row wrap" style={{ padding: '10px 14px', minHeight: 52 }}>
        <Which attempt={attempt} attempts={attempts} choose={choose} />
        <StatusCode status={attempt.status} />
        <span className="small" style={{ overflowWrap: 'anywhere' }}>
          {sentence(attempt.message)}
        </span>
        <span className="small dimmed number push">
          {duration(attempt.timings.totalMs)}
          {attempt.peer && ` · from ${attempt.peer}`}
        </span>
      </div>
      {attempt.status == null ? (
        <Empty icon={Unplug} title="There was no answer">
          {attempt.help}
        </Empty>
      ) : (
        <>
          <Headers headers={attempt.responseHeaders} />
          <Body text={attempt.responseBody} name="answer.txt" />
          {isCut && (
            <p className="field-note" style={{ padding: '8px 14px', margin: 0 }}>
              Cut: of an answer the first 16 KiB are kept; {bytes(attempt.responseBytes)} were read.
            </p>
          )}
        </>
      )}
    </>
  );
}
