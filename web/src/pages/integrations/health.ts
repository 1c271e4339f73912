/** So much was sent in one stretch of time. */
export interface Stretch {
  from: string;
  delivered: number;
  failed: number;
}

/** How an integration has done lately. */
export interface Health {
  stretches: Stretch[];
  delivered: number;
  failed: number;
  lastAt: string | null;
}

/** How all integrations have done in the last day, by id; nothing while it isn't known. */
export function useHealths(): Map<string, Health> | undefined {
  return undefined;
}
