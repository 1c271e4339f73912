import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Braces, Library } from 'lucide-react';
import { query } from '../../../api/client';
import { Loaded } from '../../../parts/States';
import type { Source } from './place';

/** What came from a source, with what it is called there. */
export function SourceItems({ source: { id, name }, close }: { source: Source; close: () => void }) {
  const asked = query.useQuery('get', '/sources/{id}', { params: { path: { id } } });
  return (
    <Modal opened onClose={close} title={`What came from ${name}`}>
      <Loaded what="what came from it" of={asked}>
        {({ source }) =>
          (source.items ?? []).length === 0 ? (
            <p className="dimmed">Nothing yet.</p>
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {(source.items ?? []).map((item) => (
                <li key={item.id} className="row" style={{ minHeight: 36 }}>
                  {item.kind === 'collection' ? (
                    <Library size={16} aria-hidden />
                  ) : (
                    <Braces size={16} aria-hidden />
                  )}
                  <Link
                    className="link clip"
                    to={item.kind === 'collection' ? '/collections/$uid' : '/environments/$uid'}
                    params={{ uid: item.id }}
                    title={item.there}
                  >
                    {item.there}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Modal>
  );
}
