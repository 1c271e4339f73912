import { Button } from '@mantine/core';

/** The part of a paged query that says whether there is more. */
interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The next page of a list, when it is asked for. */
export function More({ of }: { of: Paged }) {
  if (!of.hasNextPage) return null;
  return (
    <div style={{ textAlign: 'center', padding: 14 }}>
      <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}
