export function load(file: string): Promise<unknown>;
export function moduleOf(url: URL): string;
