/** Kinds of joint texts that can be written here; others come from their own screens and are shown by name. */
export const textKinds: readonly string[] = ['communique', 'declaration', 'agreement', 'memorandum', 'minutes', 'programme', 'recommendation', 'note'];
