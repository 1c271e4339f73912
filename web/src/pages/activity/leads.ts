import type { LinkProps } from '@tanstack/react-router';
import type { Shape } from '../../api/client';

type Line = Shape['ActivityView'];
export interface Lead {
  to: LinkProps['to'];
  params?: Record<string, string>;
  search?: Record<string, string>;
}

/** Where the thing is that a line of the feed tells of; what is gone has no place. */
export function placeOf(line: Line): Lead | undefined {
  if (line.action === 'delete') return undefined;
  const uid = line.modelUid;
  switch (line.model) {
    case 'collection':
      return { to: '/collections/$uid', params: { uid } };
    case 'folder':
    case 'request':
    case 'response':
      return {
        to: '/collections/$uid',
        params: { uid: line.collectionUid },
        // Within a collection things go by their ids, without the owner in front.
        search: { item: uid.replace(/^\d+-/, '') },
      };
    case 'environment':
      return { to: '/environments/$uid', params: { uid } };
    case 'globals':
      return line.workspace
        ? { to: '/environments/$uid', params: { uid: 'globals' }, search: { workspace: line.workspace } }
        : undefined;
    case 'monitor':
      return { to: '/monitors/$uid', params: { uid } };
    case 'integration':
      return { to: '/integrations/$id', params: { id: uid } };
    case 'workspace':
      return { to: '/team', search: { tab: 'workspaces' } };
    case 'member':
      return { to: '/team', search: { tab: 'members' } };
    case 'invitation':
      return { to: '/team', search: { tab: 'invitations' } };
    case 'api_key':
      return { to: '/keys' };
    case 'source':
      return { to: '/settings' };
    default:
      return undefined;
  }
}

/** Where one sees what a change made different. */
export const changeOf = (line: Line): Lead | undefined =>
  line.version && line.collectionUid && !(line.model === 'collection' && line.action === 'delete')
    ? {
        to: '/collections/$uid/changelog',
        params: { uid: line.collectionUid },
        search: { version: String(line.version) },
      }
    : undefined;
