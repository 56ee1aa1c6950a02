/** @file Names of classes and functions, both ways, for files that hold objects. */
import type { ClassDirectory } from '../utils/serial';
import { allMembers, inScope, resolveMember, rootsRevision } from './resolve';

let names = new Map<unknown, string>();
let revision = -1;

function exportedNames(): ReadonlyMap<unknown, string> {
  if (revision === rootsRevision()) return names;
  names = new Map();
  for (const [name, member] of allMembers()) if (!names.has(member)) names.set(member, name);
  revision = rootsRevision();
  return names;
}

/** The directory of the library, the plug-ins and the notebook's cells. */
export const directory: ClassDirectory = {
  nameOf(member) {
    const name = exportedNames().get(member);
    if (name !== undefined) return name;
    return inScope(member.name) === member ? member.name : undefined;
  },
  resolve: resolveMember,
};
