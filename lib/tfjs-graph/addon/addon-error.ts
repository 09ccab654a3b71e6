/** The addon cannot be made, for a reason that its user can mend: the message alone is shown. */
export class AddonError extends Error {
  override readonly name = 'AddonError';
}
