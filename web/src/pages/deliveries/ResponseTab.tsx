import { Unplug } from 'lucide-react';
import { sentence } from '../../api/errors';
import { Body } from '../../parts/Body';
import { Headers } from '../../parts/Headers';
import { StatusCode } from '../../parts/Pill';
import { Empty } from '../../parts/States';
import { bytes, duration } from '../../words/numbers';
import { Said } from '../../parts/Said';
import { sentOf } from './sent';
import { Which, type WhichProps } from './Which';

interface ResponseTabProps extends Omit<WhichProps, 'attempt'> {
  attempt: WhichProps['attempt'] | undefined;
}

/** So much of an answer is kept. */
const KEPT = 16 * 1024;

/** What the receiver answered, or why there was no answer. */
export function ResponseTab({ attempt, ...which }: ResponseTabProps) {
  if (!attempt)
    return (
      <Empty icon={Unplug} title="No answer yet">
        Nothing was sent yet.
      </Empty>
    );
  const sent = sentOf(attempt, which.step);
  const isCut = sent.responseBytes > KEPT;
  return (
    <>
      <div className="row wrap" style={{ padding: '10px 14px', minHeight: 52 }}>
        <Which attempt={attempt} {...which} />
        <StatusCode status={sent.status} />
        <span className="small" style={{ overflowWrap: 'anywhere' }}>
          <Said text={sentence(sent.message)} />
        </span>
        <span className="small dimmed number push">
          {duration(sent.timings.totalMs)}
          {sent.peer && ` · from ${sent.peer}`}
        </span>
      </div>
      {sent.status == null ? (
        <Empty icon={Unplug} title="There was no answer">
          {attempt.help}
        </Empty>
      ) : (
        <>
          <Headers headers={sent.responseHeaders} />
          <Body text={sent.responseBody} name="answer.txt" />
          {isCut && (
            <p className="field-note" style={{ padding: '8px 14px', margin: 0 }}>
              Cut: of an answer the first 16 KiB are kept; {bytes(sent.responseBytes)} were read.
            </p>
          )}
        </>
      )}
    </>
  );
}
