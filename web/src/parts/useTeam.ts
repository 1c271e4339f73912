import { query, type Shape } from '../api/client';

/** The people of the team, and what somebody of an id is called. */
export function usePeople() {
  const asked = query.useQuery('get', '/users', {});
  const people: Shape['UserView'][] = asked.data?.data ?? [];
  const nameOf = (id: number | string) => people.find((person) => String(person.id) === String(id))?.name;
  return { people, nameOf };
}

/** The workspaces that one may see, and what the one of an id is called. */
export function useWorkspaces() {
  const asked = query.useQuery('get', '/workspaces', {});
  const workspaces: Shape['WorkspaceSummary'][] = asked.data?.workspaces ?? [];
  const nameOf = (id: string) => workspaces.find((workspace) => workspace.id === id)?.name;
  return { asked, workspaces, nameOf };
}
