import { notifications } from '@mantine/notifications';
import { sentence } from '../api/errors';

/** Says that something is done, for a moment. */
export const told = (message: string) => void notifications.show({ message, autoClose: 4000 });

/** Says what went wrong, until it is closed or ten seconds have passed. */
export const failed = (title: string, error: unknown) =>
  void notifications.show({ title, message: sentence(error), color: 'red', autoClose: 10_000 });
