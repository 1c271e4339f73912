import { Anchor, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { Said } from '../../../parts/Said';
import type { Connector } from '../connectors/connector';
import { receiverProblem } from './checks';
import { urlNote } from './url';
import type { Values } from './values';

interface UrlFieldProps {
  form: UseFormReturnType<Values>;
  /** Whose webhook it is, where it is not anybody's. */
  connector: Connector | undefined;
}

/** Where a webhook goes; the name, the example and the help are those of the service that it is for. */
export function UrlField({ form, connector }: UrlFieldProps) {
  const { url } = form.values;
  const field = connector?.fields[0];
  return (
    <div>
      <TextInput
        label={field?.label ?? 'URL'}
        description={field ? <Said text={field.help} noLinks /> : 'Where it is sent, by POST'}
        required
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder={field?.placeholder ?? 'https://example.com/hooks/postern'}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('url')}
        onBlur={({ relatedTarget }) => {
          if (url && !(relatedTarget instanceof HTMLButtonElement))
            form.setFieldError('url', receiverProblem(url, connector));
        }}
      />
      <div className="field-note" style={{ marginTop: 6 }} aria-live="polite">
        {urlNote(url) ??
          (!connector && (
            <>
              Nothing listens yet?{' '}
              <Anchor component={Link} to="/inbox" fz={12} underline="always">
                Use an inbox
              </Anchor>{' '}
              and look at what arrives.
            </>
          ))}
      </div>
    </div>
  );
}
