import { Radio } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { ScheduleBuilder } from '../../monitors/schedule/ScheduleBuilder';
import type { Values } from './values';

/** Whether activities are told one by one, or gathered and told together. */
export function Digest({ form }: { form: UseFormReturnType<Values> }) {
  const { digest, digestCron, digestZone } = form.values;
  return (
    <div>
      <Radio.Group
        label="When to send"
        value={digest ? 'together' : 'each'}
        onChange={(value) => form.setFieldValue('digest', value === 'together')}
      >
        <div className="stack" style={{ gap: 10, marginTop: 8 }}>
          <Radio value="each" label="At once, each activity by itself" />
          <Radio
            value="together"
            label="As a digest"
            description="All that happened since the last one; nothing where nothing happened"
          />
        </div>
      </Radio.Group>
      {digest && (
        <div style={{ marginTop: 14, paddingLeft: 30 }}>
          <ScheduleBuilder
            label="Sent"
            cron={digestCron}
            timezone={digestZone}
            change={(cron) => form.setFieldValue('digestCron', cron)}
            changeZone={(zone) => form.setFieldValue('digestZone', zone)}
            error={form.errors['digestCron']}
          />
        </div>
      )}
    </div>
  );
}
