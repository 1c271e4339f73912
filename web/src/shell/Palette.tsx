import { Modal } from '@mantine/core';

/** Placeholder until it is written. */
export default function Palette({ close }: { close: () => void }) {
  return (
    <Modal opened onClose={close} title="Search">
      …
    </Modal>
  );
}
