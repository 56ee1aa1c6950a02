/** @file Trees of names: modules, and the classes and functions in them. Own keys only. */
import { camelCase } from '../utils/case';

/** A module, or any plain object whose values are classes, functions and further trees. */
export type Tree = Readonly<Record<string, unknown>>;

/** A class or a function. */
export type Member = (...args: never[]) => unknown;

/**
 * Whether something is a module or plain object, and no instance of anything. Cells may run in a
 * context of their own, where Object is another.
 */
export function isTree(value: unknown): value is Tree {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function isMember(value: unknown): value is Member {
  return typeof value === 'function';
}

/** Whether a class or function says itself what options it takes. */
export function hasSchema(member: Member): boolean {
  return 'schema' in member;
}

/** Whether something is to be called with `new`. */
export function isClass(member: Member): boolean {
  return Object.getOwnPropertyDescriptor(member, 'prototype')?.writable === false;
}

/** What a tree has under a name; functions are found by their Pylearn2 spelling too. */
export function childOf(tree: Tree, name: string): unknown {
  if (Object.hasOwn(tree, name)) return tree[name];
  const camel = camelCase(name);
  const value = Object.hasOwn(tree, camel) ? tree[camel] : undefined;
  return isMember(value) ? value : undefined;
}

/** All classes and functions below a tree with their dotted names, the shortest name first. */
export function* members(name: string, root: Tree): Generator<[string, Member]> {
  const seen = new Set<Tree>([root]);
  let level: [string, Tree][] = [[name, root]];
  while (level.length > 0) {
    const below: [string, Tree][] = [];
    for (const [prefix, tree] of level) {
      for (const [key, value] of Object.entries(tree)) {
        if (isMember(value)) yield [`${prefix}.${key}`, value];
        if (!isTree(value) || seen.has(value)) continue;
        seen.add(value);
        below.push([`${prefix}.${key}`, value]);
      }
    }
    level = below;
  }
}
