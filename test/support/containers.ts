import { type Container, type Threadable, walk } from '../../mail/thread.ts';

/** The containers of a thread with their depths, in the order of the walk. */
export function containersOf<M extends Threadable>(
  root: Container<M>,
): readonly { readonly container: Container<M>; readonly depth: number }[] {
  const all: { container: Container<M>; depth: number }[] = [];
  walk(root, (container, depth) => all.push({ container, depth }));
  return all;
}
