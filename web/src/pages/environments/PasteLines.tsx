import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { many } from '../../words/numbers';
import styles from './environments.module.css';
import { parseLines } from './variables';

interface PasteProps {
  take: (lines: NonNullable<ReturnType<typeof parseLines>>) => void;
  close: () => void;
}

/** Takes many variables at once, as they stand in a `.env` file. */
export function PasteLines({ take, close }: PasteProps) {
  const [text, write] = useState('');
  const [isTold, tell] = useState(false);
  const lines = parseLines(text);
  return (
    <Modal opened onClose={close} title="Paste variables" size="lg">
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!lines) return tell(true);
          take(lines);
          close();
        }}
      >
        <Textarea
          className={styles.field}
          label="Lines"
          description="KEY=value, one a line. Where there is such a key, it takes the value; a line behind # is switched off."
          placeholder={'BASE_URL=https://shop.example\nTOKEN="a secret"'}
          minRows={8}
          maxRows={18}
          data-autofocus
          spellCheck={false}
          value={text}
          error={isTold && !lines && 'These are not KEY=value lines'}
          onChange={(event) => write(event.currentTarget.value)}
        />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit">{lines ? `Add ${many(lines.length, 'variable')}` : 'Add'}</Button>
        </div>
      </form>
    </Modal>
  );
}
