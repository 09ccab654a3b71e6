export function endsWithParent(signal?: 'TERM' | 'KILL'): string[];
